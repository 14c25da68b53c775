import { divide, type Part } from './parts.ts';
import type { Problem } from './problem.ts';

/** Every prefix of a stuck part in the order of some keys: the ideals that could come first. */
export interface Cuts {
  /** By key: the positions in its order. */
  readonly orders: readonly Int32Array[];
  /** By key and by the number k of tasks that come first: the critical paths of both sides, one after the other, over the whole DAG's. */
  readonly costs: readonly Float64Array[];
  /** The part's own critical path over the whole DAG's: no cut costs less. */
  readonly least: number;
}

/** GREEDY looks at the first three, in this order. */
export const KEYS = ['EF', 'LS', 'ES+LF', 'ES', 'LF', 'ES+LS', 'EF+LF'] as const;
export const GREEDY_KEYS = 3;

/** Where nothing is lost at all, the more even of two cuts is the better one: a little loss counts for every cut. */
const LITTLE = 1e-6;

export function cutsOf(part: Part, problem: Problem, keys: number): Cuts {
  const size = part.tasks.length;
  const { heads, tails } = ways(part, problem);
  const values = keyValues(part, problem, heads, tails, keys);
  const orders = values.map((of) => sorted(of));
  const costs = orders.map(() => new Float64Array(size));
  let least = 0;
  const rest = new Float64Array(size + 1);
  problem.scenarios.forEach(({ weight, criticalPath }, s) => {
    const share = weight / (criticalPath || 1);
    const at = s * size;
    orders.forEach((order, key) => {
      const cost = costs[key] as Float64Array;
      for (let k = size - 1; k > 0; k--)
        rest[k] = Math.max(rest[k + 1] as number, tails[at + (order[k] as number)] as number);
      let first = 0;
      for (let k = 1; k < size; k++) {
        first = Math.max(first, heads[at + (order[k - 1] as number)] as number);
        cost[k]! += (first + (rest[k] as number)) * share;
      }
    });
    least += longest(heads, at, size) * share;
  });
  return { orders, costs, least };
}

/** The loss of a cut for each task that it separates. */
export function rateOf({ orders, costs, least }: Cuts, key: number, k: number): number {
  const size = (orders[key] as Int32Array).length;
  return ((costs[key]![k] as number) - least + LITTLE * least) / Math.min(k, size - k);
}

/** Both sides of a cut. */
export function sidesOf(part: Part, { orders }: Cuts, key: number, k: number): [Part, Part] {
  const side = new Int32Array(part.tasks.length).fill(1);
  for (let i = 0; i < k; i++) side[orders[key]![i] as number] = 0;
  return divide(part, side, 2) as [Part, Part];
}

/** Scenario means; each grows along edges. */
function keyValues(
  { tasks }: Part,
  { scenarios }: Problem,
  heads: Float64Array,
  tails: Float64Array,
  keys: number,
): Float64Array[] {
  const size = tasks.length;
  const es = new Float64Array(size);
  const ef = new Float64Array(size);
  const ls = new Float64Array(size);
  const lf = new Float64Array(size);
  scenarios.forEach(({ durations, weight }, s) => {
    const at = s * size;
    const end = longest(heads, at, size);
    for (let i = 0; i < size; i++) {
      const duration = durations[tasks[i] as number] as number;
      const head = heads[at + i] as number;
      const late = end - (tails[at + i] as number);
      ef[i]! += head * weight;
      es[i]! += (head - duration) * weight;
      ls[i]! += late * weight;
      lf[i]! += (late + duration) * weight;
    }
  });
  const sum = (a: Float64Array, b: Float64Array) => a.map((x, i) => x + (b[i] as number));
  const all = [() => ef, () => ls, () => sum(es, lf), () => es, () => lf, () => sum(es, ls), () => sum(ef, lf)];
  return all.slice(0, keys).map((values) => values());
}

/**
 * The positions by value; equal values, and values that differ by less than a number can tell beside the position, by position. A prefix
 * is an ideal either way. Value and position are sorted as one number, which is what machines are quick at.
 */
function sorted(values: Float64Array): Int32Array {
  const size = values.length;
  const places = 2 ** Math.ceil(Math.log2(size));
  const scale = 2 ** 52 / places / (longest(values, 0, size) || 1);
  const packed = new Float64Array(size);
  for (let i = 0; i < size; i++) packed[i] = Math.floor((values[i] as number) * scale) * places + i;
  packed.sort();
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const value = packed[i] as number;
    order[i] = value - Math.floor(value / places) * places;
  }
  return order;
}

function longest(values: Float64Array, from: number, size: number): number {
  let most = 0;
  for (let i = from; i < from + size; i++) most = Math.max(most, values[i] as number);
  return most;
}

/** Within a part, by scenario and position: the longest way up to and with each task, and from and with it, in milliseconds. */
export interface Ways {
  readonly heads: Float64Array;
  readonly tails: Float64Array;
}

export function ways({ tasks, starts, preds }: Part, { scenarios }: Problem): Ways {
  const size = tasks.length;
  const heads = new Float64Array(size * scenarios.length);
  const tails = new Float64Array(size * scenarios.length);
  scenarios.forEach(({ durations }, s) => {
    const at = s * size;
    for (let i = 0; i < size; i++) {
      let before = 0;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
        before = Math.max(before, heads[at + (preds[e] as number)] as number);
      heads[at + i] = before + (durations[tasks[i] as number] as number);
    }
    // What comes behind a task has told it how long that takes before its turn comes.
    for (let i = size - 1; i >= 0; i--) {
      const far = (tails[at + i] as number) + (durations[tasks[i] as number] as number);
      tails[at + i] = far;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const before = at + (preds[e] as number);
        if ((tails[before] as number) < far) tails[before] = far;
      }
    }
  });
  return { heads, tails };
}
