import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import type { Kind, Observed, Resource, Tags } from '../resource.ts';
import { normalPolicy } from './policy.ts';

/** The keys of the properties in which what exists there is not what is wanted; `tags` among them. */
export function differences({ kind, properties, tags }: Resource, observed: Observed): string[] {
  const keys = [...new Set([...Object.keys(properties), ...Object.keys(observed.properties)])].filter(
    (key) => Object.hasOwn(properties, key) || !UNASKED.has(key),
  );
  const changed = keys.filter(
    (key) => !same(normal(kind, key, properties[key]), normal(kind, key, observed.properties[key])),
  );
  return hasTags(observed.tags, tags) ? changed : [...changed, 'tags'];
}

/** What an account's owners may have put where the environment asks for nothing: it stays. */
const UNASKED: ReadonlySet<string> = new Set(['boundary', 'kmsKey']);

/** Tags that are there besides are no difference: organisations put their own. */
export function hasTags(present: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([key, value]) => present[key] === value);
}

/** A hash for each property, so that a later look tells what was changed by hand since. */
export function fingerprints(kind: Kind, properties: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, hashOf(normal(kind, key, value)).slice(0, 16)]),
  );
}

/** Services answer in their own order what was given in another. */
function normal(kind: Kind, key: string, value: Json | undefined): Json {
  if (kind === 'role' && key === 'policy') return value === null ? null : normalPolicy(value);
  if (kind === 'role' && key === 'trust') return sortedLists(value ?? null);
  return canonical(value ?? null);
}

function sortedLists(json: Json): Json {
  if (Array.isArray(json)) {
    const sorted = json.map(sortedLists).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return sorted.length === 1 ? sorted[0]! : sorted;
  }
  if (json === null || typeof json !== 'object') return json;
  return canonical(
    Object.fromEntries(Object.entries(json as JsonObject).map(([key, value]) => [key, sortedLists(value)])),
  );
}

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

/** A field that would change. Without `from` it is added, without `to` it is removed. */
export interface FieldChange {
  /** `Arguments.Instances.InstanceGroups[1].InstanceCount` */
  readonly field: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** What differs between two values, as deep as both have the same shape. */
export function changedFields(from: Json | undefined, to: Json | undefined, field = ''): FieldChange[] {
  if (same(from, to)) return [];
  if (isObject(from) && isObject(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return keys.flatMap((key) => changedFields(from[key], to[key], joined(field, key)));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const length = Math.max(from.length, to.length);
    return Array.from({ length }, (_, i) => changedFields(from[i], to[i], `${field}[${i}]`)).flat();
  }
  return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function joined(field: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${field}[${JSON.stringify(key)}]`;
  return field === '' ? key : `${field}.${key}`;
}
