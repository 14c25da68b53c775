import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Account } from '../../../engines/engine.ts';
import { jobCodeIn, runJobCode } from '../../../engines/functions/job-host.ts';
import type { AwsCall } from '../../../engines/iam/index.ts';
import { watchedPython } from '../../../engines/iam/watched-python.ts';
import { parseS3Uri } from '../../../engines/lake/lake.ts';
import { datasetsTouched } from '../../../engines/lineage/datasets.ts';
import { logFile } from '../../../engines/log-file.ts';
import type { Ended } from '../../../engines/process/process-groups.ts';
import { environmentVariables } from '../../../engines/python/environment.ts';
import { writesLog } from './access.ts';
import { type JobRun, scriptOf } from './job-run.ts';

/**
 * Runs a Python shell job to its end: its script with its arguments, each as `--name value`, as Glue passes them. It finds the buckets as
 * folders below `DAGWRIGHT_S3_ROOT`.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export async function runPythonShell(account: Account, run: JobRun, call: TaskCall): Promise<void> {
  const { args, role } = run;
  const location = scriptOf(run) ?? '';
  const script = account.lake.path(location) ?? '';
  const before = mayBegin(account, role, run.id, location, call);
  if (before !== undefined) return run.end('FAILED', before);
  const log = await logFile(account, call);
  const work = join(account.run.folder, 'work', run.id);
  await mkdir(work, { recursive: true });
  const given = Object.entries(args).flat();
  const code = jobCodeIn(account, given);
  if (code !== undefined) {
    const job = { args: given, env: {}, cwd: work, log, signal: run.stopped };
    return endOf(account, run, await runJobCode(account, code, job, call), log, call);
  }
  const python = await account.python();
  const lineage = account.lineage?.(call);
  const isWatched = account.access !== undefined || lineage !== undefined;
  const watch = isWatched ? watchedPython(join(work, 'files.jsonl')) : undefined;
  const ended = await account.groups.run({
    program: python.python,
    args: [...(watch?.args ?? []), script, ...given],
    guard: python.python,
    cwd: work,
    env: {
      ...environmentVariables(python, account.env),
      DAGWRIGHT_S3_ROOT: account.lake.folder,
      ...watch?.env,
      ...(account.sample !== undefined && { DAGWRIGHT_SAMPLE: account.sample }),
    },
    log,
    signal: AbortSignal.any([call.signal, run.stopped]),
  });
  if (ended.aborted) return run.givenUp();
  if (lineage !== undefined) {
    const { inputs, outputs } = await datasetsTouched((await watch?.touched(account)) ?? [], account.lake);
    lineage.reads(call, inputs);
    lineage.wrote(call, outputs);
  }
  const touched = await watch?.denied(account, { role, session: 'GlueJobRunnerSession' }, call);
  if (touched !== undefined) return run.end('FAILED', `ClientError: An error occurred (AccessDenied): ${touched.text}`);
  endOf(account, run, ended, log, call);
}

/** What Glue says of a script that has ended. */
function endOf(account: Account, run: JobRun, ended: Ended, log: string, call: TaskCall): void {
  if (ended.aborted) return run.givenUp();
  if (ended.code === 0) return run.end('SUCCEEDED');
  const lines = ended.lastLines.filter((line) => line.trim() !== '').slice(-20);
  run.end('FAILED', lines.at(-1) ?? `The script ended with exit code ${ended.code}`);
  account.onNote({
    kind: 'failure',
    state: call.state,
    attempt: call.attempt,
    title: `the script ended with exit code ${ended.code}`,
    lines,
    log,
  });
}

/** What keeps a run from beginning: Glue fetches its script and writes its log with the job's role. */
function mayBegin(account: Account, role: string, run: string, location: string, call: TaskCall): string | undefined {
  const { bucket = '', key = '' } = parseS3Uri(location) ?? {};
  const asked: AwsCall[] = [
    ...writesLog('/aws-glue/python-jobs/output', run),
    { service: 's3', action: 'getObject', arguments: { Bucket: bucket, Key: key } },
  ];
  for (const one of asked) {
    const denied = account.access?.(call, { role, session: 'GlueJobRunnerSession' }, one);
    if (denied !== undefined) return denied.text;
  }
  return undefined;
}
