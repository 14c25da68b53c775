import type { Json, JsonObject } from '../../asl/json/value.ts';

const WIDTH = 100;

/**
 * JSON as a person lays it out: short lists and objects of plain values on one line, everything else a line each. Ends with a newline.
 *
 * @param dense an object within it whose entries take a line each, however long: what no person reads
 */
export function jsonText(value: object, dense?: unknown): string {
  // A text that is put together at each depth is copied as often as it is deep.
  const pieces: string[] = [];
  layOut(value as Json, '', 0, dense, pieces);
  pieces.push('\n');
  return pieces.join('');
}

function layOut(value: Json, indent: string, taken: number, dense: unknown, pieces: string[]): void {
  if (typeof value !== 'object' || value === null) {
    pieces.push(plainText(value));
    return;
  }
  const flat = oneLine(value);
  if (flat !== undefined && indent.length + taken + flat.length <= WIDTH) {
    pieces.push(flat);
    return;
  }
  const inner = `${indent}  `;
  let before = `\n${inner}`;
  if (Array.isArray(value)) {
    pieces.push('[');
    for (const item of value) {
      pieces.push(before);
      layOut(item, inner, 1, dense, pieces);
      before = `,\n${inner}`;
    }
    pieces.push(`\n${indent}]`);
    return;
  }
  pieces.push('{');
  const object = value as JsonObject;
  for (const key of Object.keys(object)) {
    const item = object[key]!;
    pieces.push(before, plainText(key), ': ');
    if (item === dense && dense !== undefined) pieces.push(entryLines(item, inner));
    else layOut(item, inner, key.length + 5, dense, pieces);
    before = `,\n${inner}`;
  }
  pieces.push(`\n${indent}}`);
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
