import { nearest } from '../../../diagnostics/did-you-mean.ts';
import { token, valueAt } from '../../json/pointer.ts';
import type { SchemaError } from '../../json/schema-errors.ts';
import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { STATE_FIELDS } from '../../language/fields.ts';
import { isMacroKey } from '../../placeholders/index.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import { type Machine, objects, type Scope, type StateNode } from '../machine.ts';
import type { Report, Rule } from '../rule.ts';
import * as generated from '../schema.generated.ts';
import { mayBeMended, reportFault } from '../schema-faults.ts';

type Validator = ((value: Json) => boolean) & { errors?: readonly SchemaError[] | null };
const validators = generated as unknown as { readonly [name: string]: Validator };

/** Each object against its JSON schema: required fields, unknown fields, types and ranges. */
export const schema: Rule = {
  purpose: 'Every object has the fields that it needs, none that does not exist, and values of the right type.',
  check({ scopes, states, untyped }, report) {
    for (const scope of scopes) checkScope(scope, { untyped, report });
    for (const state of states) checkState(state, { untyped, report });
  },
};

/** https://states-language.net/spec.html#state-fields: a field that is needed stands there under another name. */
export const spelling: Rule = {
  purpose: 'A field that is needed has its own name.',
  check(machine, report) {
    for (const { path, written, meant } of machine.misspellings) {
      const args = { what: describeObject(path, machine), field: written, suggestion: meant };
      report('ASL011', args, `${path}/${token(meant)}`, { onKey: true });
    }
  },
};

/** The object at a path, in words: `Retry 0 of "A"`. */
function describeObject(path: string, { scopes, states }: Machine): string {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const inside = path.slice(at.length + 1).replaceAll('/', '.');
    const state = states.find((one) => one.path === at);
    if (state !== undefined) {
      const [, list, index] = /^(Retry|Catch|Choices)\.(\d+)/.exec(inside) ?? [];
      if (list !== undefined)
        return list === 'Choices' ? `A choice rule of "${state.name}"` : `${list} ${index} of "${state.name}"`;
      const what = describeState(state);
      return inside === '' ? what : `${what}: ${inside}`;
    }
    const scope = scopes.find((one) => one.path === at);
    if (scope !== undefined) return inside === '' ? describeScope(scope) : `${describeScope(scope)}: ${inside}`;
  }
}

function describeState({ name, type }: StateNode): string {
  return type === undefined ? `The state "${name}"` : `The state "${name}" (${type})`;
}

/** Of the same faults those that keep a program from reading the machine: a list, null or a number where a text belongs. */
export function wrongKinds({ scopes, states, untyped }: Machine, report: Report): void {
  const only = { untyped, report, counts: isOfKind };
  for (const scope of scopes) checkScope(scope, only);
  for (const state of states) if (state.type !== undefined) checkState(state, only);
}

function isOfKind({ keyword, params }: SchemaError, at: Json | undefined): boolean {
  if (keyword === 'enum') return typeof at !== 'string';
  // Half a second is no whole number, but can be waited for.
  return keyword === 'type' && !([params.type].flat().includes('integer') && typeof at === 'number');
}

/** What is checked, and where faults are reported. */
interface Checking {
  /** The places of values that may be filled in as anything. */
  readonly untyped: ReadonlySet<string>;
  readonly report: Report;
  /** Which faults are reported, by the value at their place; default all. */
  readonly counts?: (fault: SchemaError, at: Json | undefined) => boolean;
}

function check(
  name: string,
  value: Json,
  path: string,
  what: string,
  { untyped, report, counts }: Checking,
  fields?: readonly string[],
): void {
  const validator = validators[name]!;
  if (validator(value) || untyped.has(path)) return;
  for (const fault of validator.errors ?? []) {
    if (counts !== undefined && !counts(fault, valueAt(value, fault.instancePath))) continue;
    if (!mayBeMended(fault, value, path, untyped)) reportFault(fault, value, path, what, report, fields);
  }
}

function checkScope(scope: Scope, checking: Checking): void {
  const what = describeScope(scope);
  check(scope.kind, scope.json, scope.path, what, checking);
  if (!isObject(scope.json.States)) return;
  for (const [name, state] of Object.entries(scope.json.States)) {
    const path = `${scope.path}/States/${token(name)}`;
    if (!isObject(state) && !isMacroKey(name) && !checking.untyped.has(path))
      checking.report('ASL012', { what: `The state "${name}"`, field: '', must: 'an object' }, path);
  }
}

export function describeScope({ kind, owner, path }: Scope): string {
  if (owner === undefined) return 'The machine';
  return kind === 'branch'
    ? `Branch ${path.slice(path.lastIndexOf('/') + 1)} of "${owner.name}"`
    : `The processor of "${owner.name}"`;
}

function checkState(state: StateNode, checking: Checking): void {
  const { json, path, name, type, language } = state;
  const { report } = checking;
  const what = `The state "${name}"`;
  if (type === undefined) {
    if (isFilledLater(json.Type)) return;
    if (typeof json.Type === 'string')
      report(
        'ASL015',
        { what, type: `"${json.Type}"`, suggestion: nearest(json.Type, Object.keys(STATE_FIELDS)) },
        `${path}/Type`,
      );
    else if (json.Type === undefined && hasFieldsLater(json)) return;
    else if (json.Type === undefined) report('ASL010', { what, field: 'Type' }, path);
    else report('ASL012', { what, field: 'Type', must: 'text' }, `${path}/Type`);
    return;
  }
  check(type + language, json, path, describeState(state), checking, Object.keys(STATE_FIELDS[type]));
  for (const field of ['Retry', 'Catch'] as const) {
    if (STATE_FIELDS[type][field] === undefined) continue;
    const kind = field === 'Retry' ? 'retrier' : 'catcher';
    for (const [i, item] of items(json[field]))
      check(kind + language, item, `${path}/${field}/${i}`, `${field} ${i} of "${name}"`, checking);
  }
  if (type === 'Parallel') notObjects(json.Branches, `${path}/Branches`, what, checking);
  if (type === 'Choice') checkRules(state, checking);
}

function items(list: Json | undefined): [number, Json][] {
  return Array.isArray(list) ? [...list.entries()] : [];
}

function notObjects(list: Json | undefined, path: string, what: string, checking: Checking): void {
  for (const [i, item] of items(list))
    if (!isObject(item) && !checking.untyped.has(`${path}/${i}`))
      checking.report('ASL012', { what, field: `Branches ${i}`, must: 'an object' }, `${path}/${i}`);
}

/** Rules nest in And, Or and Not to any depth. */
function checkRules({ json, path, name, language }: StateNode, checking: Checking): void {
  const pending = items(json.Choices).map(([i, rule]) => ({ rule, path: `${path}/Choices/${i}` }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { rule } = next;
    check(`rule${language}`, rule, next.path, `A choice rule of "${name}"`, checking);
    if (!isObject(rule) || language !== 'JSONPath') continue;
    for (const nested of nestedRules(rule)) pending.push({ rule: nested.rule, path: `${next.path}/${nested.at}` });
  }
}

/** The rules right within a rule. */
export function nestedRules(rule: JsonObject): { readonly rule: JsonObject; readonly at: string }[] {
  const lists = (['And', 'Or'] as const).flatMap((field) =>
    objects(rule[field]).map(([i, nested]) => ({ rule: nested, at: `${field}/${i}` })),
  );
  return isObject(rule.Not) ? [...lists, { rule: rule.Not, at: 'Not' }] : lists;
}
