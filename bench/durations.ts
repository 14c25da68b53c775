import type { Random } from './random.ts';

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
