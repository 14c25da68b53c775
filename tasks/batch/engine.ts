import type { TaskCall } from '../../asl/interpret/options.ts';
import { isObject, type JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { type Account, type Action, type Engine, randomUuid, taskFailed } from '../../engines/engine.ts';
import { ContainerRun, codeInCommand, givenIn } from '../../engines/functions/container-runs.ts';
import { areTooLong, OVERRIDES_TOO_LONG } from '../containers.ts';

/** A job that has begun: there is no queue to wait in. */
interface Job {
  readonly id: string;
  readonly name: string;
  readonly run: ContainerRun;
  reason?: string;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED';
}

/**
 * Batch: jobs whose container runs a function of the DAG. They run in processes of this machine, whatever the job definition's image has; any
 * other job has no engine here.
 */
export function engine(account: Account): Engine {
  const jobs = new Map<string, Job>();

  const submitJob: Action = async (fields, call) => {
    const { ContainerOverrides: override } = fields as { readonly ContainerOverrides: JsonObject };
    const id = randomUuid(account.random);
    const job: Job = { id, name: `${fields.JobName}`, run: new ContainerRun(id), state: 'RUNNING' };
    jobs.set(id, job);
    call.submitted({ JobId: id, JobName: job.name });
    // It is taken, and its container cannot be started.
    if (areTooLong(override)) return failed(job, OVERRIDES_TOO_LONG);
    const code = codeInCommand(account, override.Command)!;
    for (let left = attemptsOf(fields); left > 0 && job.run.exitCode !== 0 && !job.run.isStopped; left -= 1)
      await job.run.run(account, code, givenIn(override), call);
    if (job.run.exitCode !== 0) return failed(job, job.reason ?? 'Essential container in task exited');
    job.state = 'SUCCEEDED';
    return describe(job);
  };

  return {
    has: (call) => isOurs(account, call, jobs),
    actions: { 'submitJob.sync': submitJob },
    sdkActions: {
      describeJobs: (fields) => {
        const asked = new Arguments(fields, 'Batch.ClientException').strings('Jobs');
        return { Jobs: asked.flatMap((id) => (jobs.has(id) ? [describe(jobs.get(id)!)] : [])) };
      },
      terminateJob: (fields) => {
        const args = new Arguments(fields, 'Batch.ClientException');
        const job = jobs.get(args.string('JobId'))!;
        job.reason = args.string('Reason');
        job.run.stop();
        return {};
      },
    },
    close: async () => {},
  };
}

function failed(job: Job, reason: string): never {
  job.state = 'FAILED';
  job.reason = reason;
  throw taskFailed(describe(job));
}

function attemptsOf({ RetryStrategy }: JsonObject): number {
  return isObject(RetryStrategy) && typeof RetryStrategy.Attempts === 'number' ? RetryStrategy.Attempts : 1;
}

/** Of a job, whether its container runs the DAG's code; of any other call, whether it is about such a job. */
function isOurs(account: Account, { arguments: given }: TaskCall, jobs: ReadonlyMap<string, Job>): boolean {
  if (!isObject(given)) return false;
  const { ContainerOverrides: override, JobId, Jobs } = given;
  const named = [JobId ?? [], Jobs ?? []].flat();
  return (
    (isObject(override) && codeInCommand(account, override.Command) !== undefined) ||
    named.some((id) => jobs.has(`${id}`))
  );
}

function describe({ id, name, state, reason, run }: Job) {
  return {
    JobId: id,
    JobName: name,
    Status: state,
    ...(reason !== undefined && { StatusReason: reason }),
    Container: { ...(run.exitCode !== undefined && { ExitCode: run.exitCode }) },
  };
}
