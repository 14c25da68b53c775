import type { DialectFunction } from '../dialect.ts';

/** `$count(array)`; of null it is 0 there. */
export const count: DialectFunction = {
  signature: '<x:n>',
  call: (_, value?: unknown) => (value === undefined || value === null ? 0 : Array.isArray(value) ? value.length : 1),
};
