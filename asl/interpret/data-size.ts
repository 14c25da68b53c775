import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import { StateFailure } from './state-failure.ts';

/** Whether a value as JSON text is longer than so many bytes of UTF-8. Cheap for values that are much smaller. */
export function exceeds(value: Json, bytes: number): boolean {
  return left(value, bytes, mostOf) < 0 && left(value, bytes, closeTo) < 0 && byteLength(value) > bytes;
}

export function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** At most so many bytes; cheaper than the exact number. */
export function mostBytes(value: Json): number {
  return -left(value, 0, mostOf, Number.NEGATIVE_INFINITY);
}

/** What is left of `bytes` after the most that the value can take, below `stop` as soon as it may be more. */
function left(value: Json, bytes: number, textBytes: (text: string) => number, stop = 0): number {
  switch (typeof value) {
    case 'string':
      return bytes - textBytes(value);
    case 'number':
      return bytes - 25;
    case 'boolean':
      return bytes - 5;
    default:
  }
  let rest = bytes - 4;
  if (Array.isArray(value)) {
    for (const item of value) {
      rest = left(item, rest, textBytes, stop) - 1;
      if (rest < stop) return rest;
    }
  } else if (value !== null) {
    const object = value as { readonly [key: string]: Json };
    for (const key in object) {
      rest = left(object[key] as Json, rest - textBytes(key) - 2, textBytes, stop);
      if (rest < stop) return rest;
    }
  }
  return rest;
}

/** The most bytes of a text: a control character takes six, `\u0001`, and nothing takes more. */
function mostOf(text: string): number {
  return 6 * text.length + 2;
}

/** The bytes of a text in plain ASCII, which most texts are; the most of any other. */
function closeTo(text: string): number {
  return PLAIN.test(text) ? text.length + 2 : mostOf(text);
}

const PLAIN = /^[ !#-[\]-~]*$/;

/** Fails where what a state gives is more than the service carries. */
export function checkData(name: string, value: Json): void {
  if (exceeds(value, LIMITS.dataBytes)) throw dataLimitExceeded(name);
}

/** `by` is the name of a state, or the resource of a task. */
export function dataLimitExceeded(by: string, alias?: string): StateFailure {
  return new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${by}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    alias,
  );
}

/** Fails where a variable, or all that is assigned at once, is more than the service keeps. */
export function checkAssigned(name: string, assigned: JsonObject): void {
  if (!exceeds(assigned, LIMITS.dataBytes)) return;
  // The names do not count.
  const total = Object.values(assigned).reduce<number>((sum, value) => sum + byteLength(value), 0);
  if (total <= LIMITS.dataBytes) return;
  throw variablesLimitExceeded(name);
}

export function variablesLimitExceeded(name: string): StateFailure {
  return new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' assigned variables with a size exceeding the maximum number of bytes service limit.`,
  );
}
