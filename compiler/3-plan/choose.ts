import { type Cut, cutsOf, GREEDY_KEYS, KEYS, type KeyCuts, sidesOf } from './cuts.ts';
import type { Choice } from './nodes.ts';
import { criticalPath } from './span.ts';
import type { Subsets } from './subsets.ts';

/** Look-ahead is bounded by size, never by time: the plan is the same on every machine. */
const MOST_LOOKS = 16;
const LOOKED_AT_TASKS = 8000;
const BUCKETS = 8;
const PER_BUCKET = 2;

/** The cut that loses least for each task that it separates. */
export function greedyChoice(subsets: Subsets): Choice {
  return (part) => {
    const keys = cutsOf(subsets, part, GREEDY_KEYS);
    const best = keys.flatMap(({ cuts }) => cuts).reduce((a, b) => (b.rate < a.rate ? b : a));
    return sidesOf(part, keys[best.key] as KeyCuts, best.k);
  };
}

/** Of the most promising cuts the one whose sides, planned greedily, take least. */
export function lookAheadChoice(subsets: Subsets, greedy: Choice): Choice {
  const roll = rollOut(subsets, greedy);
  return (part) => {
    const looks = Math.max(1, Math.min(MOST_LOOKS, Math.floor(LOOKED_AT_TASKS / part.length)));
    let best = greedy(part);
    if (looks === 1) return best;
    let bestValue = roll(best.first) + roll(best.rest);
    const keys = cutsOf(subsets, part, KEYS.length);
    const seen = new Set([best.first.join()]);
    for (let evaluated = 0, queue = alternated(candidates(keys)); evaluated < looks && queue.length > 0; ) {
      if (bestValue <= Math.min(...queue.map(({ cost }) => cost))) break;
      const cut = queue.shift() as Cut;
      if (cut.cost >= bestValue) continue;
      const sides = sidesOf(part, keys[cut.key] as KeyCuts, cut.k);
      const name = sides.first.join();
      if (seen.has(name)) continue;
      seen.add(name);
      evaluated++;
      const value = roll(sides.first) + roll(sides.rest);
      if (value < bestValue) [best, bestValue] = [sides, value];
    }
    return best;
  };
}

/** For each key the cheapest prefixes of each stretch of positions. */
function candidates(keys: readonly KeyCuts[]): Cut[] {
  return keys.flatMap(({ cuts }) => {
    const buckets = new Map<number, Cut[]>();
    for (const cut of cuts) {
      const bucket = Math.floor(((cut.k - 1) * BUCKETS) / cuts.length);
      buckets.set(
        bucket,
        [...(buckets.get(bucket) ?? []), cut].sort((a, b) => a.cost - b.cost || a.k - b.k).slice(0, PER_BUCKET),
      );
    }
    return [...buckets.values()].flat();
  });
}

/** By rate and by cost, in turn. */
function alternated(cuts: readonly Cut[]): Cut[] {
  const byRate = [...cuts].sort((a, b) => a.rate - b.rate || a.cost - b.cost || a.key - b.key || a.k - b.k);
  const byCost = [...cuts].sort((a, b) => a.cost - b.cost || a.rate - b.rate || a.key - b.key || a.k - b.k);
  return [...new Set(byRate.flatMap((cut, i) => [cut, byCost[i] as Cut]))];
}

/** The mean span of a set when it is planned greedily; each connected part is planned once. */
function rollOut(subsets: Subsets, greedy: Choice): (set: readonly number[]) => number {
  const { durations } = subsets.problem;
  const whole = durations.map((_, s) => criticalPath(subsets.problem, s) || 1);
  const memo = new Map<string, readonly number[]>();
  const zero = durations.map(() => 0);
  const longest = (a: readonly number[], b: readonly number[]) => a.map((x, s) => Math.max(x, b[s] as number));
  const sum = (a: readonly number[], b: readonly number[]) => a.map((x, s) => x + (b[s] as number));

  const spans = (set: readonly number[]): readonly number[] =>
    subsets.components(set).map(connected).reduce(longest, zero);
  const connected = (set: readonly number[]): readonly number[] => {
    if (set.length === 1) return durations.map((scenario) => scenario[set[0] as number] as number);
    const name = set.join();
    const known = memo.get(name);
    if (known) return known;
    const parts = subsets.series(set);
    const { first, rest } = parts.length > 1 ? { first: [], rest: [] } : greedy(set);
    const value = (parts.length > 1 ? parts : [first, rest]).map(spans).reduce(sum, zero);
    memo.set(name, value);
    return value;
  };
  return (set) => spans(set).reduce((mean, span, s) => mean + span / (whole[s] as number) / whole.length, 0);
}
