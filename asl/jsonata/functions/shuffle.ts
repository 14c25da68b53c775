import type { DialectFunction } from '../dialect.ts';

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
