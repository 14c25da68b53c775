import type { HistoryEvent } from '../interpret/options.ts';
import { errorOf } from './events.ts';

/** One stay of the execution in a state, read off its history. Times are milliseconds since the epoch. */
export interface Visit {
  readonly state: string;
  /** `Task`, `Parallel`, `Choice` … */
  readonly type: string;
  /** The id of the event that entered it: visits are in this order. */
  readonly id: number;
  readonly entered: number;
  /** The branch or iteration that it is part of; undefined in the machine itself. */
  readonly within?: Within;
  /** Of a Task, a Parallel or a Map: one after the other, more than one where `Retry` had it tried again. */
  readonly attempts: Attempt[];
  /** Its own events; those of states within it are theirs. */
  readonly events: HistoryEvent[];
  exited?: number;
  /** The stay ended with an error, whether it was caught or not. */
  failed: boolean;
  /** A failure elsewhere ended it. */
  aborted?: true;
  error?: string;
  cause?: string;
  /** What the state handed on, as JSON texts. */
  output?: string;
  assigned?: Readonly<Record<string, string>>;
}

/** A branch of a Parallel or an iteration of a Map, while one of its attempts lasts. */
export interface Within {
  readonly visit: Visit;
  /** Of the Parallel or the Map, from 0. */
  readonly attempt: number;
  /** Of a Map; undefined in a branch. */
  readonly iteration?: number;
  readonly began: number;
  ended?: number;
  /** Of an iteration, by its own event. */
  end?: 'succeeded' | 'failed' | 'aborted';
}

/** One try of a state. What lies between two of them is the wait that `Retry` asks for. */
export interface Attempt {
  readonly began: number;
  /** When the work itself began, where the history says so: before that it was only scheduled. */
  started?: number;
  ended?: number;
  end?: 'succeeded' | 'failed' | 'aborted';
  error?: string;
  cause?: string;
}

/** The types of state that have `Retry`. */
const TRIED: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);
const BEGINS = /^((Task|LambdaFunction|Activity)Scheduled|(Parallel|Map)StateStarted)$/;
const STARTS = /^(Task|LambdaFunction|Activity)Started$/;
const SUCCEEDS = /^((Task|LambdaFunction|Activity|MapRun|ParallelState|MapState)Succeeded)$/;
const FAILS = /(Failed|TimedOut)$/;

/** Notes what an event of a state says of its attempts. `before` is the event that it follows. */
export function noteAttempt(visit: Visit, event: HistoryEvent, before: HistoryEvent | undefined): void {
  if (!TRIED.has(visit.type)) return;
  const { type, timestamp } = event;
  const last = visit.attempts.at(-1);
  if (BEGINS.test(type)) {
    // A Parallel or a Map that is tried again says nothing of the attempt before: its branch's failure ended that.
    if (last !== undefined && last.end === undefined)
      close(last, 'failed', before?.timestamp ?? timestamp, before && errorOf(before));
    visit.attempts.push({ began: timestamp });
  } else if (STARTS.test(type)) {
    if (last !== undefined) last.started = timestamp;
  } else if (SUCCEEDS.test(type)) {
    if (last !== undefined && last.end === undefined) close(last, 'succeeded', timestamp);
  } else if (type.endsWith('Aborted')) {
    if (last !== undefined && last.end === undefined) close(last, 'aborted', timestamp);
  } else if (FAILS.test(type)) {
    fail(visit, event, before);
  }
}

/** The state was left: whatever attempt the history did not end has ended now. */
export function endAttempts(visit: Visit, at: number): void {
  const last = visit.attempts.at(-1);
  if (last !== undefined && last.end === undefined) close(last, visit.failed ? 'failed' : 'succeeded', at, visit);
}

/** A redrive goes on with the last attempt of a Parallel or a Map: what had succeeded in it is not done again. */
export function reopenAttempt(visit: Visit): void {
  const last = visit.attempts.at(-1);
  if (last === undefined || last.end === 'succeeded') return;
  for (const ending of ['end', 'ended', 'error', 'cause'] as const) delete last[ending];
}

function fail(visit: Visit, event: HistoryEvent, before: HistoryEvent | undefined): void {
  const last = visit.attempts.at(-1);
  const error = errorOf(event);
  // The work went well and what the state makes of it did not: the same attempt.
  const afterwards = event.type === 'EvaluationFailed' && before !== undefined && SUCCEEDS.test(before.type);
  if (last !== undefined && (last.end === undefined || afterwards))
    return close(last, 'failed', event.timestamp, error);
  // MapStateFailed, ParallelStateFailed: the end of all attempts, the last of which has said so itself.
  if (last?.end === 'failed' && event.type.endsWith('StateFailed')) return;
  const attempt: Attempt = { began: event.timestamp };
  close(attempt, 'failed', event.timestamp, error);
  visit.attempts.push(attempt);
}

function close(
  attempt: Attempt,
  end: NonNullable<Attempt['end']>,
  at: number,
  failure?: { readonly error?: string; readonly cause?: string },
): void {
  attempt.end = end;
  attempt.ended = at;
  if (end !== 'failed') return;
  if (failure?.error !== undefined) attempt.error = failure.error;
  if (failure?.cause !== undefined) attempt.cause = failure.cause;
}
