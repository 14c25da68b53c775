import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import { isObject, type Json } from '../../../asl/json/value.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { type Account, causeOf, randomId, ServiceError } from '../../../engines/engine.ts';
import { jobCodeIn, runJobCode } from '../../../engines/functions/job-host.ts';
import type { AwsCall } from '../../../engines/iam/index.ts';
import { watchedPython } from '../../../engines/iam/watched-python.ts';
import { parseS3Uri } from '../../../engines/lake/lake.ts';
import { datasetsTouched } from '../../../engines/lineage/datasets.ts';
import { logFile } from '../../../engines/log-file.ts';
import type { Ended } from '../../../engines/process/process-groups.ts';
import { environmentVariables } from '../../../engines/python/environment.ts';
import { writesLog } from './access.ts';
import type { Job } from './catalog.ts';

/** A run of a job, in the fields of Glue's JobRun. */
export class JobRun {
  readonly id: string;
  readonly #job: {
    readonly name: string;
    readonly args: Readonly<Record<string, string>>;
    readonly attempt: number;
    readonly now: () => number;
  };
  readonly #started: number;
  readonly #stop = new AbortController();
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED' = 'RUNNING';
  #ended: { at: number; message?: string } | undefined;

  constructor(
    id: string,
    job: { name: string; args: Readonly<Record<string, string>>; attempt: number; now: () => number },
  ) {
    this.id = id;
    this.#job = job;
    this.#started = job.now();
  }

  /** Aborted when somebody stops it. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  end(state: 'SUCCEEDED' | 'FAILED' | 'STOPPED', message?: string): void {
    this.state = state;
    this.#ended = { at: this.#job.now(), ...(message !== undefined && { message }) };
  }

  describe(time: (ms: number) => Json): Json {
    return {
      Id: this.id,
      JobName: this.#job.name,
      Attempt: this.#job.attempt,
      JobRunState: this.state,
      Arguments: { ...this.#job.args },
      StartedOn: time(this.#started),
      ...(this.#ended !== undefined && {
        CompletedOn: time(this.#ended.at),
        ExecutionTime: Math.round((this.#ended.at - this.#started) / 1000),
        ...(this.#ended.message !== undefined && { ErrorMessage: this.#ended.message }),
      }),
    };
  }
}

/**
 * Starts a Python shell job: the script of the run's `--scriptLocation`, else of the job, with the job's default arguments and the
 * run's over them, each as `--name value`, as Glue passes them. It finds the buckets as folders below `DAGWRIGHT_S3_ROOT`.
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
export async function runPythonShell(
  account: Account,
  name: string,
  job: Job,
  given: Json | undefined,
  call: TaskCall,
): Promise<{ run: JobRun; end: Promise<void> }> {
  const args = { ...texts(job.DefaultArguments), ...texts(given) };
  const run = new JobRun(`jr_${randomId(account.random, 64, '0123456789abcdef')}`, {
    name,
    args,
    attempt: call.attempt,
    now: () => account.clock.now(),
  });
  const command = isObject(job.Command) ? job.Command : {};
  if (command.Name !== 'pythonshell') {
    const diagnostic = diagnose('RUN072', { job: name, command: JSON.stringify(command.Name ?? null) });
    throw new ServiceError('States.TaskFailed', causeOf(diagnostic));
  }
  const location = args['--scriptLocation'] ?? command.ScriptLocation;
  const script = typeof location === 'string' ? account.lake.path(location) : undefined;
  if (script === undefined)
    throw new ServiceError(
      'Glue.InvalidInputException',
      `The script location ${JSON.stringify(location ?? null)} is not an S3 path`,
    );
  const role = typeof job.Role === 'string' ? job.Role : '';
  return { run, end: execute(account, run, { script, location: `${location}`, args, role }, call) };
}

async function execute(
  account: Account,
  run: JobRun,
  { script, location, args, role }: Started,
  call: TaskCall,
): Promise<void> {
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
  if (ended.aborted) return run.end('STOPPED');
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
  if (ended.aborted) return run.end('STOPPED');
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

/** What a run begins with. */
interface Started {
  readonly script: string;
  /** Where the script lies in S3. */
  readonly location: string;
  readonly args: Readonly<Record<string, string>>;
  readonly role: string;
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

/** Glue's arguments are texts. */
function texts(fields: Json | undefined): Record<string, string> {
  return isObject(fields)
    ? Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
      )
    : {};
}
