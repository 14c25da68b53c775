import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../asl/json/value.ts';
import { executionName } from '../aws/names.ts';
import { type Run, runsOf } from './executions.ts';
import type { DueDate } from './logical-dates.ts';
import { type Operation, withRetries } from './operation.ts';
import { start } from './start.ts';

export interface BackfillOptions {
  /** So many runs of the DAG are active at a time, others' among them. */
  readonly maxActive: number;
  readonly params: JsonObject;
  /** Waits for the last runs to end. */
  readonly wait: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: BackfillEvent) => void;
}

export type BackfillEvent =
  | { readonly kind: 'started' | 'taken'; readonly name: string; readonly missing: Missing }
  | { readonly kind: 'ended'; readonly name: string; readonly run: Run };

/** How long until the runs are looked at again, in milliseconds: the longer nothing changes, up to the last. */
const BEATS = [100, 200, 500, 1000, 2000, 5000];

/**
 * Makes the runs, a few at a time. Nothing is written down: a backfill that was interrupted finds at its next start what it has made,
 * and two at once, or a scheduler that fires in between, take names from each other and never start one twice.
 */
export async function backfill(
  operation: Operation,
  missing: readonly Missing[],
  { maxActive, params, wait, signal, onEvent }: BackfillOptions,
): Promise<void> {
  const waiting = [...missing];
  /** Started here and not yet seen to have ended: listings come late. */
  const own = new Set<string>();
  for (let idle = 0; !signal.aborted && (waiting.length > 0 || (wait && own.size > 0)); ) {
    const ended = await withRetries(() => endedOf(operation, own), signal);
    for (const run of ended) {
      own.delete(run.name);
      onEvent({ kind: 'ended', name: run.name, run });
    }
    let room = waiting.length === 0 ? 0 : maxActive - (await withRetries(() => activeWith(operation, own), signal));
    const before = waiting.length;
    while (room > 0 && waiting.length > 0 && !signal.aborted) {
      const next = waiting.shift()!;
      const started = await start(operation, { ...next, params }, signal);
      if (started === 'taken') {
        onEvent({ kind: 'taken', name: executionName(new Date(next.date), next.attempt), missing: next });
        continue;
      }
      own.add(started.name);
      onEvent({ kind: 'started', name: started.name, missing: next });
      room -= 1;
    }
    const changed = ended.length > 0 || waiting.length < before;
    idle = changed ? 0 : idle + 1;
    if (waiting.length === 0 && (!wait || own.size === 0)) break;
    await sleep(BEATS[Math.min(idle, BEATS.length - 1)], undefined, { signal }).catch(() => {});
  }
}

/** Those of some runs that have ended. The latest are listed first. */
async function endedOf(operation: Operation, names: ReadonlySet<string>): Promise<Run[]> {
  const ended: Run[] = [];
  let left = names.size;
  if (left === 0) return ended;
  for await (const run of runsOf(operation, { pageSize: Math.max(100, Math.min(1000, 4 * left)) })) {
    if (!names.has(run.name)) continue;
    if (run.status !== 'RUNNING' && run.status !== 'PENDING_REDRIVE') ended.push(run);
    if (--left === 0) break;
  }
  return ended;
}

/** How many runs are active: those that are listed, and one's own that are not listed yet. */
async function activeWith(operation: Operation, own: ReadonlySet<string>): Promise<number> {
  const active = new Set(own);
  for await (const run of runsOf(operation, { status: 'RUNNING' })) active.add(run.name);
  return active.size;
}

/** A run that is to be made. */
export interface Missing {
  readonly date: number;
  readonly attempt: number;
}

export interface BackfillPlan {
  /** In the order in which they are to start. */
  readonly missing: readonly Missing[];
  /** Dates that have their run. */
  readonly there: number;
}

export interface BackfillChoice {
  readonly newestFirst: boolean;
  /** Dates whose latest run did not succeed get one more. */
  readonly againFailed: boolean;
}

/** Which of the due dates lack a run, of all the runs that there are. Pure; what has been done is read off the runs' names alone. */
export function planBackfill(due: readonly DueDate[], runs: Iterable<Run>, choice: BackfillChoice): BackfillPlan {
  const latest = new Map<number, Run>();
  for (const run of runs) {
    if (run.date === undefined) continue;
    const other = latest.get(run.date);
    if (other === undefined || other.attempt! < run.attempt!) latest.set(run.date, run);
  }
  const missing = due.flatMap(({ at, alias }): Missing[] => {
    const run = latest.get(at) ?? (alias === undefined ? undefined : latest.get(alias));
    if (run === undefined) return [{ date: at, attempt: 1 }];
    return choice.againFailed && hasFailed(run) ? [{ date: run.date!, attempt: run.attempt! + 1 }] : [];
  });
  return { missing: choice.newestFirst ? missing.reverse() : missing, there: due.length - missing.length };
}

export function hasFailed({ status }: Run): boolean {
  return status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED';
}
