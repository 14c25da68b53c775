import type { Json } from '../json.ts';

/**
 * Limits of an execution.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const LIMITS = {
  /** Events in the history of one Standard execution. */
  historyEvents: 25_000,
  /** Bytes of UTF-8 of a state's input, output or result, of one variable, and of all that one `Assign` assigns. */
  dataBytes: 262_144,
  /** Bytes of all variables of an execution. */
  variablesBytes: 10 * 1024 * 1024,
  /** Iterations of an inline Map at one time. */
  inlineConcurrency: 40,
  /** Child executions of a distributed Map at one time. */
  distributedConcurrency: 10_000,
  /** Seconds that a Wait may last. */
  waitSeconds: 99_999_999,
} as const;

/** Whether a value as JSON text is longer than so many bytes of UTF-8. Cheap for values that are much smaller. */
export function exceeds(value: Json, bytes: number): boolean {
  if (upperBound(value, bytes) >= 0) return false;
  return byteLength(value) > bytes;
}

export function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** What is left of `bytes` after the most that the value can take, negative as soon as it may be more. */
function upperBound(value: Json, bytes: number): number {
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
      left = upperBound(item, left) - 1;
      if (left < 0) return left;
    }
  } else if (value !== null) {
    const object = value as { readonly [key: string]: Json };
    for (const key in object) {
      left = upperBound(object[key] as Json, left - 6 * key.length - 4);
      if (left < 0) return left;
    }
  }
  return left;
}
