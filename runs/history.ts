import { setTimeout as sleep } from 'node:timers/promises';
import type { SFN } from '@aws-sdk/client-sfn';
import { errorOf } from '../asl/history/events.ts';
import { readHistory } from '../asl/history/read-history.ts';
import type { HistoryEvent } from '../asl/interpret/options.ts';
import { isError } from '../aws/errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { Tracker } from '../report/progress/progress.ts';
import { duration, reasonOf } from '../report/words.ts';
import { failureIn } from './failures.ts';
import { isoOf } from './logical-dates.ts';
import { type Operation, withRetries } from './operation.ts';

export interface Following {
  /** Goes on until the execution has ended. Default: what there is. */
  readonly follow?: boolean;
  /** Ends up to this event are no ends: the execution was redriven since. */
  readonly beyond?: number;
  readonly signal?: AbortSignal;
}

/** How long an execution that was just started may be unknown to reads. */
const UNKNOWN_MS = 60_000;

/** How long until it is asked again, in milliseconds: the longer nothing happens, up to the last. */
const BEATS = [200, 500, 1000, 2000, 5000];
const PAGE = 1000;
const END = /^Execution(Succeeded|Failed|Aborted|TimedOut)$/;

/** The events of an execution, as they come; in batches, each in order. An abort ends it between two of them. */
export async function* historyOf(
  { clients }: Operation,
  executionArn: string,
  { follow = false, beyond = 0, signal }: Following = {},
): AsyncGenerator<readonly HistoryEvent[]> {
  const sfn = await clients.sfn();
  let last = 0;
  const began = Date.now();
  /** Nothing of an execution that AWS does not show yet. */
  const orNothing = (error: unknown) => {
    if (!follow || last > 0 || Date.now() - began > UNKNOWN_MS || !isError(error, 'ExecutionDoesNotExist')) throw error;
    return [];
  };
  for (let idle = 0; !signal?.aborted; ) {
    const since = last;
    const fresh = await withRetries(() => eventsAfter(sfn, executionArn, since).catch(orNothing), signal);
    const events = fresh.length === 0 ? [] : readHistory(JSON.stringify(fresh));
    last = events.at(-1)?.id ?? last;
    if (events.length > 0) yield events;
    if (!follow || (last > beyond && END.test(events.at(-1)?.type ?? ''))) return;
    idle = events.length > 0 ? 0 : idle + 1;
    await sleep(BEATS[Math.min(idle, BEATS.length - 1)], undefined, signal && { signal }).catch(() => {});
  }
}

/** Backwards, so that a long history is not read again for each of its new events. */
async function eventsAfter(sfn: SFN, executionArn: string, last: number): Promise<object[]> {
  const fresh: object[] = [];
  let nextToken: string | undefined;
  do {
    const page = await sfn.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: PAGE,
      ...(nextToken !== undefined && { nextToken }),
    });
    fresh.push(...(page.events ?? []).filter(({ id }) => id! > last));
    nextToken = page.events?.some(({ id }) => id! <= last) ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return fresh;
}

const ENDS: Readonly<Record<string, string>> = {
  ExecutionStarted: 'the run started',
  ExecutionRedriven: 'the run was redriven',
  ExecutionSucceeded: 'the run succeeded',
  ExecutionFailed: 'the run failed',
  ExecutionTimedOut: 'the run timed out',
  ExecutionAborted: 'the run was stopped',
};

/** An execution's history in the words of tasks, a line for each thing that happened. */
export class HistoryLines {
  readonly tracker: Tracker;
  readonly #manifest: Manifest;
  /** Only this task's. */
  readonly #task: string | undefined;

  constructor(manifest: Manifest, task?: string) {
    this.#manifest = manifest;
    this.#task = task;
    this.tracker = new Tracker(manifest, new Set());
  }

  add(event: HistoryEvent): string[] {
    const changes = this.tracker.add(event, event.timestamp);
    const failure = failureIn(event, this.tracker.visits, this.#manifest);
    const own = (task: string) => this.#task === undefined || this.#task === task;
    const said: string[] = [];
    if (failure !== undefined && own(failure.state)) {
      const which = failure.attempt === 0 ? '' : ` (attempt ${failure.attempt + 1})`;
      said.push(`${failure.state}${which}: ${[failure.title, ...failure.lines].join(': ')}`);
    }
    for (const { task, state, since, until } of changes) {
      if (!own(task) || state === 'waiting') continue;
      const took = since !== undefined && until !== undefined ? ` in ${duration(until - since)}` : '';
      said.push(state === 'running' ? `${task} started` : `${task} ${state}${took}`);
    }
    const end = this.#task === undefined ? ENDS[event.type] : undefined;
    if (end !== undefined) said.push(`${end}${reason(event)}`);
    return said.map((text) => `${isoOf(event.timestamp)}  ${text}`);
  }
}

function reason(event: HistoryEvent): string {
  const { error, cause } = errorOf(event);
  return [error, cause ? reasonOf(cause) : undefined].flatMap((text) => (text ? [`: ${text}`] : [])).join('');
}
