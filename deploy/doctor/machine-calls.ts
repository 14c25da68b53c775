import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { AccountNeeds, LinkedRole, ParameterValue, Quota } from '../../tasks/service.ts';
import { calledBy, SERVICES } from '../../tasks/services.ts';
import type { Resource } from '../resource.ts';

/** A call of a machine, with what its service needs of the account. */
export interface MachineCall {
  readonly title: string;
  readonly action: string;
  readonly arguments: Json;
  readonly needs: AccountNeeds;
}

/** The calls of all machines that are to be made, their placeholders filled. */
export function callsOfMachines(resources: readonly Resource[]): MachineCall[] {
  return resources.flatMap(({ kind, properties }) => (kind === 'machine' ? tasksIn(properties.definition!) : []));
}

function tasksIn(json: Json): MachineCall[] {
  if (Array.isArray(json)) return json.flatMap((one: Json) => tasksIn(one));
  if (json === null || typeof json !== 'object') return [];
  const { Type, Resource, Arguments = null } = json as JsonObject;
  const own = Type === 'Task' && typeof Resource === 'string' ? callOf(Resource, Arguments) : [];
  return [...own, ...Object.values(json as JsonObject).flatMap(tasksIn)];
}

function callOf(resource: string, given: Json): MachineCall[] {
  const called = calledBy({ resource, arguments: given });
  const service = called?.service ?? SERVICES.find(({ integrations }) => integrations.length === 0);
  const needs = service?.account;
  if (needs === undefined) return [];
  return [{ title: service!.title, action: called?.action ?? '', arguments: given, needs }];
}

/** The values of a parameter, at whatever depth; what only a run knows is left out. */
export function valuesOf(json: Json, parameter: string): string[] {
  if (Array.isArray(json)) return json.flatMap((one: Json) => valuesOf(one, parameter));
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json as JsonObject).flatMap(([key, value]) =>
    key === parameter ? [value].flat().filter(isKnown) : valuesOf(value, parameter),
  );
}

function isKnown(value: Json): value is string {
  return typeof value === 'string' && !value.includes('{%');
}

export function holds(json: Json, { parameter, value }: ParameterValue): boolean {
  return valuesOf(json, parameter).includes(value);
}

/** Subnets in which something runs. */
export function subnetsOf(calls: readonly MachineCall[]): string[] {
  return unique(
    calls.flatMap(({ arguments: given, needs }) => (needs.subnets ?? []).flatMap((name) => valuesOf(given, name))),
  );
}

export function linkedRolesOf(calls: readonly MachineCall[]): { readonly role: LinkedRole; readonly title: string }[] {
  const found = new Map<string, { readonly role: LinkedRole; readonly title: string }>();
  for (const { action, arguments: given, needs, title } of calls)
    for (const role of needs.linkedRoles ?? [])
      if (role.actions.includes(action) && (role.where === undefined || holds(given, role.where)))
        found.set(role.name, { role, title });
  return [...found.values()];
}

/** What the machines take of a quota in one run each, all at once. */
export interface Taken {
  readonly quota: Quota;
  /** Where it is a number. */
  readonly count: number;
  /** How many instances of which type. */
  readonly instances: ReadonlyMap<string, number>;
}

export function quotasOf(calls: readonly MachineCall[]): Taken[] {
  const found = new Map<string, { quota: Quota; count: number; instances: Map<string, number> }>();
  for (const { action, arguments: given, needs } of calls)
    for (const quota of needs.quotas ?? []) {
      if (!quota.actions.includes(action)) continue;
      const taken = found.get(quota.code) ?? { quota, count: 0, instances: new Map<string, number>() };
      const { takes } = quota;
      // Of a number, what one call takes: how many go on at a time the machine does not say.
      if (typeof takes === 'number') taken.count = Math.max(taken.count, takes);
      else
        for (const group of groupsIn(given, takes.groups)) {
          const { [takes.type]: type, [takes.count]: count } = group;
          if (!holds(group, takes.where) || typeof type !== 'string' || typeof count !== 'number') continue;
          taken.instances.set(type, (taken.instances.get(type) ?? 0) + count);
        }
      if (taken.count > 0 || taken.instances.size > 0) found.set(quota.code, taken);
    }
  return [...found.values()];
}

function groupsIn(json: Json, parameter: string): JsonObject[] {
  if (Array.isArray(json)) return json.flatMap((one: Json) => groupsIn(one, parameter));
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json as JsonObject).flatMap(([key, value]) =>
    key === parameter && Array.isArray(value) ? (value as readonly JsonObject[]) : groupsIn(value, parameter),
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
