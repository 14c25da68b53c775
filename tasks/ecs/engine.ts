import type { TaskCall } from '../../asl/interpret/options.ts';
import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import {
  type Account,
  type Action,
  type Engine,
  HERE,
  randomId,
  ServiceError,
  taskFailed,
} from '../../engines/engine.ts';
import { ContainerRun, codeInCommand, givenIn } from '../../engines/functions/container-runs.ts';
import { areTooLong, OVERRIDES_TOO_LONG } from '../containers.ts';

/**
 * ECS: tasks whose container runs a function of the DAG. It runs in a process of this machine, whatever the task definition's image has; any
 * other task has no engine here.
 */
export function engine(account: Account): Engine {
  const runs = new Map<string, ContainerRun & { readonly cluster: string; readonly container: string }>();

  const runTask: Action = async (fields, call) => {
    const { Overrides, Cluster } = fields as { readonly [name: string]: Json };
    const override = containerOf(account, fields)!;
    if (areTooLong(Overrides)) throw new ServiceError('ECS.InvalidParameterException', OVERRIDES_TOO_LONG);
    const cluster = `${Cluster}`.replace(/^.*:cluster\//, '');
    const id = randomId(account.random, 32, '0123456789abcdef');
    const run = Object.assign(new ContainerRun(arnOf(cluster, id)), { cluster, container: `${override.Name}` });
    runs.set(run.id, run);
    call.submitted({ Tasks: [describe(run)], Failures: [] });
    await run.run(account, codeInCommand(account, override.Command)!, givenIn(override), call);
    if (run.exitCode !== 0) throw taskFailed(describe(run));
    return describe(run);
  };

  return {
    has: (call) => isOurs(account, call, runs),
    actions: { 'runTask.sync': runTask },
    sdkActions: {
      describeTasks: (fields) => {
        const asked = new Arguments(fields, 'Ecs.InvalidParameterException').strings('Tasks');
        return { Tasks: asked.flatMap((id) => (runs.has(id) ? [describe(runs.get(id)!)] : [])), Failures: [] };
      },
      stopTask: (fields) => {
        const run = runs.get(new Arguments(fields, 'Ecs.InvalidParameterException').string('Task'))!;
        run.stop();
        return { Task: describe(run) };
      },
    },
    close: async () => {},
  };
}

/** Of a task, whether its container runs the DAG's code; of any other call, whether it is about such a task. */
function isOurs(account: Account, { arguments: given }: TaskCall, runs: ReadonlyMap<string, unknown>): boolean {
  if (!isObject(given)) return false;
  const named = [given.Task ?? [], given.Tasks ?? []].flat();
  return containerOf(account, given) !== undefined || named.some((id) => runs.has(`${id}`));
}

function containerOf(account: Account, { Overrides }: JsonObject): JsonObject | undefined {
  const all = isObject(Overrides) && Array.isArray(Overrides.ContainerOverrides) ? Overrides.ContainerOverrides : [];
  return (all as Json[]).filter(isObject).find(({ Command }) => codeInCommand(account, Command) !== undefined);
}

function arnOf(cluster: string, id: string): string {
  return `arn:${HERE.partition}:ecs:${HERE.region}:${HERE.account}:task/${cluster}/${id}`;
}

function describe({
  id,
  cluster,
  container,
  exitCode,
  isStopped,
}: ContainerRun & { cluster: string; container: string }) {
  return {
    TaskArn: id,
    ClusterArn: `arn:${HERE.partition}:ecs:${HERE.region}:${HERE.account}:cluster/${cluster}`,
    LastStatus: exitCode === undefined ? 'RUNNING' : 'STOPPED',
    ...(exitCode !== undefined && {
      StopCode: isStopped ? 'UserInitiated' : 'EssentialContainerExited',
      StoppedReason: isStopped ? 'Task stopped by user' : 'Essential container in task exited',
    }),
    Containers: [{ Name: container, ...(exitCode !== undefined && { ExitCode: exitCode }) }],
  };
}
