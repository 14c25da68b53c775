import type { DialectFunction } from '../dialect.ts';

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
