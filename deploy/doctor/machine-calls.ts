import type { Json, JsonObject } from '../../asl/json/value.ts';
import { walkStates } from '../../asl/language/states.ts';
import type { States } from '../../asl/language/types.ts';
import type { AccountNeeds, InstancesTaken, LinkedRole, ParameterValue, Quota } from '../../tasks/service.ts';
import { calledBy, SERVICES } from '../../tasks/services.ts';
import type { Resource } from '../resource.ts';

/** A call of a machine, with what its service needs of the account. */
export interface MachineCall {
  /** The service, as people call it. */
  readonly title: string;
  /** The state that makes it. */
  readonly state: string;
  readonly action: string;
  readonly arguments: Json;
  readonly needs: AccountNeeds;
}

/** The calls of all machines that are to be made, their placeholders filled. */
export function callsOfMachines(resources: readonly Resource[]): MachineCall[] {
  return resources.flatMap(({ kind, properties }) =>
    kind === 'machine' ? callsIn(properties.definition as JsonObject) : [],
  );
}

/** The calls of a machine, with its placeholders or without. */
export function callsIn(machine: JsonObject): MachineCall[] {
  return [...walkStates(machine as unknown as States)].flatMap(({ name, state }) =>
    state.Type === 'Task' && typeof state.Resource === 'string'
      ? callOf(name, state.Resource, (state.Arguments ?? null) as Json)
      : [],
  );
}

function callOf(state: string, resource: string, given: Json): MachineCall[] {
  const called = calledBy({ resource, arguments: given });
  const service = called?.service ?? SERVICES.find(({ integrations }) => integrations.length === 0);
  const needs = service?.account;
  if (needs === undefined) return [];
  return [{ title: service!.title, state, action: called?.action ?? '', arguments: given, needs }];
}

/** The values of a parameter, at whatever depth; what only a run knows is left out. */
export function valuesOf(json: Json, parameter: string): string[] {
  if (Array.isArray(json)) return json.flatMap((one: Json) => valuesOf(one, parameter));
  if (json === null || typeof json !== 'object') return [];
  return Object.entries(json as JsonObject).flatMap(([key, value]) =>
    key === parameter ? [value].flat().filter(isKnown) : valuesOf(value, parameter),
  );
}

export function isKnown(value: Json | undefined): value is string {
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

/** Whether something runs where no subnet is named. */
export function usesDefaultNetwork(calls: readonly MachineCall[]): boolean {
  return calls.some(
    ({ action, arguments: given, needs: { defaultNetwork = [], subnets = [] } }) =>
      typeof given !== 'string' &&
      defaultNetwork.includes(action) &&
      !subnets.some((name) => hasParameter(given, name)),
  );
}

function hasParameter(json: Json, parameter: string): boolean {
  if (Array.isArray(json)) return json.some((one: Json) => hasParameter(one, parameter));
  // An expression may make the object that holds it.
  if (typeof json === 'string') return json.startsWith('{%') && json.includes(parameter);
  if (json === null || typeof json !== 'object') return false;
  return Object.entries(json as JsonObject).some(([key, value]) => key === parameter || hasParameter(value, parameter));
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
  readonly instances: readonly Instances[];
}

/** Instances that start together: all of one of these types. */
export type Instances = readonly { readonly type: string; readonly count: number }[];

export function quotasOf(calls: readonly MachineCall[]): Taken[] {
  const found = new Map<string, { quota: Quota; count: number; instances: Instances[] }>();
  for (const { action, arguments: given, needs } of calls)
    for (const quota of needs.quotas ?? []) {
      if (!quota.actions.includes(action)) continue;
      const taken = found.get(quota.code) ?? { quota, count: 0, instances: [] };
      const { takes } = quota;
      // Of a number, what one call takes: how many go on at a time the machine does not say.
      if (typeof takes === 'number') taken.count = Math.max(taken.count, takes);
      else taken.instances.push(...instancesIn(given, takes));
      if (taken.count > 0 || taken.instances.length > 0) found.set(quota.code, taken);
    }
  return [...found.values()];
}

/** What only a run knows is left out. */
function instancesIn(given: Json, { types, groups, fleets, whole }: InstancesTaken): Instances[] {
  const ofGroups = listsIn(given, groups.parameter).flatMap((group): Instances[] => {
    const { [groups.type]: type, [groups.count]: count = 1, [groups.market.parameter]: market } = group;
    const isOurs = market === undefined ? groups.orElse : market === groups.market.value;
    return isOurs && isKnown(type) && typeof count === 'number' ? [[{ type, count }]] : [];
  });
  const ofFleets = listsIn(given, fleets.parameter).flatMap((fleet): Instances[] => {
    const target = fleet[fleets.target];
    if (typeof target !== 'number' || target === 0) return [];
    const choices = listsIn(fleet, fleets.types).flatMap(({ [fleets.type]: type, [fleets.weight]: weight = 1 }) =>
      isKnown(type) && typeof weight === 'number' && weight > 0 ? [{ type, count: Math.ceil(target / weight) }] : [],
    );
    return choices.length === 0 ? [] : [choices];
  });
  const all = [...ofGroups, ...ofFleets, ...(whole === undefined ? [] : objectsIn(given).flatMap(wholeIn(whole)))];
  const pattern = new RegExp(types);
  return all.map((choices) => choices.filter(({ type }) => pattern.test(type))).filter(({ length }) => length > 0);
}

function wholeIn({ first, others, count }: NonNullable<InstancesTaken['whole']>) {
  return ({ [first]: one, [others]: rest = one, [count]: all = 1 }: JsonObject): Instances[] =>
    isKnown(one) && isKnown(rest) && typeof all === 'number'
      ? [[{ type: one, count: 1 }], ...(all > 1 ? [[{ type: rest, count: all - 1 }]] : [])]
      : [];
}

function objectsIn(json: Json): JsonObject[] {
  if (Array.isArray(json)) return json.flatMap((one: Json) => objectsIn(one));
  if (json === null || typeof json !== 'object') return [];
  return [json as JsonObject, ...Object.values(json as JsonObject).flatMap(objectsIn)];
}

function listsIn(json: Json, parameter: string): JsonObject[] {
  return objectsIn(json).flatMap(({ [parameter]: list }) =>
    Array.isArray(list) ? (list as readonly JsonObject[]) : [],
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
