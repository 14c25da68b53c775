import { isObject, type Json, type JsonObject } from '../../json/value.ts';
import { hasPlaceholder } from '../../placeholders/index.ts';
import { hasFieldsLater, isFilledLater } from '../draft.ts';
import { type Machine, type Scope, type StateNode, statesNamed } from '../machine.ts';
import { type PathText, pathTexts } from '../paths.ts';
import type { Rule } from '../rule.ts';

/** States.ParameterPathFailure and States.Runtime, before anything runs. */
export const produced: Rule = {
  purpose: 'A path into the input does not lead to a field that no state before gives.',
  check(machine, report) {
    const reads = pathTexts(machine).filter(readsInput);
    if (reads.length === 0) return;
    const shapes = inputShapes(machine);
    for (const { state, path, value } of reads) {
      const text = String(value);
      const input = shapes.get(state) ?? 'any';
      const name = missing(input, text);
      if (name !== undefined) report('ASL052', { path: text, states: describe(state, input) }, path);
    }
  },
};

/** What is evaluated on the raw input: an InputPath, or where there is none, Parameters and the fields that name places. */
function readsInput({ state, path, role, fault, intrinsic }: PathText): boolean {
  if (fault !== undefined || intrinsic !== undefined || isFilledLater(state.json.InputPath)) return false;
  const field = path.slice(state.path.length + 1).split('/', 1)[0]!;
  if (field === 'InputPath') return true;
  if (state.json.InputPath !== undefined && state.json.InputPath !== '$') return false;
  if (field === 'Parameters') return role === 'payload' && (state.type !== 'Map' || state.json.ItemsPath === undefined);
  return role === 'path' && field !== 'OutputPath' && field !== 'Choices' && state.json.Parameters === undefined;
}

function describe({ scope }: StateNode, input: Shape): string {
  const names = input === 'any' ? [] : [...input.fields.keys()];
  const before = scope.owner === undefined ? 'the states before' : `the states before, or from "${scope.owner.name}",`;
  return names.length === 0 ? before : `${before} (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`;
}

/**
 * What is known of a JSON value before anything runs: its fields, where they are all known. Of everything else, `any`.
 * Several ways to a state give all of their fields.
 */
export type Shape = 'any' | { readonly fields: ReadonlyMap<string, Shape> };

const NOTHING: Shape = { fields: new Map() };
/** Beyond these a value counts as any: the analysis is for small constants, and its cost stays linear. */
const MAX_DEPTH = 4;
const MAX_FIELDS = 100;
const MAX_VISITS = 8;

/** The shape of each state's input. States that nothing is known of are left out. */
function inputShapes({ scopes }: Machine): ReadonlyMap<StateNode, Shape> {
  const known = new Map<StateNode, Shape>();
  for (const scope of scopes) flow(scope, entry(scope, known), known);
  return known;
}

function entry({ owner }: Scope, known: ReadonlyMap<StateNode, Shape>): Shape {
  if (owner?.type !== 'Parallel') return 'any';
  return argument(owner, known.get(owner) ?? 'any');
}

function flow(scope: Scope, start: Shape, known: Map<StateNode, Shape>): void {
  const first = scope.states.get(String(scope.json.StartAt));
  if (first === undefined) return;
  known.set(first, start);
  const visits = new Map<StateNode, number>();
  const changed = new Set([first]);
  // A set is walked in the order of insertion; what is deleted and added again comes last.
  for (const state of changed) {
    changed.delete(state);
    const shape = known.get(state)!;
    const output = outputShape(state, shape);
    for (const { target, path, later } of state.edges) {
      const caught = path.startsWith('/Catch/', state.path.length);
      for (const next of statesNamed(scope, target)) {
        const old = known.get(next);
        const times = (visits.get(next) ?? 0) + 1;
        visits.set(next, times);
        const more = caught || later || times > MAX_VISITS ? 'any' : output;
        const joined = old === undefined ? more : join(old, more);
        if (old !== undefined && same(old, joined)) continue;
        known.set(next, joined);
        changed.add(next);
      }
    }
  }
}

function outputShape(state: StateNode, input: Shape): Shape {
  const { json, type, language } = state;
  if (type === undefined || hasFieldsLater(json)) return 'any';
  const works = type === 'Task' || type === 'Parallel' || type === 'Map';
  if (language === 'JSONata')
    return json.Output === undefined ? (works ? 'any' : input) : template(json.Output, isExpression, (key) => key);
  const effective = select(input, json.InputPath);
  if (!works && type !== 'Pass') return select(effective, json.OutputPath);
  let result = argument(state, input);
  if (works) result = json.ResultSelector === undefined ? 'any' : payload(json.ResultSelector);
  else if (json.Result !== undefined)
    result = template(
      json.Result,
      () => false,
      (key) => key,
    );
  return select(place(input, json.ResultPath, result), json.OutputPath);
}

