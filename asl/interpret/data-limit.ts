import type { Json, JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { byteLength, exceeds } from './json-size.ts';
import { StateFailure } from './state-failure.ts';

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
