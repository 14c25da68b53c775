import type { Trace } from '../../asl/history/trace.ts';
import type { Visit, Within } from '../../asl/history/visit.ts';

/** What of a long run is shown: a page with every iteration of a Map over 10,000 items would be of no use. */
export interface Folded {
  readonly root: FoldedLane;
}
export interface FoldedLane {
  readonly lane: Lane;
  readonly visits: readonly FoldedVisit[];
  readonly more: More<Visit>;
}
export interface FoldedVisit {
  readonly visit: Visit;
  readonly lanes: readonly FoldedLane[];
  readonly more: More<Lane>;
}
/** Those that are not shown. */
export type More<T> = readonly T[];

/** So many rows are shown at most. */
const ROWS = 2000;
/** Of many in a row, so many are shown of each kind; with all of them, where there are no more than `all`. */
const LIMITS = { all: 40, first: 10, last: 5, failed: 20, slowest: 5, running: 5 };

/** Chooses the first, the last, those that failed, those that took longest, and those that are under way. */
export function fold(trace: Trace, tree: Tree): Folded {
  for (let scale = 1; ; scale /= 2) {
    const folder = new Folder(trace, tree, scale);
    const root = folder.lane(tree.root, 10);
    if (folder.rows <= ROWS || scale < 1 / 64) return { root };
  }
}

class Folder {
  rows = 0;
  readonly #trace: Trace;
  readonly #tree: Tree;
  readonly #scale: number;

  constructor(trace: Trace, tree: Tree, scale: number) {
    this.#trace = trace;
    this.#tree = tree;
    this.#scale = scale;
  }

  /** The machine's own states are shown more freely than those of one iteration among many. */
  lane(lane: Lane, generous = 1): FoldedLane {
    const trace = this.#trace;
    const [kept, more] = this.#choose(lane.visits, generous, {
      failed: (visit) => /failed|caught/.test(trace.statusOf(visit)),
      running: (visit) => trace.statusOf(visit) === 'running',
      length: ({ exited = trace.stoppedAt, entered }) => exited - entered,
    });
    this.rows += kept.length;
    return { lane, visits: kept.map((visit) => this.#visit(visit)), more };
  }

  #visit(visit: Visit): FoldedVisit {
    const lanes = this.#tree.lanesIn(visit);
    if (visit.type !== 'Map') return { visit, lanes: lanes.map((lane) => this.lane(lane)), more: [] };
    const [kept, more] = this.#choose(lanes, 1, {
      failed: ({ within, visits }) => within?.end === 'failed' || visits.some((one) => one.failed),
      running: ({ within }) => within?.ended === undefined,
      length: ({ within }) => (within?.ended ?? this.#trace.stoppedAt) - (within?.began ?? 0),
    });
    this.rows += kept.length;
    return { visit, lanes: kept.map((lane) => this.lane(lane)), more };
  }

  #choose<T>(all: readonly T[], generous: number, by: Traits<T>): [T[], T[]] {
    const most = (n: number) => Math.max(1, Math.floor(n * generous * this.#scale));
    if (all.length <= most(LIMITS.all)) return [[...all], []];
    const slowest = [...all].sort((a, b) => by.length(b) - by.length(a)).slice(0, most(LIMITS.slowest));
    const kept = new Set([
      ...all.slice(0, most(LIMITS.first)),
      ...all.filter(by.failed).slice(0, most(LIMITS.failed)),
      ...all.filter(by.running).slice(0, most(LIMITS.running)),
      // Where all took as long, none is the slowest.
      ...(by.length(slowest[0]!) > by.length(slowest.at(-1)!) || slowest.length === 1 ? slowest : []),
      ...all.slice(-most(LIMITS.last)),
    ]);
    return [all.filter((one) => kept.has(one)), all.filter((one) => !kept.has(one))];
  }
}

interface Traits<T> {
  failed(one: T): boolean;
  running(one: T): boolean;
  length(one: T): number;
}

/** Every visit that is shown. */
export function shownVisits({ root }: Folded): Visit[] {
  const found: Visit[] = [];
  const walk = ({ visits }: FoldedLane) => {
    for (const { visit, lanes } of visits) {
      found.push(visit);
      lanes.forEach(walk);
    }
  };
  walk(root);
  return found;
}

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
