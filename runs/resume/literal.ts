import type { Json } from '../../asl/json/value.ts';

/** A value as it stands in a field of a JSONata state: a text that looks like an expression is written as one that gives that text. */
export function literal(value: Json): Json {
  if (typeof value === 'string') return /^\{%|%\}$/.test(value) ? `{% ${escaped(value)} %}` : value;
  if (Array.isArray(value)) return value.map((item: Json) => literal(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner as Json)]));
}

/** The value that was written. */
export function literalValue(written: Json): Json {
  if (typeof written === 'string')
    return written.startsWith('{%') ? (JSON.parse(written.slice(2, -2)) as string) : written;
  if (Array.isArray(written)) return written.map((item: Json) => literalValue(item));
  if (written === null || typeof written !== 'object') return written;
  return Object.fromEntries(Object.entries(written).map(([key, inner]) => [key, literalValue(inner as Json)]));
}

/** A string that JSON and JSONata read alike, without what begins or ends an expression. */
function escaped(text: string): string {
  return JSON.stringify(text).replaceAll('%', '\\u0025');
}
