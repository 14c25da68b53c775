import { MOST_BYTES, tooMuchMemory } from '../bounds.ts';
import type { DialectFunction } from '../dialect.ts';

/** `$count(array)`; of null it is 0 there. */
export const count: DialectFunction = {
  signature: '<x:n>',
  call: (_, value?: unknown) => (value === undefined || value === null ? 0 : Array.isArray(value) ? value.length : 1),
};

/** `$partition(array, size)`: the array in chunks; nothing for an empty one. A single chunk still stands in a list. */
export const partition: DialectFunction = {
  signature: '<an:a>',
  call: (_, items: readonly unknown[] | undefined, size: number) => {
    if (items === undefined) return undefined;
    const step = Math.trunc(size);
    if (step < 1) throw new Error('The chunk size of the partition function must be a positive integer');
    const chunks: unknown[] = [];
    for (let at = 0; at < items.length; at += step) chunks.push(items.slice(at, at + step));
    return chunks.length === 0 ? undefined : chunks;
  },
};

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

/**
 * Not for users (the name is none that an expression can write). In `x[position]` the service cuts a fraction off, where JSONata rounds
 * down: that differs for negative positions. The compiler wraps what may be a position in this.
 */
export const wholePositions: DialectFunction & { readonly name: string } = {
  name: 'whole positions',
  signature: '<x:x>',
  call: (_, value: unknown) => {
    if (typeof value === 'number') return Math.trunc(value);
    return Array.isArray(value) && value.some((item) => typeof item === 'number' && !Number.isInteger(item))
      ? value.map((item: unknown) => (typeof item === 'number' ? Math.trunc(item) : item))
      : value;
  },
};

/**
 * Not for users (the name is none that an expression can write). JSONata's grouping `x{…}` appends to an empty array that it is
 * given; ours are shared and must stay as they are, so the compiler wraps what is grouped in this.
 */
export const fresh: DialectFunction & { readonly name: string } = {
  name: 'fresh array',
  signature: '<x:x>',
  call: (_, value: unknown) => (Array.isArray(value) && value.length === 0 ? [] : value),
};
