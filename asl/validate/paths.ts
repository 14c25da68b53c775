import { walk } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { looksLikeCall } from '../json-path/call.ts';
import {
  CATCHER_FIELDS,
  CHOICE_OPERATORS,
  CHOICE_RULE_FIELDS,
  type Fields,
  type Role,
  STATE_FIELDS,
} from '../language/fields.ts';
import { type Machine, objects, type StateNode } from './machine.ts';
import { type PathFault, type PathVariable, parseIntrinsic, parsePath } from './path-syntax.ts';

/** A JSONPath, or a call of an intrinsic function, in a JSONPath state. */
export interface PathText {
  readonly state: StateNode;
  readonly path: string;
  /** The field or key that holds it. */
  readonly field: string;
  readonly role: Exclude<Role, 'plain' | 'value' | 'machine' | 'list'>;
  readonly value: Json;
  /** Missing where it is a call. */
  readonly reference?: boolean;
  /** What it reads of the context object, where it is a path. */
  readonly context?: readonly string[];
  /** The function, where it is a call. */
  readonly intrinsic?: string;
  readonly fault?: PathFault;
  readonly arity?: PathFault;
  readonly literal?: PathFault;
  readonly variables: readonly PathVariable[];
}

const known = new WeakMap<Machine, readonly PathText[]>();

/** All paths and intrinsic calls of the machine's JSONPath states; several rules ask for them. */
export function pathTexts(machine: Machine): readonly PathText[] {
  const jsonPath = machine.states.filter(({ language }) => language === 'JSONPath');
  const all = known.get(machine) ?? jsonPath.flatMap(ofState);
  known.set(machine, all);
  return all;
}

function ofState(state: StateNode): PathText[] {
  const { json, path, type } = state;
  if (type === undefined) return [];
  const all: PathText[] = [];
  ofFields(state, json, STATE_FIELDS[type], path, all);
  for (const [i, catcher] of objects(json.Catch)) ofFields(state, catcher, CATCHER_FIELDS, `${path}/Catch/${i}`, all);
  if (type === 'Choice')
    for (const [i, rule] of objects(json.Choices)) ofRule(state, rule, `${path}/Choices/${i}`, all);
  return all;
}

function ofFields(state: StateNode, json: JsonObject, fields: Fields, path: string, all: PathText[]): void {
  for (const [field, value] of Object.entries(json)) {
    const role = Object.hasOwn(fields, field) ? fields[field]!.role : 'plain';
    const at = `${path}/${field}`;
    if (role === 'payload')
      walk(value, at, (inner, innerPath, key) => {
        if (key?.endsWith('.$')) all.push(read(state, inner, innerPath, key, 'payload'));
        else if (key !== undefined && isMapPath(state, innerPath) && typeof inner === 'string')
          all.push(read(state, inner, innerPath, key, 'path'));
      });
    // null takes nothing, the schema says where it may stand.
    else if ((role === 'path' || role === 'reference' || role === 'text') && typeof value === 'string')
      all.push(read(state, value, at, field, role));
  }
}

const MAP_PATHS: ReadonlySet<string> = new Set([
  '/ItemReader/ReaderConfig/MaxItemsPath',
  '/ItemBatcher/MaxItemsPerBatchPath',
  '/ItemBatcher/MaxInputBytesPerBatchPath',
]);

/** Whether a field within a Map's ItemReader or ItemBatcher is a path, as `MaxItemsPath`. */
export function isMapPath({ type, path }: StateNode, at: string): boolean {
  return type === 'Map' && at.endsWith('Path') && MAP_PATHS.has(at.slice(path.length));
}

function ofRule(state: StateNode, top: JsonObject, topPath: string, all: PathText[]): void {
  walk(top, topPath, (value, path) => {
    if (!isObject(value) || path.includes('/Assign', topPath.length)) return;
    if (typeof value.Variable === 'string')
      all.push(read(state, value.Variable, `${path}/Variable`, 'Variable', 'path'));
    for (const [field, operand] of Object.entries(value))
      if (CHOICE_OPERATORS.get(field) === 'path' && typeof operand === 'string')
        all.push(read(state, operand, `${path}/${field}`, field, 'path'));
  });
  ofFields(state, top, { Assign: CHOICE_RULE_FIELDS.Assign! }, topPath, all);
}

function read(state: StateNode, value: Json, path: string, field: string, role: PathText['role']): PathText {
  const head = { state, path, field, role, value };
  if (typeof value !== 'string')
    return { ...head, variables: [], fault: { detail: 'its value is not text', position: 0 } };
  if (looksLikeCall(value)) {
    const { name, ...call } = parseIntrinsic(value);
    return { ...head, ...call, intrinsic: name ?? '' };
  }
  const { variable, ...parsed } = parsePath(value);
  return { ...head, ...parsed, variables: variable === undefined ? [] : [variable] };
}
