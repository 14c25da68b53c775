import type { DialectFunction } from '../dialect.ts';

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
