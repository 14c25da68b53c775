import { criticalPath } from './span.ts';
import type { Subsets } from './subsets.ts';

/** A prefix of a part in the order of a key: an ideal that could come first. */
export interface Cut {
  readonly key: number;
  /** How many tasks come first. */
  readonly k: number;
  /** The critical paths of both sides, one after the other, over that of the whole DAG. */
  readonly cost: number;
  /** The loss for each task that it separates. */
  readonly rate: number;
}

/** The cuts of a stuck part along one key. */
export interface KeyCuts {
  /** Positions in the part, in the key's order. */
  readonly order: readonly number[];
  readonly cuts: readonly Cut[];
}

/** EF and LS first: GREEDY looks at EF, LS and ES+LF, in this order. */
export const KEYS = ['EF', 'LS', 'ES+LF', 'ES', 'LF', 'ES+LS', 'EF+LF'] as const;
export const GREEDY_KEYS = 3;

/**
 * Every prefix of the part sorted by each key. The keys are scenario means and grow along edges, so that every prefix is an ideal; a tie
 * keeps the order of indices, which is topological.
 */
export function cutsOf(subsets: Subsets, part: readonly number[], keys: number): KeyCuts[] {
  const { problem } = subsets;
  const scenarios = problem.durations.map((durations, s) => {
    const heads = subsets.heads(part, s);
    const tails = subsets.tails(part, s);
    const longest = heads.reduce((a, b) => Math.max(a, b), 0);
    return {
      heads,
      tails,
      longest,
      whole: criticalPath(problem, s) || 1,
      works: part.map((v) => durations[v] as number),
    };
  });
  const mean = (of: (s: (typeof scenarios)[number]) => number) =>
    scenarios.reduce((sum, s) => sum + of(s), 0) / scenarios.length;
  const least = mean(({ longest, whole }) => longest / whole);
  const keyValues = part.map((_, i) => {
    const ef = mean(({ heads }) => heads[i] as number);
    const ls = mean(({ tails, longest }) => longest - (tails[i] as number));
    const work = mean(({ works }) => works[i] as number);
    const [es, lf] = [ef - work, ls + work];
    return [ef, ls, es + lf, es, lf, es + ls, ef + lf];
  });
  return KEYS.slice(0, keys).map((_, key) => {
    const order = part
      .map((_, i) => i)
      .sort((a, b) => (keyValues[a]![key] as number) - (keyValues[b]![key] as number) || a - b);
    const costs = new Float64Array(part.length);
    for (const { heads, tails, whole } of scenarios) {
      const rest = new Float64Array(part.length + 1);
      for (let k = part.length - 1; k >= 0; k--)
        rest[k] = Math.max(rest[k + 1] as number, tails[order[k] as number] as number);
      let first = 0;
      for (let k = 1; k < part.length; k++) {
        first = Math.max(first, heads[order[k - 1] as number] as number);
        costs[k]! += (first + (rest[k] as number)) / whole / scenarios.length;
      }
    }
    const cuts: Cut[] = [];
    for (let k = 1; k < part.length; k++) {
      const cost = costs[k] as number;
      cuts.push({ key, k, cost, rate: (cost - least + 1e-6 * least) / Math.min(k, part.length - k) });
    }
    return { order, cuts };
  });
}

/** Both sides of a cut, each sorted by index. */
export function sidesOf(part: readonly number[], { order }: KeyCuts, k: number): { first: number[]; rest: number[] } {
  const side = (positions: readonly number[]) => positions.map((i) => part[i] as number).sort((a, b) => a - b);
  return { first: side(order.slice(0, k)), rest: side(order.slice(k)) };
}