/** What a state makes of its input: InputPath, then Parameters. */
function argument({ json, language }: StateNode, input: Shape): Shape {
  if (language === 'JSONata')
    return json.Arguments === undefined ? input : template(json.Arguments, isExpression, (key) => key);
  return json.Parameters === undefined ? select(input, json.InputPath) : payload(json.Parameters);
}

function payload(value: Json): Shape {
  return template(
    value,
    () => false,
    (key) => (key.endsWith('.$') ? undefined : key),
  );
}

function isExpression(value: Json): boolean {
  return typeof value === 'string' && value.startsWith('{%');
}

/** A constant's shape; `keep` answers undefined for keys whose value is computed. */
function template(
  value: Json,
  computed: (value: Json) => boolean,
  keep: (key: string) => string | undefined,
  depth = 0,
): Shape {
  if (computed(value) || Array.isArray(value) || isFilledLater(value)) return 'any';
  if (!isObject(value)) return NOTHING;
  const members = Object.entries(value as JsonObject);
  if (depth === MAX_DEPTH || members.length > MAX_FIELDS || hasFieldsLater(value)) return 'any';
  return {
    fields: new Map(
      members.map(([key, member]): [string, Shape] => {
        const kept = keep(key);
        return kept === undefined ? [key.slice(0, -2), 'any'] : [kept, template(member, computed, keep, depth + 1)];
      }),
    ),
  };
}

const STEP = /\.([^\s.[\]()'",*]+)(?!\()|\['([^'\\]*)'\]/y;

/** The names that a path such as `$.a['b']` begins with; undefined where it is not on the input (`$$`, `$variable`). */
function names(path: string): { readonly names: readonly string[]; readonly whole: boolean } | undefined {
  if (!/^\$(?![$\p{ID_Start}_])/u.test(path) || hasPlaceholder(path)) return undefined;
  const found: string[] = [];
  let end = 1;
  STEP.lastIndex = end;
  for (let step = STEP.exec(path); step !== null; step = STEP.exec(path)) {
    found.push(step[1] ?? step[2]!);
    end = STEP.lastIndex;
  }
  return { names: found, whole: end === path.length };
}

/** The first name of a path that a value of this shape cannot have, or nothing. */
function missing(shape: Shape, path: string): string | undefined {
  let here = shape;
  for (const name of names(path)?.names ?? []) {
    if (here === 'any') return undefined;
    const next = here.fields.get(name);
    if (next === undefined) return name;
    here = next;
  }
  return undefined;
}

function select(shape: Shape, path: Json | undefined): Shape {
  if (path === undefined || path === '$') return shape;
  if (path === null) return NOTHING;
  const read = typeof path === 'string' ? names(path) : undefined;
  if (read === undefined || !read.whole) return 'any';
  return read.names.reduce<Shape>((here, name) => (here === 'any' ? 'any' : (here.fields.get(name) ?? 'any')), shape);
}

/** A ResultPath: where the result goes in the input. */
function place(input: Shape, path: Json | undefined, result: Shape): Shape {
  if (path === undefined || path === '$') return result;
  if (path === null || input === 'any') return input;
  const read = typeof path === 'string' ? names(path) : undefined;
  if (read === undefined || !read.whole) return 'any';
  return put(input, read.names, result);
}

function put(shape: Shape, [name, ...rest]: readonly string[], value: Shape): Shape {
  if (shape === 'any') return 'any';
  if (name === undefined) return value;
  return { fields: new Map(shape.fields).set(name, put(shape.fields.get(name) ?? NOTHING, rest, value)) };
}

function join(a: Shape, b: Shape): Shape {
  if (a === 'any' || b === 'any') return 'any';
  const fields = new Map(a.fields);
  for (const [name, shape] of b.fields) {
    const other = fields.get(name);
    fields.set(name, other === undefined ? shape : join(other, shape));
  }
  return fields.size > MAX_FIELDS ? 'any' : { fields };
}

function same(a: Shape, b: Shape): boolean {
  if (a === 'any' || b === 'any') return a === b;
  if (a.fields.size !== b.fields.size) return false;
  for (const [name, shape] of a.fields) {
    const other = b.fields.get(name);
    if (other === undefined || !same(shape, other)) return false;
  }
  return true;
}
