import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExecutionListItem, SFN } from '@aws-sdk/client-sfn';
import type { Clients } from '../aws/clients.ts';
import { isError, orUndefined } from '../aws/errors.ts';
import { executionArn, type Names, type Place } from '../aws/names.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';

/** What becomes of runs that are under way when a DAG is removed. Without a word it is not removed. */
export type Runs = 'wait' | 'stop';

/** What goes on on a DAG's machines. */
export interface UnderWay {
  readonly aws: Clients;
  readonly names: Names;
  readonly place: Place;
  /** The machines that are there and ours, by their ARNs. */
  readonly machines: ReadonlySet<string>;
  readonly runs: Runs | undefined;
  readonly onProgress: (text: string) => void;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** How long a cleanup may take. Default 35 minutes: its calls are tried again for half an hour. */
  readonly cleanupWaitMs?: number | undefined;
}

const POLL_MS = 5_000;
const CLEANUP_MS = 35 * 60_000;

/** A run that ended so recently may not have been cleaned up after: events come within seconds as a rule, and on best effort. */
const RECENT_MS = 5 * 60_000;

/** AWS ends a deleted machine's executions at their next transition, and only then the machine is gone. */
const DELETED_MS = 10 * 60_000;

const GONE = ['StateMachineDoesNotExist', 'ResourceNotFound'] as const;

/** The names of the runs that are under way; none of a machine that is not there. */
export async function runsUnderWay({
  aws,
  names,
  machines,
}: Pick<UnderWay, 'aws' | 'names' | 'machines'>): Promise<string[]> {
  if (!machines.has(names.machineArn)) return [];
  return (await executionsOf(await aws.sfn(), names.machineArn, 'RUNNING')).map(({ name }) => name!);
}

/** @throws Stop if runs are under way and nobody said what becomes of them */
export function mustBeAllowed(dag: string, runs: Runs | undefined, underWay: readonly string[]): void {
  if (runs === undefined && underWay.length > 0) throw new Stop(diagnose('DEP030', { dag, runs: underWay }));
}

/**
 * Returns when nothing runs any more on the machine and what ended recently has been cleaned up after: clusters and the like of a run that was
 * stopped are ended by the cleanup machine alone. It is started for each such run here, under one name a run, whether the rule has started it or
 * not: a cleanup that finds nothing costs next to nothing, and events are delivered on best effort.
 * @throws Stop if runs are under way that nobody said what becomes of, or where a cleanup fails or takes too long
 */
export async function untilQuiet(dag: string, underWay: UnderWay): Promise<void> {
  const { aws, names, machines, runs, onProgress, sleep = pause } = underWay;
  if (!machines.has(names.machineArn)) return;
  const sfn = await aws.sfn();
  const ended = new Map<string, ExecutionListItem>();
  let told = '';
  for (;;) {
    const running = await executionsOf(sfn, names.machineArn, 'RUNNING');
    mustBeAllowed(
      dag,
      runs,
      running.map(({ name }) => name!),
    );
    if (running.length === 0) break;
    for (const run of running) {
      if (!ended.has(run.executionArn!) && runs === 'stop') {
        onProgress(`stop the run ${run.name}`);
        await stop(sfn, run.executionArn!);
      }
      ended.set(run.executionArn!, run);
    }
    const list = running.map(({ name }) => name!).join(', ');
    if (runs === 'wait' && list !== told) onProgress(`wait for the run${running.length > 1 ? 's' : ''} ${list}`);
    told = list;
    await sleep(POLL_MS);
  }
  if (!machines.has(names.cleanupArn)) return;
  for (const run of await recentlyEnded(sfn, names.machineArn)) ended.set(run.executionArn!, run);
  await cleanedUp(sfn, [...ended.values()], underWay);
}

/** Waits until a machine that was deleted is gone, and with it whatever still ran on it. */
export async function untilGone(dag: string, arn: string, { aws, sleep = pause, onProgress }: UnderWay): Promise<void> {
  const sfn = await aws.sfn();
  for (let waited = 0; ; waited += POLL_MS) {
    if ((await orUndefined(sfn.describeStateMachine({ stateMachineArn: arn }), ...GONE)) === undefined) return;
    if (waited === 0) onProgress('wait until the machine is gone');
    if (waited >= DELETED_MS) throw new Stop(diagnose('DEP033', { dag, machine: arn }), 3);
    await sleep(POLL_MS);
  }
}

