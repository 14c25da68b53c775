import type { Json } from '../json/value.ts';

/** The JSON text of a value. */
export type TextOf = (value: Json) => string;

/** Objects whose texts are kept; past that many they are forgotten, so that a long history does not keep all its data twice. */
const MOST_KEPT = 4_096;
/** Deeper values are left to `JSON.stringify`, which has no stack of ours to fill. */
const DEEPEST = 32;
/** What `JSON.stringify` writes otherwise than as it stands: control characters, quotes, backslashes and halves of surrogate pairs. */
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

/**
 * Makes JSON texts of values that share parts, as the data of one execution does: what a state hands on is its input with a result in
 * it. The text of an object is put together from the texts of its members, each of which is made once, so that it costs a part of what
 * `JSON.stringify` does and is the same to the byte. The values must not change while it is used.
 */
export function createTexts(): TextOf {
  const known = new Map<object, string>();

  function textOf(value: Json, depth: number): string {
    if (typeof value === 'object' && value !== null) return known.get(value) ?? objectText(value, depth);
    if (typeof value === 'string') return stringText(value);
    if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null';
    return JSON.stringify(value);
  }

  function objectText(value: object, depth: number): string {
    const text =
      depth > DEEPEST || !isPlain(value)
        ? JSON.stringify(value)
        : Array.isArray(value)
          ? arrayText(value, depth)
          : membersText(value as { readonly [key: string]: Json }, depth);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(value, text);
    return text;
  }

  function membersText(object: { readonly [key: string]: Json }, depth: number): string {
    let text = '';
    for (const key in object) {
      const member = textOf(object[key] as Json, depth + 1);
      if (member !== undefined) text += `${text === '' ? '{' : ','}${stringText(key)}:${member}`;
    }
    return text === '' ? '{}' : `${text}}`;
  }

  /** Most lists are new as a whole; one whose first item is known is a list of results. */
  function arrayText(items: readonly Json[], depth: number): string {
    const first = items[0];
    if (typeof first !== 'object' || first === null || !known.has(first)) return JSON.stringify(items);
    let text = '[';
    for (const item of items) text += `${text === '[' ? '' : ','}${textOf(item, depth + 1) ?? 'null'}`;
    return `${text}]`;
  }

  return (value) => textOf(value, 0);
}

function stringText(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A list, or an object without a prototype of its own and without a way of its own to become JSON. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    typeof (value as { readonly toJSON?: unknown }).toJSON !== 'function'
  );
}
