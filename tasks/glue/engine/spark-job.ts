import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import { Stop } from '../../../diagnostics/index.ts';
import { type Account, causeOf } from '../../../engines/engine.ts';
import { modulesFolder } from '../../../engines/python/modules.ts';
import { runSpark, type SparkEnd } from '../../../engines/spark/job.ts';
import { packageRoot } from '../../../packaging/own-files.ts';
import { GLUE_SPARK } from '../spark-versions.ts';
import { writesLog } from './access.ts';
import { JobCatalog } from './job-catalog.ts';
import { type JobRun, scriptOf } from './job-run.ts';
import { type JobArguments, jobArguments } from './spark-arguments.ts';
import { errorMessage } from './spark-failure.ts';

/**
 * Runs a Spark job to its end: its script with its arguments on the Spark of the run, over the same lake as a step of EMR. The script finds
 * the part of Glue's library that works on this machine, `libs/awsglue`.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export async function runSparkJob(account: Account, run: JobRun, call: TaskCall): Promise<void> {
  const location = scriptOf(run) ?? '';
  const script = account.lake.path(location) ?? '';
  const as = { role: run.role, session: 'GlueJobRunnerSession' };
  for (const asked of writesLog('/aws-glue/jobs/output', run.id)) {
    const denied = account.access?.(call, as, asked);
    if (denied !== undefined) return run.end('FAILED', denied.text);
  }
  const signal = AbortSignal.any([call.signal, run.stopped]);
  const catalog = await JobCatalog.open(account, run, call);
  const { options, args, files, ...modules } = jobArguments(run.args, run);
  try {
    await account.python(sparkOf(run));
    const absent = await firstAbsent(account, [location, ...files]);
    if (absent !== undefined) return run.end('FAILED', `${absent} is not there (NoSuchKey).`);
    const installed = await install(account, modules, signal);
    const end = await runSpark(account, [...options, ...catalog.options, location, ...args], {
      ...{ id: run.id, call, signal, as },
      pythonPath: [join(packageRoot(), 'build/tasks/glue/libs.zip'), ...installed],
      beside: files,
      wrote: () => catalog.wrote(),
    });
    endOf(run, end, script, await catalog.close());
  } catch (error) {
    if (signal.aborted) return run.givenUp();
    if (!(error instanceof Stop)) throw error;
    run.end('FAILED', error.diagnostics.map(causeOf).join(' '));
  }
}

/** @param denied why the job may not do what it did in the catalog */
function endOf(run: JobRun, end: SparkEnd, script: string, denied: string | undefined): void {
  if (end.state === 'cancelled') return run.givenUp();
  if (end.state === 'failed') {
    const { ended, message } = end;
    const hasFailed = ended !== undefined && ended.code !== 0;
    return run.end('FAILED', hasFailed ? errorMessage(ended.lastLines, ended.code, script) : message);
  }
  if (denied !== undefined) return run.end('FAILED', denied);
  run.end('SUCCEEDED');
}

/** The Spark of the job's version of Glue, as far as that is known here. */
function sparkOf({ job: { GlueVersion: version } }: JobRun): string | undefined {
  return typeof version === 'string' ? GLUE_SPARK[version] : undefined;
}

async function firstAbsent(account: Account, uris: readonly string[]): Promise<string | undefined> {
  for (const uri of uris) {
    const path = account.lake.path(uri);
    const isThere =
      path !== undefined &&
      (await access(path).then(
        () => true,
        () => false,
      ));
    if (!isThere) return uri;
  }
  return undefined;
}

/** The modules that the job wants, where Python finds them before the environment's own. */
async function install(
  account: Account,
  { modules, installer }: Pick<JobArguments, 'modules' | 'installer'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (modules.length === 0) return [];
  const { env, groups, lake, root } = account;
  const folder = await modulesFolder({
    modules: modules.map((module) => lake.path(module) ?? module),
    options: installer,
    source: 'the job’s --additional-python-modules',
    folder: join(root, '../python-modules'),
    python: await account.python(),
    ...{ env, groups, signal },
  });
  return [folder];
}