async function stop(sfn: SFN, arn: string): Promise<void> {
  await orUndefined(
    sfn.stopExecution({
      executionArn: arn,
      error: 'Dagwright.Stopped',
      cause: 'Stopped with dagwright destroy --stop.',
    }),
    'ExecutionDoesNotExist',
  );
}

async function recentlyEnded(sfn: SFN, machine: string): Promise<ExecutionListItem[]> {
  const since = Date.now() - RECENT_MS;
  const { executions = [] } = await sfn.listExecutions({ stateMachineArn: machine, maxResults: 1000 });
  return executions.filter(({ stopDate }) => stopDate !== undefined && stopDate.getTime() >= since);
}

/** Cleans up after runs, and waits until that is done and no other cleanup is under way. */
async function cleanedUp(sfn: SFN, ended: readonly ExecutionListItem[], underWay: UnderWay): Promise<void> {
  const { names, onProgress, sleep = pause, cleanupWaitMs = CLEANUP_MS } = underWay;
  const open = new Map<string, string>();
  for (const run of ended) {
    const cleanup = await cleanUp(sfn, run, underWay);
    if (cleanup !== undefined) open.set(cleanup, run.name!);
  }
  let told = false;
  for (let waited = 0; ; waited += POLL_MS) {
    for (const [arn, name] of open) {
      const { status, error, cause } = await sfn.describeExecution({ executionArn: arn });
      if (status === 'RUNNING') continue;
      if (status !== 'SUCCEEDED')
        throw new Stop(
          diagnose('DEP031', { run: name, cleanup: arn, detail: [error, cause].filter(Boolean).join(': ') || status! }),
          3,
        );
      open.delete(arn);
    }
    const others = await executionsOf(sfn, names.cleanupArn, 'RUNNING');
    if (open.size === 0 && others.length === 0) return;
    if (!told) onProgress(`wait for what cleans up after ${[...new Set(open.values())].join(', ') || 'earlier runs'}`);
    told = true;
    if (waited >= cleanupWaitMs)
      throw new Stop(diagnose('DEP032', { cleanup: names.cleanup, minutes: Math.round(cleanupWaitMs / 60_000) }), 3);
    await sleep(POLL_MS);
  }
}

/** Tries so many cleanups of one run that failed, each under its own name. */
const ATTEMPTS = 20;

/** The cleanup of a run: the one that is under way, or a new one; undefined where one has succeeded. */
async function cleanUp(
  sfn: SFN,
  { executionArn: run, name: runName, startDate }: ExecutionListItem,
  { names, place, onProgress }: UnderWay,
): Promise<string | undefined> {
  const id = createHash('sha256').update(run!).digest('hex').slice(0, 16);
  // What the rule hands on: EventBridge's event, as far as the machine reads it.
  const input = JSON.stringify({ detail: { executionArn: run, startDate: startDate?.getTime() } });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const name = `destroy-${id}-${attempt}`;
    try {
      const { executionArn: arn } = await sfn.startExecution({ stateMachineArn: names.cleanupArn, name, input });
      onProgress(`clean up after ${runName}`);
      return arn!;
    } catch (error) {
      if (!isError(error, 'ExecutionAlreadyExists')) throw error;
    }
    const arn = executionArn(place, names.cleanup, name);
    const { status } = await sfn.describeExecution({ executionArn: arn });
    if (status === 'RUNNING') return arn;
    if (status === 'SUCCEEDED') return undefined;
  }
  return undefined;
}

async function executionsOf(sfn: SFN, machine: string, status: 'RUNNING'): Promise<ExecutionListItem[]> {
  const found: ExecutionListItem[] = [];
  let nextToken: string | undefined;
  do {
    const page = await orUndefined(
      sfn.listExecutions({ stateMachineArn: machine, statusFilter: status, maxResults: 1000, nextToken }),
      ...GONE,
    );
    found.push(...(page?.executions ?? []));
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return found;
}
