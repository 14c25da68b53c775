import type { Trace } from '../../asl/history/trace.ts';
import type { Visit } from '../../asl/history/visit.ts';
import { ORDER, type StateStatus } from '../words.ts';

/** What all visits of a state come to. */
export interface StateFigures {
  readonly name: string;
  readonly status: StateStatus;
  readonly visits: readonly Visit[];
  readonly counts: Readonly<Partial<Record<StateStatus, number>>>;
  /** Milliseconds, of all visits together and of the longest. */
  readonly total: number;
  readonly longest: number;
  /** Of the visit with the most. */
  readonly attempts: number;
}

/** Of every state of the machine. A state's colour is its worst end, but for ends in an attempt of the Parallel around it that a later one took back. */
export function stateFigures(trace: Trace): Map<string, StateFigures> {
  const byState = new Map<string, Visit[]>([...trace.places.keys()].map((name) => [name, []]));
  for (const visit of trace.visits) byState.get(visit.state)!.push(visit);
  return new Map([...byState].map(([name, visits]) => [name, figuresOf(trace, name, visits)]));
}

function figuresOf(trace: Trace, name: string, visits: readonly Visit[]): StateFigures {
  const counts: Partial<Record<StateStatus, number>> = {};
  const valid: Partial<Record<StateStatus, true>> = {};
  let [total, longest, attempts] = [0, 0, 0];
  for (const visit of visits) {
    const status = trace.statusOf(visit);
    counts[status] = (counts[status] ?? 0) + 1;
    if (!isTakenBack(visit)) valid[status] = true;
    const length = (visit.exited ?? lastTime(visit, trace)) - visit.entered;
    total += length;
    longest = Math.max(longest, length);
    attempts = Math.max(attempts, visit.attempts.length);
  }
  const found = Object.keys(valid).length > 0 ? valid : counts;
  const status = ORDER.find((one) => found[one]) ?? without(trace, name);
  const ordered = Object.fromEntries(ORDER.flatMap((one) => (counts[one] === undefined ? [] : [[one, counts[one]]])));
  return { name, status, visits, counts: ordered, total, longest, attempts };
}

/** A state without visits: of a distributed Map that ran, they are in its child executions' histories. */
function without({ places, visits }: Trace, name: string): StateStatus {
  if (places.get(name)?.apart !== true) return 'not_reached';
  for (let place = places.get(name); place !== undefined; place = places.get(place.parent ?? ''))
    if (visits.some(({ state, events }) => state === place.name && events.some(({ type }) => type === 'MapRunStarted')))
      return 'elsewhere';
  return 'not_reached';
}

/** When a visit that was not left came to its end: with its last event, with its last attempt, or with the execution. */
export function lastTime(visit: Visit, trace: Trace): number {
  const status = trace.statusOf(visit);
  if (status === 'running') return trace.stoppedAt;
  return visit.attempts.at(-1)?.ended ?? visit.within?.ended ?? trace.stoppedAt;
}

function isTakenBack(visit: Visit): boolean {
  for (let within = visit.within; within !== undefined; within = within.visit.within)
    if (within.attempt < within.visit.attempts.length - 1) return true;
  return false;
}

/** What went wrong in an execution, for somebody who has a minute. */
export interface Failures {
  /** Where the failure began that ended the execution; where it was ended from outside, what was under way. */
  readonly origin?: Visit;
  /** So many others were under way with it. */
  readonly beside: number;
  /** The Fail state that ended it, where that is not the origin. */
  readonly endedBy?: Visit;
  /** All other states with an error, without those that only pass one on. */
  readonly others: readonly Visit[];
}

export function failuresOf(trace: Trace): Failures {
  const { culprit, status } = trace;
  const raised = trace.visits.filter(
    (visit) => visit.error !== undefined && /failed|caught/.test(trace.statusOf(visit)),
  );
  const passedOn = new Set(raised.flatMap((visit) => around(visit).filter(({ error }) => error === visit.error)));
  const origins = raised.filter((visit) => !passedOn.has(visit));
  const underWay = status === 'TIMED_OUT' || status === 'ABORTED' ? underWayAtEnd(trace) : [];
  // A machine that cleans up after a failure catches it and ends in a Fail state with the same error.
  const reported =
    culprit?.type === 'Fail'
      ? origins.findLast((visit) => visit.type !== 'Fail' && visit.error === culprit.error)
      : undefined;
  const origin = underWay[0] ?? reported ?? culprit;
  return {
    ...(origin !== undefined && { origin }),
    beside: Math.max(0, underWay.length - 1),
    ...(reported !== undefined && culprit !== undefined && { endedBy: culprit }),
    others: origins.filter((visit) => visit !== origin && visit !== culprit),
  };
}

function around(visit: Visit): Visit[] {
  const found: Visit[] = [];
  for (let outer = visit.within?.visit; outer !== undefined; outer = outer.within?.visit) found.push(outer);
  return found;
}

/** The innermost states that the end of the execution cut short; the one that was longest under way first. */
function underWayAtEnd(trace: Trace): Visit[] {
  const open = trace.visits.filter((visit) => visit.exited === undefined && trace.statusOf(visit) === 'aborted');
  const outer = new Set(open.flatMap(around));
  return open.filter((visit) => !outer.has(visit));
}
