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
  return (part, cuts = cutsOf(part, problem, GREEDY_KEYS)) => {
    const { size } = cuts;
    let best = 1;
    let bestRate = Number.POSITIVE_INFINITY;
    for (let place = 1; place < GREEDY_KEYS * size; place++) {
      if (place % size === 0) continue;
      const rate = rateOf(cuts, place);
      if (rate < bestRate) {
        best = place;
        bestRate = rate;
      }
    }
    return sidesOf(part, cuts, best);
  };
}

/** Look-ahead is bounded by size, never by time: the plan is the same on every machine. */
const MOST_LOOKS = 64;
const LOOKED_AT_TASKS = 8000;

/** Of the most promising cuts the one whose sides take least when they are planned as `inner` plans them. */
export function lookAheadChoice(problem: Problem, inner: Choice): Choice {
  const roll = rollOut(problem, inner);
  return (part, known) => {
    const { tasks } = part;
    const looks = Math.min(MOST_LOOKS, Math.floor(LOOKED_AT_TASKS / tasks.length));
    if (looks <= 1) return inner(part, known);
    const cuts = known ?? cutsOf(part, problem, KEYS.length);
    const { size, orders, costs } = cuts;
    let best = inner(part, cuts);
    let bestValue = roll(best[0]) + roll(best[1]);
    const nameOfCut = (from: number, to: number) =>
      nameOf(to - from, (i) => tasks[orders[from + i] as number] as number);
    const seen = new Set([nameOfTasks(best[0].tasks)]);
    let looked = 0;
    for (const place of candidates(cuts, bestValue)) {
      if (looked === looks) break;
      if ((costs[place] as number) >= bestValue) continue;
      const start = place - (place % size);
      const name = nameOfCut(start, place);
      if (seen.has(name)) continue;
      seen.add(name);
      looked++;
      const sides = sidesOf(part, cuts, place);
      const value = roll(sides[0]) + roll(sides[1]);
      if (value < bestValue) [best, bestValue] = [sides, value];
    }
    return best;
  };
}

const BUCKETS = 8;
const PER_BUCKET = 2;

/**
 * The places of the cuts that are worth a look: for each key the cheapest prefixes of each stretch of positions, by rate and by cost in
 * turn. None, where none costs less than what is known. Some come twice.
 */
function candidates(cuts: Cuts, known: number): number[] {
  const { size, costs } = cuts;
  const found: number[] = [];
  for (let start = 0; start < costs.length; start += size) addCheapest(costs, start, size, found);
  if (found.every((place) => (costs[place] as number) >= known)) return [];
  const rates = new Float64Array(costs.length);
  for (const place of found) rates[place] = rateOf(cuts, place);
  const byRate = (a: number, b: number) => (rates[a] as number) - (rates[b] as number);
  const byCost = (a: number, b: number) => (costs[a] as number) - (costs[b] as number);
  const first = [...found].sort((a, b) => byRate(a, b) || byCost(a, b) || a - b);
  const second = found.sort((a, b) => byCost(a, b) || byRate(a, b) || a - b);
  return first.flatMap((place, i) => [place, second[i] as number]);
}

/** Adds the cheapest prefixes of each bucket; of equal ones the shortest. */
function addCheapest(costs: Float64Array, start: number, size: number, found: number[]): void {
  const prefixes = size - 1;
  for (let bucket = 0, k = 1; bucket < BUCKETS; bucket++) {
    const first = found.length;
    for (; k <= prefixes && Math.floor(((k - 1) * BUCKETS) / prefixes) === bucket; k++) {
      let at = found.length;
      while (at > first && (costs[found[at - 1] as number] as number) > (costs[start + k] as number)) at--;
      if (at === first + PER_BUCKET) continue;
      found.splice(at, 0, start + k);
      found.length = Math.min(found.length, first + PER_BUCKET);
    }
  }
}

/**
 * How long a part takes when it is planned with `choose`, as a share of the DAG's critical path, the scenarios' mean. Each part is planned
 * once.
 */
function rollOut({ scenarios }: Problem, choose: Choice): (part: Part) => number {
  const known = new Map<number, Float64Array>();
  return (part) => {
    const spans = spansOf(part);
    let mean = 0;
    for (let s = 0; s < spans.length; s++) {
      const { weight, criticalPath } = scenarios[s] as (typeof scenarios)[number];
      mean += (weight * (spans[s] as number)) / (criticalPath || 1);
    }
    return mean;
  };

  /** By scenario, in milliseconds. */
  function spansOf(part: Part): Float64Array {
    const [task] = part.tasks;
    if (part.tasks.length === 1)
      return Float64Array.from(scenarios, ({ durations }) => durations[task as number] as number);
    const name = nameOfTasks(part.tasks);
    const before = known.get(name);
    if (before) return before;
    const spans = new Float64Array(scenarios.length);
    const parts = components(part);
    if (parts.length > 1) {
      for (const component of parts) {
        const own = spansOf(component);
        for (let s = 0; s < own.length; s++) spans[s] = Math.max(spans[s] as number, own[s] as number);
      }
    } else {
      const inSeries = series(part);
      for (const next of inSeries.length > 1 ? inSeries : choose(part)) {
        const own = spansOf(next);
        for (let s = 0; s < own.length; s++) spans[s]! += own[s] as number;
      }
    }
    known.set(name, spans);
    return spans;
  }
}

function nameOfTasks(tasks: readonly number[]): number {
  return nameOf(tasks.length, (i) => tasks[i] as number);
}

/**
 * A number for a set of tasks, whatever their order. Two sets of a DAG with the same number are next to impossible (53 bits, well mixed)
 * and would do no harm but to make a plan a little worse.
 */
function nameOf(count: number, task: (i: number) => number): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < count; i++) {
    const bits = mixed(task(i) + 1);
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
