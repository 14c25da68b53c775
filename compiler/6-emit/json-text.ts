import type { Json, JsonObject } from '../../asl/json/value.ts';

const WIDTH = 100;

/**
 * JSON as a person lays it out: short lists and objects of plain values on one line, everything else a line each. Ends with a newline.
 *
 * @param dense an object within it whose entries take a line each, however long: what no person reads
 */
export function jsonText(value: object, dense?: unknown): string {
  return `${layOut(value as Json, '', 0, dense)}\n`;
}

function layOut(value: Json, indent: string, taken: number, dense: unknown): string {
  if (typeof value !== 'object' || value === null) return plainText(value);
  const flat = oneLine(value);
  if (flat !== undefined && indent.length + taken + flat.length <= WIDTH) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${inner}${layOut(item, inner, 1, dense)}`).join(',\n')}\n${indent}]`;
  }
  const object = value as JsonObject;
  const lines = Object.keys(object).map((key) => {
    const item = object[key]!;
    const text =
      item === dense && dense !== undefined ? entryLines(item, inner) : layOut(item, inner, key.length + 5, dense);
    return `${inner}${plainText(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function entryLines(value: Json, indent: string): string {
  const lines = Object.entries(value as object).map(
    ([key, item]) => `${indent}  ${JSON.stringify(key)}: ${JSON.stringify(item)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** What reads well on a line: a list of plain values, a small object of them, a list of one small object. */
function oneLine(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null) return plainText(value);
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return `[${value.map(plainText).join(', ')}]`;
    const only = value.length === 1 ? oneLine(value[0] as Json) : undefined;
    return only && `[${only}]`;
  }
  const object = value as JsonObject;
  const keys = Object.keys(object);
  if (keys.length === 0) return '{}';
  if (keys.length > 2) return undefined;
  const isShort = (v: Json) => isPlain(v) || (Array.isArray(v) && v.every(isPlain));
  if (!keys.every((key) => isShort(object[key]!))) return undefined;
  return `{ ${keys.map((key) => `${plainText(key)}: ${oneLine(object[key]!)}`).join(', ')} }`;
}

/** As `JSON.stringify` has a plain value: most texts, which need no escape, in a fraction of its time. */
function plainText(value: Json): string {
  return typeof value === 'string' && /^[ !#-[\]-~]*$/.test(value) ? `"${value}"` : JSON.stringify(value);
}

function isPlain(value: Json): boolean {
  return typeof value !== 'object' || value === null;
}
