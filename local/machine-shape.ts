import type { JsonObject } from '../asl/json.ts';
import type { StateMachine } from '../asl/types.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';

const TYPES: ReadonlySet<unknown> = new Set(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);
const ENDS: ReadonlySet<unknown> = new Set(['Succeed', 'Fail', 'Choice']);

/**
 * Takes any value as a state machine where there is a way through it, or stops with what is missing. Much less than
 * `dagwright validate` checks: a simulation also runs what AWS would refuse for other reasons.
 */
export function readMachine(value: unknown): StateMachine {
  checkStates(value, '');
  return value as StateMachine;
}

function checkStates(value: unknown, path: string): void {
  const { StartAt, States } = object(value, path);
  const states = object(States, `${path}/States`);
  if (typeof StartAt !== 'string') fail(`${path}/StartAt`, 'is not the name of a state');
  if (!Object.hasOwn(states, StartAt)) fail(`${path}/StartAt`, `names "${StartAt}", which is no state`);
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${name}`;
    const fields = object(state, at);
    checkState(fields, at);
    for (const { path: from, target } of targets(fields, at)) {
      if (typeof target !== 'string' || !Object.hasOwn(states, target)) {
        fail(from, `names ${JSON.stringify(target)}, which is no state beside it`);
      }
    }
  }
}

function checkState(state: JsonObject, path: string): void {
  if (!TYPES.has(state.Type)) fail(`${path}/Type`, 'is no type of state');
  if (!ENDS.has(state.Type) && state.Next === undefined && state.End !== true) fail(path, 'has neither Next nor End');
  switch (state.Type) {
    case 'Task':
      if (typeof state.Resource !== 'string') fail(`${path}/Resource`, 'is not an ARN');
      return;
    case 'Choice':
      for (const [at, rule] of list(state.Choices, `${path}/Choices`).entries()) object(rule, `${path}/Choices/${at}`);
      return;
    case 'Parallel':
      for (const [at, branch] of list(state.Branches, `${path}/Branches`).entries()) {
        checkStates(branch, `${path}/Branches/${at}`);
      }
      return;
    case 'Map':
      if (state.ItemProcessor !== undefined) checkStates(state.ItemProcessor, `${path}/ItemProcessor`);
      else checkStates(state.Iterator, `${path}/Iterator`);
  }
}

function targets(state: JsonObject, path: string): { path: string; target: unknown }[] {
  const rules = [...(state.Type === 'Choice' ? members(state, 'Choices') : []), ...members(state, 'Catch')];
  return [
    ...(state.Next === undefined ? [] : [{ path: `${path}/Next`, target: state.Next }]),
    ...(state.Type === 'Choice' && state.Default !== undefined
      ? [{ path: `${path}/Default`, target: state.Default }]
      : []),
    ...rules.map(({ field, at, rule }) => ({ path: `${path}/${field}/${at}/Next`, target: rule.Next })),
  ];

  function members(from: JsonObject, field: string): { field: string; at: number; rule: JsonObject }[] {
    if (from[field] === undefined) return [];
    return list(from[field], `${path}/${field}`).map((rule, at) => ({
      field,
      at,
      rule: object(rule, `${path}/${field}/${at}`),
    }));
  }
}

function object(value: unknown, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'must be an object');
  return value as JsonObject;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) fail(path, 'must be an array');
  return value;
}

function fail(path: string, detail: string): never {
  throw new Stop(diagnose('SIM002', { path, detail }, { path }));
}
