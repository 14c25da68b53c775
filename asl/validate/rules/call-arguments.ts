import { listed, nearest } from '../../../diagnostics/did-you-mean.ts';
import { token } from '../../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import {
  optimizedArguments,
  readResource,
  type SdkArgument,
  type SdkMembers,
  type SdkType,
  sdkService,
} from '../../services/index.ts';
import { hasFieldsLater, isFilledLater, isKeyLater } from '../draft.ts';
import type { StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';

/** What a task calls. */
interface Call {
  readonly service: string;
  readonly action: string;
  /** AWS checks an SDK integration's arguments when the machine is made; of the others it is not known what it checks. */
  readonly sdk: boolean;
  /** JSONPath: a key that ends with `.$` has its value computed. */
  readonly paths: boolean;
}

/** A value in a call's arguments, and what it should be. `top`: the arguments themselves. */
interface Given {
  readonly value: Json;
  readonly type: SdkType;
  readonly path: string;
  readonly top: boolean;
}

/** AWS: "unknown argument names, a missing idempotency token, and literals of a wrong type" are refused. */
export const callArguments: Rule = {
  purpose: 'A call has the arguments that its API needs, and none that the API does not have.',
  check({ states }, report) {
    for (const state of states) {
      if (state.type !== 'Task' || typeof state.json.Resource !== 'string') continue;
      const read = readResource(state.json.Resource);
      if (read.kind !== 'integration') continue;
      const { service, action, sdk } = read;
      const known = sdk ? sdkService(service)?.get(action) : optimizedArguments(service, action);
      if (known !== undefined)
        checkState(state, { service, action, sdk, paths: state.language === 'JSONPath' }, known, report);
    }
  },
};

function checkState({ json, path }: StateNode, call: Call, known: SdkMembers, report: Report): void {
  const field = call.paths ? 'Parameters' : 'Arguments';
  const given = json[field];
  if (given === undefined && call.sdk && !hasFieldsLater(json)) report('ASL079', { field }, path);
  // An expression in place of the whole is known only when it runs.
  if (!isObject(given)) return;
  // Without recursion: a structure may contain itself, to any depth.
  const pending: Given[] = [
    { value: given, type: { kind: 'structure', members: known }, path: `${path}/${field}`, top: true },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, type } = next;
    if (type.kind === 'structure' && isObject(value))
      pending.push(...checkMembers(value, type.members, next, call, report));
    else if (type.kind === 'list' && Array.isArray(value))
      for (const [i, item] of value.entries())
        checkValue(item, type.of, `${next.path}/${i}`, false, call, report, pending);
    else if (type.kind === 'map' && isObject(value))
      for (const [key, item] of Object.entries(value))
        if (!computed(key, call)) checkValue(item, type.of, `${next.path}/${token(key)}`, false, call, report, pending);
  }
}

function computed(key: string, { paths }: Call): boolean {
  return paths && key.endsWith('.$');
}

