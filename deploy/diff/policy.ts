import type { Json, JsonObject } from '../../asl/json/value.ts';
import { canonical } from './differences.ts';

/** Actions that are gained or lost, with what they are on and when. */
export interface Grant {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Json;
}

export interface PolicyDiff {
  readonly gained: readonly Grant[];
  readonly lost: readonly Grant[];
}

/** What a policy would allow more and less: by action and resource, however they are grouped into statements. */
export function diffPolicies(from: Json | undefined, to: Json | undefined): PolicyDiff {
  const before = single(from);
  const after = single(to);
  return {
    gained: grouped([...after].filter(([key]) => !before.has(key)).map(([, grant]) => grant)),
    lost: grouped([...before].filter(([key]) => !after.has(key)).map(([, grant]) => grant)),
  };
}

/** A policy as what it allows, whatever the order and the grouping of its statements. */
export function normalPolicy(policy: Json | undefined): Json {
  return [...single(policy).keys()].sort();
}

type Single = { effect: string; action: string; resource: string; condition: Json | undefined };

function single(policy: Json | undefined): Map<string, Single> {
  const statements = list((policy as JsonObject | null | undefined)?.Statement) as readonly JsonObject[];
  const grants = statements.flatMap(({ Effect, Action, Resource, Condition }) =>
    list(Action).flatMap((action) =>
      list(Resource).map((resource) => ({
        effect: String(Effect),
        action: String(action),
        resource: String(resource),
        condition: Condition === undefined ? undefined : conditionOf(Condition as JsonObject),
      })),
    ),
  );
  return new Map(grants.map((grant) => [JSON.stringify(grant), grant]));
}

/** A condition's values are a set, and one alone may stand without its list. */
function conditionOf(condition: JsonObject): Json {
  return canonical(
    Object.fromEntries(
      Object.entries(condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys as JsonObject).map(([key, value]) => [key, list(value).map(String).sort()]),
        ),
      ]),
    ),
  );
}

function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Together what has the same effect and condition: first the actions on the same resource, then resources with the same actions. */
function grouped(grants: readonly Single[]): Grant[] {
  const byResource = groups(grants, ({ effect, resource, condition }) => JSON.stringify([effect, resource, condition]));
  const merged = byResource.map((all) => ({ ...all[0]!, actions: all.map(({ action }) => action).sort() }));
  return groups(merged, ({ effect, actions, condition }) => JSON.stringify([effect, actions, condition])).map(
    (all) => ({
      effect: all[0]!.effect,
      actions: all[0]!.actions,
      resources: all.map(({ resource }) => resource).sort(),
      ...(all[0]!.condition !== undefined && { condition: all[0]!.condition }),
    }),
  );
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return [...found.values()];
}
