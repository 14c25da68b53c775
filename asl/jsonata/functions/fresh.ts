import type { DialectFunction } from '../dialect.ts';

/**
 * Not for users (the name is none that an expression can write). JSONata's grouping `x{…}` appends to an empty array that it is
 * given; ours are shared and must stay as they are, so the compiler wraps what is grouped in this.
 */
export const fresh: DialectFunction & { readonly name: string } = {
  name: 'fresh array',
  signature: '<x:x>',
  call: (_, value: unknown) => (Array.isArray(value) && value.length === 0 ? [] : value),
};