/** Reports a literal of the wrong type; what may be right is looked into later. */
function checkValue(
  value: Json,
  type: SdkType,
  path: string,
  argument: boolean,
  call: Call,
  report: Report,
  pending: Given[],
): void {
  const fault = literalFault(value, type);
  // Optimized integrations take text for a structure here and there: DynamoDB's attributes.
  const shorthand = !call.sdk && type.kind === 'structure' && typeof value === 'string';
  if (fault === undefined || shorthand) {
    const values = otherValues(value, type);
    if (values !== undefined) {
      const { service, action } = call;
      report('ASL112', { service, action, name: nameAt(path), value: value as string, values }, path);
    }
    if (typeof value === 'object') pending.push({ value, type, path, top: false });
    return;
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { service, action, sdk } = call;
  const refused = argument && fault.sure && (sdk || (service === 'lambda' && name === 'Payload'));
  report(refused ? 'ASL085' : 'ASL092', { service, action, name, must: fault.must }, path);
}

/** The member that a value stands in: `InstanceTypes` for the second of its items too. */
function nameAt(path: string): string {
  const names = path.split('/').filter((part) => !/^\d+$/.test(part));
  return names.at(-1)!;
}

function checkMembers(given: JsonObject, known: SdkMembers, { path, top }: Given, call: Call, report: Report): Given[] {
  const { service, action, sdk } = call;
  const inner: Given[] = [];
  const { apiNames, required } = indexOf(known);
  const names = new Set<string>();
  // A required member under a wrong name is reported for its name only.
  const meant = new Set<string>();
  for (const [key, value] of Object.entries(given)) {
    const name = computed(key, call) ? key.slice(0, -2) : key;
    const byApi = apiNames.get(name);
    const member = known.get(name) ?? byApi;
    names.add(member?.name ?? name);
    if (!known.has(name) && (sdk || byApi === undefined) && !isKeyLater(name)) {
      // The API's own spelling of an acronym at the beginning: Step Functions has it as a word.
      const code = sdk && top && byApi === undefined ? 'ASL076' : 'ASL077';
      const near = byApi?.name ?? suggestion(name, known);
      if (near !== undefined) meant.add(near);
      report(code, { service, action, name, suggestion: near }, `${path}/${token(key)}`, { onKey: true });
    }
    if (member !== undefined && name === key)
      checkValue(value, member.type, `${path}/${token(key)}`, top, call, report, inner);
  }
  if (hasFieldsLater(given)) return inner;
  // An optimized integration fills in the tokens.
  for (const { name, api, token: idempotency } of required)
    if (!names.has(name) && !meant.has(name) && (sdk || !idempotency))
      report(sdk && top ? 'ASL093' : 'ASL078', { service, action, name: sdk ? name : (api ?? name) }, path);
  return inner;
}

interface Index {
  /** The members that the API spells otherwise, by its spelling. */
  readonly apiNames: ReadonlyMap<string, SdkArgument>;
  readonly required: readonly SdkArgument[];
}

const indexes = new WeakMap<SdkMembers, Index>();

function indexOf(known: SdkMembers): Index {
  let index = indexes.get(known);
  if (index === undefined) {
    const all = [...known.values()];
    const apiNames = new Map(all.flatMap((one) => (one.api === undefined ? [] : [[one.api, one] as const])));
    index = { apiNames, required: all.filter(({ required }) => required) };
    indexes.set(known, index);
  }
  return index;
}

function suggestion(name: string, known: SdkMembers): string | undefined {
  const small = name.toLowerCase();
  return [...known.keys()].find((one) => one.toLowerCase() === small) ?? nearest(name, known.keys());
}

/** What JSON a value of an AWS API is written as; several where Step Functions converts. */
const WRITTEN: { readonly [K in SdkType['kind']]: { readonly types: readonly string[]; readonly words: string } } = {
  // An object is handed over as its JSON text, as in the Output of sfn:sendTaskSuccess.
  text: { types: ['string', 'object', 'array'], words: 'text' },
  blob: { types: ['string', 'object', 'array'], words: 'text or an object' },
  integer: { types: ['number'], words: 'a whole number' },
  number: { types: ['number'], words: 'a number' },
  boolean: { types: ['boolean'], words: 'true or false' },
  timestamp: { types: ['string', 'number'], words: 'a timestamp' },
  list: { types: ['array'], words: 'a list' },
  map: { types: ['object'], words: 'an object' },
  structure: { types: ['object'], words: 'an object' },
  any: { types: ['string', 'number', 'boolean', 'object', 'array'], words: 'any JSON' },
};

/** The values of the enum that a literal is not one of, or nothing. What is filled in or evaluated later is not looked at. */
function otherValues(value: Json, type: SdkType): readonly string[] | undefined {
  if (type.kind !== 'text' || type.values === undefined || typeof value !== 'string') return undefined;
  return isLater(value) || MEANT_LATER.test(value) || type.values.includes(value) ? undefined : type.values;
}

/** A path or an expression where it is not evaluated: other rules report it. */
const MEANT_LATER = /^\s*(?:\$|\{%|States\.)|%\}\s*$/;

/** A placeholder or an expression. */
function isLater(value: string): boolean {
  return value.startsWith('{%') || isFilledLater(value);
}

/**
 * What a literal must be instead, or nothing. `sure` is false where it may be that AWS converts it: a number written as
 * text. What is filled in or evaluated later is not looked at.
 */
function literalFault(value: Json, type: SdkType): { readonly must: string; readonly sure: boolean } | undefined {
  const json = Array.isArray(value) ? 'array' : typeof value;
  if (value === null || (typeof value === 'string' && isLater(value))) return undefined;
  const { types, words } = WRITTEN[type.kind];
  if (types.includes(json) && !(type.kind === 'integer' && !Number.isInteger(value))) return undefined;
  const converted = json === 'string' && ['integer', 'number', 'boolean'].includes(type.kind);
  const oneOf = type.kind === 'text' && type.values !== undefined ? `one of ${listed(type.values)}` : undefined;
  return { must: oneOf ?? words, sure: !converted };
}
