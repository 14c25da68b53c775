import type { DialectFunction } from '../dialect.ts';

/**
 * `$substring(text, start, length?)`: counts code points, but a negative start counts UTF-16 units from the end; one before the
 * beginning is the beginning.
 */
export const substring: DialectFunction = {
  signature: '<s-nn?:s>',
  call: (_, text: string | undefined, from: number, length?: number) => {
    if (text === undefined) return undefined;
    const start = Math.trunc(from);
    const rest = start < 0 ? [...text.slice(Math.max(0, text.length + start))] : [...text].slice(start);
    return rest.slice(0, length === undefined ? rest.length : Math.max(0, Math.trunc(length))).join('');
  },
};
