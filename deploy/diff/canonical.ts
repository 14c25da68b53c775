import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../asl/json/value.ts';

/** A value with the keys of its objects in order: the same text for what means the same. */
export function canonical(json: Json): Json {
  if (Array.isArray(json)) return json.map(canonical);
  if (json === null || typeof json !== 'object') return json;
  const object = json as JsonObject;
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, canonical(object[key]!)]),
  );
}

export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

export function hashOf(json: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(json)))
    .digest('hex');
}
