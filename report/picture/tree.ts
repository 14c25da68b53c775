import type { Trace } from '../../asl/trace/trace.ts';
import type { Visit, Within } from '../../asl/trace/visit.ts';

/** Visits one after the other: of the machine, of a branch or of an iteration. */
export interface Lane {
  readonly within?: Within;
  readonly visits: readonly Visit[];
}

/** What ran within the visits of Parallel and Map states. */
export interface Tree {
  readonly root: Lane;
  /** The branches or iterations of a visit, those of an earlier attempt first. */
  lanesIn(visit: Visit): readonly Lane[];
}

export function treeOf({ visits, places }: Trace): Tree {
  const lanes = new Map<Within | undefined, { within?: Within; visits: Visit[] }>([[undefined, { visits: [] }]]);
  const within = new Map<Visit, Lane[]>();
  for (const visit of visits) {
    let lane = lanes.get(visit.within);
    if (lane === undefined) {
      lane = { within: visit.within!, visits: [] };
      lanes.set(visit.within, lane);
      const around = visit.within!.visit;
      const beside = within.get(around);
      if (beside === undefined) within.set(around, [lane]);
      else beside.push(lane);
    }
    lane.visits.push(visit);
  }
  const rank = ({ within: at, visits: [first] }: Lane) => at?.iteration ?? places.get(first?.state ?? '')?.branch ?? 0;
  for (const all of within.values()) all.sort((a, b) => a.within!.attempt - b.within!.attempt || rank(a) - rank(b));
  return { root: lanes.get(undefined)!, lanesIn: (visit) => within.get(visit) ?? [] };
}
