import { setTimeout as sleep } from 'node:timers/promises';
import type { DescribeExecutionOutput, ExecutionListItem, ExecutionStatus } from '@aws-sdk/client-sfn';
import { isError, orUndefined } from '../aws/errors.ts';
import { executionArn, parseExecutionName } from '../aws/names.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Operation } from './operation.ts';

/** An execution of a DAG's machine. */
export interface Run {
  readonly name: string;
  readonly arn: string;
  readonly status: ExecutionStatus;
  readonly started: number;
  readonly stopped?: number;
  /** What it is for and the how manieth time, by its name; an execution that others named has neither. */
  readonly date?: number;
  readonly attempt?: number;
}

/** So many are listed with one call: the most there is. */
const PAGE = 1000;

/** The executions of the machine, whoever started them, the latest first. They are kept for 90 days after their end. */
export async function* runsOf(
  operation: Operation,
  { status, pageSize = PAGE }: { readonly status?: ExecutionStatus; readonly pageSize?: number } = {},
): AsyncGenerator<Run> {
  const sfn = await operation.clients.sfn();
  let nextToken: string | undefined;
  do {
    const page = await sfn
      .listExecutions({
        stateMachineArn: operation.names.machineArn,
        maxResults: pageSize,
        ...(status !== undefined && { statusFilter: status }),
        ...(nextToken !== undefined && { nextToken }),
      })
      .catch((error: unknown) => notDeployed(operation, error));
    for (const item of page.executions ?? []) yield runOf(item);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** An execution by its name; undefined if there is not one. */
export async function describeRun(operation: Operation, name: string): Promise<DescribeExecutionOutput | undefined> {
  const sfn = await operation.clients.sfn();
  return orUndefined(
    sfn.describeExecution({ executionArn: executionArnOf(operation, name) }),
    'ExecutionDoesNotExist',
    'InvalidName',
    'InvalidArn',
  );
}

/** How long to look again for what AWS does not show yet, in milliseconds. */
const LOOKS = [200, 500, 1000, 2000, 5000, 5000, 10_000, 10_000, 10_000, 15_000];

/**
 * An execution that there is, as soon as AWS shows it: reads are eventually consistent, of one that was just started, and of its end, which
 * its history told already.
 * @param ended when it ended, where it did, in milliseconds
 */
export async function describeShown(
  operation: Operation,
  name: string,
  ended?: number,
): Promise<DescribeExecutionOutput> {
  for (const wait of [...LOOKS, undefined]) {
    const found = await describeRun(operation, name);
    const isEnd = ended === undefined || (found?.stopDate?.getTime() ?? 0) >= ended - 1000;
    if (found !== undefined && (isEnd || wait === undefined)) return found;
    if (wait !== undefined) await sleep(wait);
  }
  const executionArn = executionArnOf(operation, name);
  return (await operation.clients.sfn()).describeExecution({ executionArn });
}

function executionArnOf({ place, names }: Operation, name: string): string {
  return executionArn(place, names.machine, name);
}

/** The execution that a user means: by its name, or the latest (`running`: of those under way). */
export async function findRun(operation: Operation, name: string | undefined, running = false): Promise<Run> {
  const { dag } = operation.manifest;
  if (name === undefined || name === 'latest') {
    for await (const run of runsOf(operation, { pageSize: 1, ...(running && { status: 'RUNNING' as const }) }))
      return run;
    throw new Stop(diagnose('OPS007', { dag, what: running ? 'under way' : 'run' }));
  }
  // One of our names may have been started a moment ago.
  const waits = parseExecutionName(name) === undefined ? [] : [500, 1000, 2000, 4000];
  let found = await describeRun(operation, name);
  for (const wait of waits) {
    if (found !== undefined) break;
    await sleep(wait);
    found = await describeRun(operation, name);
  }
  if (found !== undefined) return runOf(found);
  const known: string[] = [];
  for await (const run of runsOf(operation)) if (known.push(run.name) === PAGE) break;
  throw new Stop(diagnose('OPS006', { dag, execution: name, known }));
}

export function runOf(item: ExecutionListItem | DescribeExecutionOutput): Run {
  const name = item.name!;
  const parsed = parseExecutionName(name);
  return {
    name,
    arn: item.executionArn!,
    status: item.status!,
    started: item.startDate!.getTime(),
    ...(item.stopDate !== undefined && { stopped: item.stopDate.getTime() }),
    ...(parsed !== undefined && { date: parsed.logicalDate.getTime(), attempt: parsed.attempt }),
  };
}

/** Another error is passed on. */
export async function notDeployed(operation: Operation, error: unknown): Promise<never> {
  if (!isError(error, 'StateMachineDoesNotExist', 'ResourceNotFound')) throw error;
  const sfn = await operation.clients.sfn();
  const { stateMachines = [] } = await sfn.listStateMachines({}).catch(() => ({ stateMachines: [] }));
  throw new Stop(
    diagnose('OPS001', {
      dag: operation.manifest.dag,
      environment: operation.environment.name,
      machine: operation.names.machine,
      deployed: stateMachines.map(({ name }) => name!),
    }),
  );
}
