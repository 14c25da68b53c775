import { divide, type Part } from './parts.ts';
import type { Problem } from './problem.ts';

/** Every prefix of a stuck part in the order of some keys: the ideals that could come first. */
export interface Cuts {
  /** How many tasks the part has. The prefix of the first k tasks of a key's order has the place `key * size + k`. */
  readonly size: number;
  /** The positions in the order of each key, one key after the other. */
  readonly orders: Int32Array;
  /** By place: the critical paths of both sides, one after the other, over the whole DAG's. */
  readonly costs: Float64Array;
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
  const { scenarios } = problem;
  const room = roomFor(size, scenarios.length);
  const { heads, tails, means, values, rest } = room;
  fillWays(part, problem, room);
  fillMeans(part, problem, room);
  const orders = new Int32Array(keys * size);
  const costs = new Float64Array(keys * size);
  let least = 0;
  for (let key = 0; key < keys; key++) {
    fillKey(key, means, size, values);
    fillOrder(values, orders, key * size, size);
  }
  for (let s = 0; s < scenarios.length; s++) {
    const { weight, criticalPath } = scenarios[s] as Problem['scenarios'][number];
    const share = weight / (criticalPath || 1);
    const at = s * size;
    for (let start = 0; start < keys * size; start += size) {
      let last = 0;
      for (let k = size - 1; k > 0; k--) {
        last = Math.max(last, tails[at + (orders[start + k] as number)] as number);
        rest[k] = last;
      }
      let first = 0;
      for (let k = 1; k < size; k++) {
        first = Math.max(first, heads[at + (orders[start + k - 1] as number)] as number);
        costs[start + k]! += (first + (rest[k] as number)) * share;
      }
    }
    least += longest(heads, at, size) * share;
  }
  return { size, orders, costs, least };
}

/** The loss of a cut for each task that it separates. */
export function rateOf({ size, costs, least }: Cuts, place: number): number {
  const k = place % size;
  return ((costs[place] as number) - least + LITTLE * least) / Math.min(k, size - k);
}

/** Both sides of a cut. */
export function sidesOf(part: Part, { size, orders }: Cuts, place: number): [Part, Part] {
  const side = new Uint8Array(size).fill(1);
  const k = place % size;
  for (let at = place - k; at < place; at++) side[orders[at] as number] = 0;
  return divide(part, side, 2) as [Part, Part];
}

/**
 * Numbers that are needed while cuts are looked for and no longer. The same arrays serve every part: cuts are looked for thousands of times
 * a DAG, and arrays made for each of them would be most of what the garbage collector has to do.
 */
interface Room {
  /** By scenario and position: the longest way up to and with each task, in milliseconds. */
  readonly heads: Float64Array;
  /** By scenario and position: the longest way from and with each task, in milliseconds. */
  readonly tails: Float64Array;
  /** Scenario means by position: of the earliest starts, then of the earliest ends, the latest starts, the latest ends. */
  readonly means: Float64Array;
  readonly values: Float64Array;
  readonly rest: Float64Array;
}
let lastRoom: Room | undefined;

function roomFor(size: number, scenarios: number): Room {
  if (lastRoom === undefined || lastRoom.values.length < size || lastRoom.heads.length < size * scenarios)
    lastRoom = {
      heads: new Float64Array(2 * size * scenarios),
      tails: new Float64Array(2 * size * scenarios),
      means: new Float64Array(8 * size),
      values: new Float64Array(2 * size),
      rest: new Float64Array(2 * size),
    };
  return lastRoom;
}

/** Each grows along edges. */
function fillMeans({ tasks }: Part, { scenarios }: Problem, { heads, tails, means }: Room): void {
  const size = tasks.length;
  means.fill(0, 0, 4 * size);
  for (let s = 0; s < scenarios.length; s++) {
    const { durations, weight } = scenarios[s] as Problem['scenarios'][number];
    const at = s * size;
    const end = longest(heads, at, size);
    for (let i = 0; i < size; i++) {
      const duration = durations[tasks[i] as number] as number;
      const head = heads[at + i] as number;
      const late = end - (tails[at + i] as number);
      means[i]! += (head - duration) * weight;
      means[size + i]! += head * weight;
      means[2 * size + i]! += late * weight;
      means[3 * size + i]! += (late + duration) * weight;
    }
  }
}

/** The places among the means of what each of the keys adds up. */
const SUMMANDS: readonly (readonly [number, number?])[] = [[1], [2], [0, 3], [0], [3], [0, 2], [1, 3]];

function fillKey(key: number, means: Float64Array, size: number, values: Float64Array): void {
  const [one, other] = SUMMANDS[key] as readonly [number, number?];
  for (let i = 0; i < size; i++) {
    const value = means[one * size + i] as number;
    values[i] = other === undefined ? value : value + (means[other * size + i] as number);
  }
}

/**
 * The positions by value; equal values, and values that differ by less than a number can tell beside the position, by position. A prefix
 * is an ideal either way. Value and position are sorted as one number, which is what machines are quick at.
 */
function fillOrder(values: Float64Array, orders: Int32Array, start: number, size: number): void {
  const places = 2 ** Math.ceil(Math.log2(size));
  const scale = 2 ** 52 / places / (longest(values, 0, size) || 1);
  for (let i = 0; i < size; i++) values[i] = Math.floor((values[i] as number) * scale) * places + i;
  sortNumbers(values, size);
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    orders[start + i] = value - Math.floor(value / places) * places;
  }
}

/** Few numbers that are nearly in order, as positions are, are sorted in place sooner than a call of `sort` takes. */
const FEW = 64;

function sortNumbers(numbers: Float64Array, size: number): void {
  if (size > FEW) {
    numbers.subarray(0, size).sort();
    return;
  }
  for (let i = 1; i < size; i++) {
    const value = numbers[i] as number;
    let at = i;
    while (at > 0 && (numbers[at - 1] as number) > value) {
      numbers[at] = numbers[at - 1] as number;
      at--;
    }
    numbers[at] = value;
  }
}

function longest(values: Float64Array, from: number, size: number): number {
  let most = 0;
  for (let i = from; i < from + size; i++) most = Math.max(most, values[i] as number);
  return most;
}

/** Within a part: the longest ways up to each task, and from each task. */
function fillWays({ tasks, starts, preds }: Part, { scenarios }: Problem, { heads, tails }: Room): void {
  const size = tasks.length;
  tails.fill(0, 0, size * scenarios.length);
  for (let s = 0; s < scenarios.length; s++) {
    const { durations } = scenarios[s] as Problem['scenarios'][number];
    const at = s * size;
    for (let i = 0; i < size; i++) {
      let before = 0;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++)
        before = Math.max(before, heads[at + (preds[e] as number)] as number);
      heads[at + i] = before + (durations[tasks[i] as number] as number);
    }
    // The tasks behind a task have passed on how long they take before its turn comes.
    for (let i = size - 1; i >= 0; i--) {
      const far = (tails[at + i] as number) + (durations[tasks[i] as number] as number);
      tails[at + i] = far;
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const before = at + (preds[e] as number);
        if ((tails[before] as number) < far) tails[before] = far;
      }
    }
  }
}
