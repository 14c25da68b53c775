import type { DialectFunction } from '../dialect.ts';

const MOST = 1_000_000;

/** `$range(first, last, step)`: `last` included when hit; a bare number when there is one, nothing when there is none. */
export const range: DialectFunction = {
  signature: '<nnn:x>',
  call: (_, first: number | undefined, last: number | undefined, step: number | undefined) => {
    if (first === undefined || last === undefined || step === undefined) return undefined;
    if (step === 0) throw new Error('The step of the range function must not be zero');
    const count = Math.max(0, Math.floor((last - first) / step) + 1);
    if (count > MOST) throw new Error(`The range function would give more than ${MOST} numbers`);
    const numbers = Array.from({ length: count }, (_, at) => first + at * step);
    return count === 0 ? undefined : count === 1 ? numbers[0] : numbers;
  },
};
