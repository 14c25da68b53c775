import { MOST_BYTES, tooMuchMemory } from '../bounds.ts';
import type { DialectFunction } from '../dialect.ts';

/** Bytes of a number in the memory that an evaluation may take. */
const NUMBER_BYTES = 8;

/**
 * `$range(first, last, step)`: `last` included when hit; a bare number when there is one, nothing when there is none. Fractions of the
 * arguments are cut.
 */
export const range: DialectFunction = {
  signature: '<nnn:x>',
  call: (_, from: number | undefined, to: number | undefined, by: number | undefined) => {
    if (from === undefined || to === undefined || by === undefined) return undefined;
    const [first, last, step] = [Math.trunc(from), Math.trunc(to), Math.trunc(by)];
    if (step === 0) throw new Error('The step of the range function must not be zero');
    const count = Math.max(0, Math.floor((last - first) / step) + 1);
    if (count * NUMBER_BYTES > MOST_BYTES) throw tooMuchMemory();
    const numbers = Array.from({ length: count }, (_, at) => first + at * step);
    return count === 0 ? undefined : count === 1 ? numbers[0] : numbers;
  },
};
