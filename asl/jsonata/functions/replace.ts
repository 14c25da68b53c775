import jsonata from 'jsonata';
import type { DialectFunction } from '../dialect.ts';

const original = jsonata('$replace($text, $pattern, $replacement, $limit)');

/** `$replace(text, pattern, replacement, limit?)`; the limit is cut to an integer. */
export const replace: DialectFunction = {
  signature: '<s-(sf)(sf)n?:s>',
  call: (_, text: string | undefined, pattern: unknown, replacement: unknown, limit?: number) =>
    original.evaluate(undefined, {
      text,
      pattern,
      replacement,
      limit: limit === undefined ? undefined : Math.trunc(limit),
    }),
};
