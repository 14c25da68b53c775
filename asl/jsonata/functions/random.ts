import type { DialectFunction } from '../dialect.ts';

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

const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/**
 * The first number in [0, 1) that Java's `java.util.Random` draws from a seed: the service's `$random(42)` is 0.7275636800328681, as
 * there.
 */
function javaRandom(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  const next = (bits: bigint): bigint => {
    state = (state * MULTIPLIER + 0xbn) & MASK;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}

/** `$shuffle(array)`, its randomness the execution's. */
export const shuffle: DialectFunction = {
  signature: '<a:a>',
  call: ({ environment }, items?: readonly unknown[]) => {
    if (items === undefined) return undefined;
    const shuffled = [...items];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = Math.floor(environment.random() * (at + 1));
      [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]];
    }
    return shuffled;
  },
};

/** `$uuid()`: a version 4 UUID, new at every call. */
export const uuid: DialectFunction = { signature: '<:s>', call: ({ environment }) => uuidFrom(environment.random) };

/** A version 4 UUID made of the numbers (in [0, 1)) that `random` gives. */
export function uuidFrom(random: () => number): string {
  const hex = Array.from({ length: 32 }, (_, at) => {
    const digit = Math.floor(random() * 16);
    return (at === 12 ? 4 : at === 16 ? (digit & 3) | 8 : digit).toString(16);
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
