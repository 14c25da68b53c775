import type { Json } from '../../asl/json.ts';

const WIDTH = 100;

/** JSON as a person lays it out: short lists and objects of plain values on one line, everything else a line each. Ends with a newline. */
export function jsonText(value: Json): string {
  return `${layOut(value, '', 0)}\n`;
}

function layOut(value: Json, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const flat = oneLine(value);
  if (flat !== undefined && indent.length + taken + flat.length <= WIDTH) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => `${inner}${layOut(item, inner, 1)}`).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${layOut(item, inner, key.length + 5)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** A list or an object without lists or objects of its own, on a line; a list of one such object too. */
function oneLine(value: Json): string | undefined {
  const isPlain = (v: Json) => typeof v !== 'object' || v === null;
  if (Array.isArray(value))
    return value.every(isPlain) ? `[${value.map((v) => JSON.stringify(v)).join(', ')}]` : undefined;
  const entries = Object.entries(value as { [key: string]: Json });
  if (entries.length === 0) return '{}';
  if (entries.length > 2 || !entries.every(([, v]) => isPlain(v))) return undefined;
  return `{ ${entries.map(([key, v]) => `${JSON.stringify(key)}: ${JSON.stringify(v)}`).join(', ')} }`;
}
