import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Kind, Observed, Resource, Tags } from '../resource.ts';
import { canonical, hashOf, same } from './canonical.ts';
import { normalPolicy } from './policy.ts';

/** The keys of the properties in which what stands there is not what is wanted; `tags` among them. */
export function differences({ kind, properties, tags }: Resource, observed: Observed): string[] {
  const keys = [...new Set([...Object.keys(properties), ...Object.keys(observed.properties)])];
  const changed = keys.filter(
    (key) => !same(normal(kind, key, properties[key]), normal(kind, key, observed.properties[key])),
  );
  return hasTags(observed.tags, tags) ? changed : [...changed, 'tags'];
}

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
