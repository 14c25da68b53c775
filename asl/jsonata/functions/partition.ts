import type { DialectFunction } from '../dialect.ts';

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
