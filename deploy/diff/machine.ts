import type { Json, JsonObject } from '../../asl/json/value.ts';
import { changedFields, type FieldChange, same } from './differences.ts';

/** What would change in a state machine, state by state: order and formatting mean nothing. */
export interface MachineDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly fields: readonly FieldChange[] }[];
  readonly changed: readonly { readonly state: string; readonly fields: readonly FieldChange[] }[];
  /** The machine's own fields: `StartAt`, `Comment`, `TimeoutSeconds` … */
  readonly fields: readonly FieldChange[];
}

/** State names are unique in a whole definition, so that states are compared by name, whatever they are nested in. */
export function diffMachines(from: JsonObject, to: JsonObject): MachineDiff {
  const before = flatten(from);
  const after = flatten(to);
  const gone = [...before.states.keys()].filter((name) => !after.states.has(name));
  const come = [...after.states.keys()].filter((name) => !before.states.has(name));
  const names = renames(gone, come, before.states, after.states);
  // References to a renamed state follow it: they are no change of their own.
  const follow = (json: JsonObject) => renameReferences(json, names) as JsonObject;
  const compared = (name: string, now = name) =>
    changedFields(follow(before.states.get(name)!), after.states.get(now)!);
  return {
    added: come.filter((name) => ![...names.values()].includes(name)),
    removed: gone.filter((name) => !names.has(name)),
    renamed: [...names].map(([old, now]) => ({ from: old, to: now, fields: compared(old, now) })),
    changed: [...before.states.keys()]
      .filter((name) => after.states.has(name))
      .map((state) => ({ state, fields: compared(state) }))
      .filter(({ fields }) => fields.length > 0),
    fields: changedFields(follow(before.top), after.top),
  };
}

interface Flat {
  readonly top: JsonObject;
  /** Each with its nested states left out: of a branch only where it starts. */
  readonly states: ReadonlyMap<string, JsonObject>;
}

function flatten(machine: JsonObject): Flat {
  const states = new Map<string, JsonObject>();
  const walk = (scope: JsonObject): JsonObject => {
    const { States, ...rest } = scope;
    for (const [name, state] of Object.entries((States ?? {}) as { [name: string]: JsonObject })) {
      const { Branches, ItemProcessor, Iterator, ...own } = state;
      states.set(name, {
        ...own,
        ...(Branches !== undefined && { Branches: (Branches as readonly JsonObject[]).map(walk) }),
        ...(ItemProcessor !== undefined && { ItemProcessor: walk(ItemProcessor as JsonObject) }),
        ...(Iterator !== undefined && { Iterator: walk(Iterator as JsonObject) }),
      });
    }
    return rest;
  };
  return { top: walk(machine), states };
}

type States = ReadonlyMap<string, JsonObject>;

/** States under a new name: first those that do exactly the same, then those that do most of the same. */
function renames(gone: readonly string[], come: readonly string[], before: States, after: States): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const least of [1, 0.6]) {
    for (const old of gone.filter((name) => !names.has(name))) {
      const ranked = come
        .filter((name) => !taken.has(name))
        .map((name) => ({ name, alike: likeness(before.get(old)!, after.get(name)!) }))
        .sort((a, b) => b.alike - a.alike);
      if (ranked[0] === undefined || ranked[0].alike < least) continue;
      names.set(old, ranked[0].name);
      taken.add(ranked[0].name);
    }
  }
  return names;
}

/** The part of their fields that two states have in common, transitions aside; 0 for states of another kind. */
function likeness(a: JsonObject, b: JsonObject): number {
  if (a.Type !== b.Type || a.Resource !== b.Resource) return 0;
  const [one, other] = [leavesOf(a), leavesOf(b)];
  // A Succeed is like any other: without anything of its own a state has no identity but its name.
  if (one.size === 0 && other.size === 0) return same(a, b) ? 1 : 0;
  const common = [...one].filter((leaf) => other.has(leaf)).length;
  return common / Math.max(one.size, other.size);
}

const TRANSITIONS = new Set(['Next', 'Default', 'StartAt', 'Type', 'Resource', 'End']);

function leavesOf(json: Json, path = ''): Set<string> {
  if (json === null || typeof json !== 'object') return new Set([`${path}=${JSON.stringify(json)}`]);
  return new Set(
    Object.entries(json as JsonObject)
      .filter(([key]) => !TRANSITIONS.has(key))
      .flatMap(([key, value]) => [...leavesOf(value, `${path}/${key}`)]),
  );
}

function renameReferences(json: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(json)) return json.map((item: Json) => renameReferences(item, names));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json as JsonObject).map(([key, value]) => [
      key,
      (key === 'Next' || key === 'Default' || key === 'StartAt') && typeof value === 'string'
        ? (names.get(value) ?? value)
        : renameReferences(value, names),
    ]),
  );
}
