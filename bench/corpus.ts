import { Dag } from '../authoring/index.ts';
import { aws } from '../tasks/index.ts';
import { FAMILIES, type Family, type Upstreams } from './graphs.ts';

/** A DAG of a corpus, and how long its tasks really take. */
export interface Sample {
  readonly family: Family;
  readonly upstreams: Upstreams;
  readonly ms: readonly number[];
  /** For whatever else is to be drawn for this DAG. */
  readonly random: Random;
}

/** So many DAGs of each family, size and kind of durations. */
export function corpus(seed: number, sizes: readonly number[], each: number): Sample[] {
  let at = 0;
  return (Object.keys(FAMILIES) as Family[]).flatMap((family) =>
    sizes.flatMap((size) =>
      Object.values(DURATIONS).flatMap((duration) =>
        Array.from({ length: each }, (): Sample => {
          const own = random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(++at, 0x85ebca6b));
          const upstreams = FAMILIES[family](own, size);
          return { family, upstreams, ms: upstreams.map(() => duration(own)), random: own };
        }),
      ),
    ),
  );
}

/** How long tasks take, in milliseconds, whole seconds: never all the same. */
export const DURATIONS = { uniform, lognormal, twoKinds } satisfies Record<string, (random: Random) => number>;

/** 1 to 60 minutes. */
function uniform(random: Random): number {
  return seconds(60 + 3540 * random.next());
}

/** Around 10 minutes, a few very long. */
function lognormal(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return seconds(600 * Math.exp(normal));
}

/** Short queries and long jobs. */
function twoKinds(random: Random): number {
  return seconds(random.chance(0.25) ? 1800 + 5400 * random.next() : 10 + 170 * random.next());
}

function seconds(value: number): number {
  return Math.max(1, Math.round(value)) * 1000;
}

/** Numbers from a seed: the same on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(p: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** So many of them, each once, in their order. */
  some<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const some = <T>(from: readonly T[], count: number): T[] => {
    const places = from.map((_, i) => i);
    for (let i = 0; i < Math.min(count, places.length); i++) {
      const j = int(i, places.length - 1);
      [places[i], places[j]] = [places[j] as number, places[i] as number];
    }
    return places
      .slice(0, count)
      .sort((a, b) => a - b)
      .map((i) => from[i] as T);
  };
  return { next, int, chance: (p) => next() < p, pick: (from) => from[int(0, from.length - 1)]!, some };
}

/** The estimate of a task's duration: milliseconds, a range of them, or none. */
export type Estimate = number | readonly [number, number] | undefined;

/** A DAG of tasks `t0`, `t1` … that send a message each. */
export function dagOf(upstreams: Upstreams, estimate: (task: number) => Estimate): Dag {
  const dag = new Dag('bench');
  const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'm' } });
  const tasks = upstreams.map((_, i) => dag.task(`t${i}`, send, specOf(estimate(i))));
  upstreams.forEach((before, i) => void tasks[i]!.after(...before.map((up) => tasks[up]!)));
  return dag;
}

function specOf(estimate: Estimate) {
  if (estimate === undefined) return {};
  if (typeof estimate === 'number') return { estimate: estimate / 1000 };
  return { estimate: [estimate[0] / 1000, estimate[1] / 1000] as const };
}

/** The longest way through a DAG, in milliseconds: no run of it takes less. */
export function criticalPath(upstreams: Upstreams, ms: readonly number[]): number {
  const ends: number[] = [];
  for (const [i, before] of upstreams.entries())
    ends.push(before.reduce((latest, up) => Math.max(latest, ends[up] as number), 0) + (ms[i] as number));
  return ends.reduce((a, b) => Math.max(a, b), 0);
}
