import { diagnose, Stop } from '../../diagnostics/index.ts';
import { jsonFault } from '../json/fault.ts';
import { token } from '../json/pointer.ts';
import { isObject, type JsonObject } from '../json/value.ts';
import { fieldsWithScopes } from '../language/states.ts';
import type { StateMachine } from '../language/types.ts';
import { indexMachine } from './machine.ts';
import { Reports } from './rule.ts';
import { wrongKinds } from './rules/schema.ts';

const TYPES: ReadonlySet<unknown> = new Set(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);
const ENDS: ReadonlySet<unknown> = new Set(['Succeed', 'Fail', 'Choice']);
const LANGUAGES: ReadonlySet<unknown> = new Set([undefined, 'JSONPath', 'JSONata']);
const WAITS = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'];
const RETRY_NUMBERS = ['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'];

/**
 * Takes any value as a state machine where there is a way through it, or stops with what is missing, and with every field whose value is
 * of another kind than ASL's. Much less than `dagwright validate` checks: a simulation also runs what AWS would refuse for other reasons.
 */
export function readMachine(value: unknown): StateMachine {
  const unfit = jsonFault(value);
  if (unfit !== undefined) fail(unfit.path.map((key) => `/${token(key)}`).join(''), unfit.detail);
  const machine = object(value, '');
  number(machine.TimeoutSeconds, '/TimeoutSeconds');
  checkStates(machine, '');
  const kinds = new Reports();
  wrongKinds(indexMachine(machine), kinds.report);
  if (kinds.all.length > 0) throw new Stop(kinds.finish().map(({ diagnostic }) => diagnostic));
  read.add(machine);
  return value as StateMachine;
}

/** Machines that were checked: one that runs a thousand times is checked once. */
const read = new WeakSet<object>();

/** The same for a machine that is typed as one, which was read before as a rule. */
export function checkMachine(machine: StateMachine): void {
  if (!read.has(machine)) readMachine(machine);
}

function checkStates(value: unknown, path: string): void {
  const { StartAt, States, QueryLanguage } = object(value, path);
  language(QueryLanguage, path);
  const states = object(States, `${path}/States`);
  const target = (name: unknown, from: string) => {
    if (typeof name !== 'string' || !Object.hasOwn(states, name)) {
      fail(from, `names ${JSON.stringify(name)}, which is no state beside it`);
    }
  };
  target(StartAt, `${path}/StartAt`);
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${token(name)}`;
    const fields = object(state, at);
    checkState(fields, at);
    for (const each of ways(fields, at)) target(each.name, each.from);
  }
}

function checkState(state: JsonObject, path: string): void {
  if (!TYPES.has(state.Type)) fail(`${path}/Type`, 'is no type of state');
  if (!ENDS.has(state.Type) && state.Next === undefined && state.End !== true) fail(path, 'has neither Next nor End');
  if (state.Type === 'Wait' && WAITS.every((field) => state[field] === undefined))
    fail(path, `has none of ${WAITS.join(', ')}`);
  language(state.QueryLanguage, path);
  checkAssign(state, path);
  for (const { at, from } of objects(state.Retry, `${path}/Retry`)) {
    list(at.ErrorEquals, `${from}/ErrorEquals`);
    for (const name of RETRY_NUMBERS) number(at[name], `${from}/${name}`);
  }
  for (const { at, from } of objects(state.Catch, `${path}/Catch`)) {
    list(at.ErrorEquals, `${from}/ErrorEquals`);
    checkAssign(at, from);
  }
  switch (state.Type) {
    case 'Task':
      if (typeof state.Resource !== 'string') fail(`${path}/Resource`, 'is not an ARN');
      return;
    case 'Choice':
      list(state.Choices, `${path}/Choices`);
      for (const { at, from } of objects(state.Choices, `${path}/Choices`)) checkRule(at, from);
      return;
    case 'Parallel':
      list(state.Branches, `${path}/Branches`);
      for (const { scope, at } of fieldsWithScopes(state)) checkStates(scope, path + at);
      return;
    case 'Map': {
      const [processor = { scope: undefined, at: '/Iterator' }] = fieldsWithScopes(state);
      checkStates(processor.scope, path + processor.at);
    }
  }
}

function checkRule(rule: JsonObject, path: string): void {
  checkAssign(rule, path);
  const { Variable, Condition, And, Or, Not } = rule;
  if (Not !== undefined) checkRule(object(Not, `${path}/Not`), `${path}/Not`);
  for (const [name, rules] of [
    ['And', And],
    ['Or', Or],
  ] as const) {
    for (const { at, from } of objects(rules, `${path}/${name}`)) checkRule(at, from);
  }
  for (const [name, operand] of Object.entries(rule))
    if (name.endsWith('Path') && typeof operand !== 'string') fail(`${path}/${name}`, 'must be a path');
  if (And === undefined && Or === undefined && Not === undefined && Condition === undefined) {
    if (typeof Variable !== 'string') fail(path, 'has neither a Condition nor a Variable');
  }
}

/** Every way out of a state. */
function ways(state: JsonObject, path: string): { name: unknown; from: string }[] {
  const rules = [
    ...(state.Type === 'Choice' ? objects(state.Choices, `${path}/Choices`) : []),
    ...objects(state.Catch, `${path}/Catch`),
  ];
  return [
    ...(state.Next === undefined ? [] : [{ name: state.Next, from: `${path}/Next` }]),
    ...(state.Type === 'Choice' && state.Default !== undefined
      ? [{ name: state.Default, from: `${path}/Default` }]
      : []),
    ...rules.map(({ at, from }) => ({ name: at.Next, from: `${from}/Next` })),
  ];
}

function checkAssign({ Assign }: JsonObject, path: string): void {
  if (Assign !== undefined) object(Assign, `${path}/Assign`);
}

function language(value: unknown, path: string): void {
  if (!LANGUAGES.has(value)) fail(`${path}/QueryLanguage`, 'is neither "JSONPath" nor "JSONata"');
}

function number(value: unknown, path: string): void {
  if (value !== undefined && typeof value !== 'number') fail(path, 'must be a number');
}

/** The objects of a list that may be missing, with their places. */
function objects(value: unknown, path: string): { at: JsonObject; from: string }[] {
  if (value === undefined) return [];
  return list(value, path).map((item, index) => {
    const from = `${path}/${index}`;
    return { at: object(item, from), from };
  });
}

function object(value: unknown, path: string): JsonObject {
  if (!isObject(value)) fail(path, 'must be an object');
  return value;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) fail(path, 'must be an array');
  return value;
}

function fail(path: string, detail: string): never {
  throw new Stop(diagnose('SIM002', { path, detail }, { path }));
}
