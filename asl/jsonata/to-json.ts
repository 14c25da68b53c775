import { type Json, setMember } from '../json/value.ts';

/** A function, or something that holds one, is no JSON value. */
export const UNSUPPORTED: unique symbol = Symbol('unsupported');

/**
 * What leaves an expression, as plain JSON: undefined members vanish, infinite numbers become text, and the marks that JSONata
 * leaves on its arrays (a marked array would behave differently when the next expression reads it) are gone. What is plain
 * already is answered itself, not a copy.
 */
export function toJson(value: unknown): Json | undefined | typeof UNSUPPORTED {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      break;
    default:
      return UNSUPPORTED;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return arrayToJson(value);
  if (isFunctionLike(value)) return UNSUPPORTED;
  return objectToJson(value as Record<string, unknown>);
}

function arrayToJson(value: readonly unknown[]): Json | typeof UNSUPPORTED {
  // JSONata's marks (sequence, cons, keepSingleton …) are own properties beside the items and `length`.
  let plain = Object.getOwnPropertyNames(value).length === value.length + 1;
  const items: Json[] = [];
  for (const item of value) {
    const json = toJson(item);
    if (json === UNSUPPORTED) return UNSUPPORTED;
    if (json !== item || json === undefined) plain = false;
    if (json !== undefined) items.push(json);
  }
  return plain ? (value as Json[]) : items;
}

function objectToJson(value: Record<string, unknown>): Json | typeof UNSUPPORTED {
  let plain = true;
  const members: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const json = toJson(value[key]);
    if (json === UNSUPPORTED) return UNSUPPORTED;
    if (json !== value[key] || json === undefined) plain = false;
    if (json !== undefined) setMember(members, key, json);
  }
  return plain ? (value as Record<string, Json>) : members;
}

function isFunctionLike(value: object): boolean {
  const marks = value as { _jsonata_function?: unknown; _jsonata_lambda?: unknown };
  return marks._jsonata_function === true || marks._jsonata_lambda === true;
}
