import type { DialectFunction } from '../dialect.ts';
import { javaRandom } from './java-random.ts';

/** `$random(seed?)`: a number in [0, 1), new at every call; with a seed always the same one, Java's. */
export const random: DialectFunction = {
  signature: '<n?:n>',
  call: ({ environment }, seed?: number) => (seed === undefined ? environment.random() : javaRandom(seed)),
};

/** A small generator of numbers in [0, 1), always the same ones for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = Math.trunc(seed) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
