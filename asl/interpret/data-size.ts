import type { Json, JsonObject } from '../json/value.ts';
import { LIMITS } from '../language/limits.ts';
import { StateFailure } from './state-failure.ts';

/** Whether a value as JSON text is longer than so many bytes of UTF-8. Cheap for values that are much smaller. */
export function exceeds(value: Json, bytes: number): boolean {
  if (upperBound(value, bytes) >= 0) return false;
  return byteLength(value) > bytes;
}

export function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** At most so many bytes; cheaper than the exact number. */
export function mostBytes(value: Json): number {
  return -upperBound(value, 0, Number.NEGATIVE_INFINITY);
}

/** What is left of `bytes` after the most that the value can take, below `stop` as soon as it may be more. */
function upperBound(value: Json, bytes: number, stop = 0): number {
  switch (typeof value) {
    case 'string':
      // A control character takes six bytes, `\u0001`; nothing takes more.
      return bytes - 6 * value.length - 2;
    case 'number':
      return bytes - 25;
    case 'boolean':
      return bytes - 5;
    default:
  }
  let left = bytes - 4;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = upperBound(item, left, stop) - 1;
      if (left < stop) return left;
    }
  } else if (value !== null) {
    const object = value as { readonly [key: string]: Json };
    for (const key in object) {
      left = upperBound(object[key] as Json, left - 6 * key.length - 4, stop);
      if (left < stop) return left;
    }
  }
  return left;
}

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
