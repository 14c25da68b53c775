import { type Cuts, cutsOf, GREEDY_KEYS, KEYS, rateOf, sidesOf } from './cuts.ts';
import { components, divide, type Part, series, unitDepths } from './parts.ts';
import type { Choice } from './plan-graph.ts';
import type { Problem } from './problem.ts';

/** The naive split: what waits for nothing, then the rest. */
export const naiveChoice: Choice = (part) => {
  const depths = unitDepths(part);
  for (let i = 0; i < depths.length; i++) depths[i] = Math.min(depths[i] as number, 1);
  return divide(part, depths, 2) as [Part, Part];
};

/** The cut that loses least for each task that it separates; of equal ones that of the first key, the least prefix. */
export function greedyChoice(problem: Problem): Choice {
  return (part) => {
    const cuts = cutsOf(part, problem, GREEDY_KEYS);
    let best = { key: 0, k: 1, rate: Number.POSITIVE_INFINITY };
    for (let key = 0; key < GREEDY_KEYS; key++) {
      for (let k = 1; k < part.tasks.length; k++) {
        const rate = rateOf(cuts, key, k);
        if (rate < best.rate) best = { key, k, rate };
      }
    }
    return sidesOf(part, cuts, best.key, best.k);
  };
}

/** Look-ahead is bounded by size, never by time: the plan is the same on every machine. */
const MOST_LOOKS = 64;
const LOOKED_AT_TASKS = 8000;

/** Of the most promising cuts the one whose sides take least when they are planned as `inner` plans them. */
export function lookAheadChoice(problem: Problem, inner: Choice): Choice {
  const roll = rollOut(problem, inner);
  return (part) => {
    const looks = Math.min(MOST_LOOKS, Math.floor(LOOKED_AT_TASKS / part.tasks.length));
    let best = inner(part);
    if (looks <= 1) return best;
    let bestValue = roll(best[0]) + roll(best[1]);
    const cuts = cutsOf(part, problem, KEYS.length);
    const queue = candidates(cuts);
    const seen = new Set([nameOf(best[0].tasks)]);
    for (let at = 0, looked = 0; at < queue.length && looked < looks; at++) {
      const { key, k, cost, leastLeft } = queue[at] as (typeof queue)[number];
      if (bestValue <= leastLeft) break;
      if (cost >= bestValue) continue;
      const first = cuts.orders[key]!.subarray(0, k).map((position) => part.tasks[position] as number);
      const name = nameOf(first);
      if (seen.has(name)) continue;
      seen.add(name);
      looked++;
      const sides = sidesOf(part, cuts, key, k);
      const value = roll(sides[0]) + roll(sides[1]);
      if (value < bestValue) [best, bestValue] = [sides, value];
    }
    return best;
  };
}

const BUCKETS = 8;
const PER_BUCKET = 2;

/** A cut that is worth a look. */
export interface Candidate {
  readonly key: number;
  readonly k: number;
  readonly cost: number;
  readonly rate: number;
}

/**
 * For each key the cheapest prefixes of each stretch of positions, by rate and by cost in turn. `leastLeft` is the least cost from a
 * candidate onwards: what is no better than that needs no further look.
 */
export function candidates(cuts: Cuts): (Candidate & { readonly leastLeft: number })[] {
  const found = cuts.costs.flatMap((costs, key) =>
    cheapest(costs).map((k): Candidate => ({ key, k, cost: costs[k] as number, rate: rateOf(cuts, key, k) })),
  );
  const byRate = [...found].sort((a, b) => a.rate - b.rate || a.cost - b.cost || a.key - b.key || a.k - b.k);
  const byCost = [...found].sort((a, b) => a.cost - b.cost || a.rate - b.rate || a.key - b.key || a.k - b.k);
  const queue = [...new Set(byRate.flatMap((candidate, i) => [candidate, byCost[i] as Candidate]))];
  let leastLeft = Number.POSITIVE_INFINITY;
  return queue
    .reverse()
    .map((candidate) => {
      leastLeft = Math.min(leastLeft, candidate.cost);
      return { ...candidate, leastLeft };
    })
    .reverse();
}

/** Of each bucket of prefixes the cheapest ones; of equal ones the shortest. */
function cheapest(costs: Float64Array): number[] {
  const prefixes = costs.length - 1;
  const found: number[] = [];
  for (let bucket = 0, k = 1; bucket < BUCKETS; bucket++) {
    const best: number[] = [];
    for (; k <= prefixes && Math.floor(((k - 1) * BUCKETS) / prefixes) === bucket; k++) {
      let place = best.length;
      while (place > 0 && (costs[best[place - 1] as number] as number) > (costs[k] as number)) place--;
      if (place === PER_BUCKET) continue;
      best.splice(place, 0, k);
      best.length = Math.min(best.length, PER_BUCKET);
    }
    found.push(...best);
  }
  return found;
}

/**
 * How long a part takes when it is planned with `choose`, as a share of the DAG's critical path, the scenarios' mean. Each connected part
 * is planned once.
 */
export function rollOut({ scenarios }: Problem, choose: Choice): (part: Part) => number {
  const known = new Map<number, Float64Array>();
  return (part) =>
    spansOf(part).reduce((mean, span, s) => {
      const { weight, criticalPath } = scenarios[s] as (typeof scenarios)[number];
      return mean + (weight * span) / (criticalPath || 1);
    }, 0);

  /** By scenario, in milliseconds. */
  function spansOf(part: Part): Float64Array {
    const parts = components(part);
    if (parts.length === 1) return connected(part);
    const longest = new Float64Array(scenarios.length);
    for (const component of parts) {
      const spans = connected(component);
      for (let s = 0; s < spans.length; s++) longest[s] = Math.max(longest[s] as number, spans[s] as number);
    }
    return longest;
  }

  function connected(part: Part): Float64Array {
    if (part.tasks.length === 1)
      return Float64Array.from(scenarios, ({ durations }) => durations[part.tasks[0] as number] as number);
    const name = nameOf(part.tasks);
    const before = known.get(name);
    if (before) return before;
    const sum = new Float64Array(scenarios.length);
    const parts = series(part);
    for (const next of parts.length > 1 ? parts : choose(part)) {
      const spans = spansOf(next);
      for (let s = 0; s < spans.length; s++) sum[s]! += spans[s] as number;
    }
    known.set(name, sum);
    return sum;
  }
}

/**
 * A number for a set of tasks, whatever their order. Two sets of a DAG with the same number are next to impossible (53 bits, well mixed)
 * and would do no harm but to make a plan a little worse.
 */
export function nameOf(tasks: Int32Array): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < tasks.length; i++) {
    const bits = mixed((tasks[i] as number) + 1);
    high = (high + bits) | 0;
    low = (low + mixed(bits ^ 0x5bd1e995)) | 0;
  }
  return (high >>> 0) * 2 ** 21 + (low & (2 ** 21 - 1));
}

/** MurmurHash3's finalizer. */
function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
