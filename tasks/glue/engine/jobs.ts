import type { TaskCall } from '../../../asl/interpret/options.ts';
import { isObject, type JsonObject } from '../../../asl/json/value.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { Arguments } from '../../../engines/arguments.ts';
import { type Account, type Action, causeOf, ServiceError, taskFailed } from '../../../engines/engine.ts';
import { catalogOf, type Job } from './catalog.ts';
import { commandOf, JobRun, scriptOf } from './job-run.ts';
import { runPythonShell } from './python-shell.ts';
import { runSparkJob } from './spark-job.ts';

const refuse = (name: string, message: string) => new ServiceError(`Glue.${name}`, message);
const read = (fields: JsonObject) => new Arguments(fields, 'Glue.InvalidInputException');

/** What runs each kind of job here, to its end. */
const RUNS: Readonly<Record<string, (account: Account, run: JobRun, call: TaskCall) => Promise<void>>> = {
  glueetl: runSparkJob,
  pythonshell: runPythonShell,
};

/** Jobs that the Data Catalog keeps, and their runs: `begin` and `sync` are StartJobRun's integrations, `sdk` Glue's own API. */
export function jobActions(account: Account): { begin: Action; sync: Action; sdk: Record<string, Action> } {
  const { clock } = account;
  const catalog = catalogOf(account);
  const runs = new Map<string, JobRun>();
  const find = async (name: string): Promise<Job> => {
    const job = (await catalog.read()).jobs[name];
    if (job === undefined) throw refuse('EntityNotFoundException', `Job ${name} not found.`);
    return job;
  };
  const start = async (fields: JsonObject, call: TaskCall): Promise<{ run: JobRun; end: Promise<void> }> => {
    const name = read(fields).string('JobName');
    const job = await find(name);
    const atWork = [...runs.values()].filter(({ jobName, state }) => jobName === name && state === 'RUNNING').length;
    if (atWork >= mostRuns(job))
      throw refuse('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${name}`);
    const run = new JobRun(account, name, job, fields);
    const go = runnerOf(run);
    const location = scriptOf(run);
    if (account.lake.path(location ?? '') === undefined) {
      const said = JSON.stringify(location ?? null);
      throw refuse('InvalidInputException', `The script location ${said} is not an S3 path`);
    }
    return { run, end: attempts(run, fields, call, go) };
  };
  /** Where the job says so, Glue itself tries again after whoever waits for the run has seen it fail. */
  const attempts = async (run: JobRun, fields: JsonObject, call: TaskCall, go: typeof runSparkJob): Promise<void> => {
    runs.set(run.id, run);
    run.begin();
    await go(account, run, call).catch((error: unknown) => {
      run.end('FAILED', error instanceof Error ? error.message : String(error));
      throw error;
    });
    const { MaxRetries: most } = run.job;
    if (run.state !== 'FAILED' || typeof most !== 'number' || run.attempt >= most || call.signal.aborted) return;
    const again = new JobRun(account, run.jobName, run.job, fields, run);
    void clock.during(() => attempts(again, fields, call, go));
  };
  const begin: Action = async (fields, call) => {
    const { run, end } = await start(fields, call);
    void clock.during(() => end);
    return { JobName: run.jobName, JobRunId: run.id };
  };
  const sync: Action = async (fields, call) => {
    const { run, end } = await start(fields, call);
    call.submitted({ JobRunId: run.id });
    await end;
    if (run.state !== 'SUCCEEDED') throw taskFailed(run.describe(Number));
    return run.describe(Number);
  };
  const sdk: Record<string, Action> = {
    createJob: async (fields) => {
      const name = read(fields).string('Name');
      if ((await catalog.read()).jobs[name] !== undefined)
        throw refuse('AlreadyExistsException', `Job ${name} already exists.`);
      await catalog.putJob(name, { ...fields, CreatedOn: new Date(clock.now()).toISOString() });
      return { Name: name };
    },
    updateJob: async (fields) => {
      const args = read(fields);
      const name = args.string('JobName');
      const { CreatedOn } = await find(name);
      const update = args.object('JobUpdate') && (fields.JobUpdate as JsonObject);
      const LastModifiedOn = new Date(clock.now()).toISOString();
      await catalog.putJob(name, {
        Name: name,
        ...update,
        ...(CreatedOn !== undefined && { CreatedOn }),
        LastModifiedOn,
      });
      return { JobName: name };
    },
    getJob: async (fields) => ({ Job: await find(read(fields).string('JobName')) }),
    startJobRun: async (fields, call) => ({ JobRunId: ((await begin(fields, call)) as { JobRunId: string }).JobRunId }),
    getJobRun: (fields) => {
      const id = read(fields).string('RunId');
      const run = runs.get(id);
      if (run === undefined) throw refuse('EntityNotFoundException', `Job run ${id} not found.`);
      return { JobRun: run.describe((ms) => new Date(ms).toISOString()) };
    },
    batchStopJobRun: (fields) => {
      const args = read(fields);
      const JobName = args.string('JobName');
      const stopped = args.strings('JobRunIds').map((id) => ({ id, run: runs.get(id) }));
      for (const { run } of stopped) run?.stop();
      return {
        SuccessfulSubmissions: stopped.flatMap(({ id, run }) => (run === undefined ? [] : [{ JobName, JobRunId: id }])),
        Errors: stopped.flatMap(({ id, run }) =>
          run !== undefined
            ? []
            : [
                {
                  JobName,
                  JobRunId: id,
                  ErrorDetail: { ErrorCode: 'EntityNotFoundException', ErrorMessage: `Job run ${id} not found.` },
                },
              ],
        ),
      };
    },
  };
  return { begin, sync, sdk };
}

/** @throws ServiceError of a kind of job that does not run here (RUN072) */
function runnerOf(run: JobRun): typeof runSparkJob {
  const command = commandOf(run.job) ?? '';
  const language = run.args['--job-language'] ?? 'python';
  const go = Object.hasOwn(RUNS, command) ? RUNS[command] : undefined;
  if (go !== undefined && language === 'python') return go;
  throw new ServiceError('States.TaskFailed', causeOf(diagnose('RUN072', { job: run.jobName, command, language })));
}

/** Runs of a job at a time: one, where it does not say so. */
function mostRuns({ ExecutionProperty: property }: Job): number {
  const most = isObject(property) ? property.MaxConcurrentRuns : undefined;
  return typeof most === 'number' ? most : 1;
}
