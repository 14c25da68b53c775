import type { Trace } from '../../asl/trace/trace.ts';
import type { Visit } from '../../asl/trace/visit.ts';

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
