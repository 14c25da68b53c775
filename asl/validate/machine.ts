import type { Json, JsonObject } from '../json.ts';
import type { QueryLanguage, StateType } from '../types.ts';
import { STATE_FIELDS } from './fields.ts';

/** A way out of a state: `Next`, `Default`, the `Next` of a choice rule or of a catcher. */
export interface Edge {
  readonly target: string;
  readonly path: string;
  /** The object whose `Assign` takes effect on this way. */
  readonly owner: JsonObject;
}

export interface StateNode {
  readonly name: string;
  readonly json: JsonObject;
  readonly path: string;
  /** Missing where `Type` is none of ASL's: the schema says so, and no rule looks further. */
  readonly type: StateType | undefined;
  readonly language: QueryLanguage;
  readonly scope: Scope;
  readonly edges: readonly Edge[];
  /** The scopes within it: a Parallel's branches, a Map's processor. */
  readonly inner: Scope[];
  readonly terminal: boolean;
}

/** A machine, a branch or a processor: what states can go to each other, and what variables are seen. */
export interface Scope {
  readonly kind: 'machine' | 'branch' | 'processor';
  readonly json: JsonObject;
  readonly path: string;
  /** The Parallel or Map that it stands in. */
  readonly owner: StateNode | undefined;
  readonly states: ReadonlyMap<string, StateNode>;
  /** A distributed Map's processor: its states run in executions of their own. */
  readonly distributed: boolean;
}

/** The whole definition, walked once; the rules read this. */
export interface Machine {
  readonly root: JsonObject;
  /** Outer scopes before those within them. */
  readonly scopes: readonly Scope[];
  readonly states: readonly StateNode[];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON pointer's reference token (RFC 6901). */
export function token(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

export function indexMachine(root: JsonObject): Machine {
  const fallback: QueryLanguage = root.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const scopes: Scope[] = [];
  const states: StateNode[] = [];
  const pending: Omit<Scope, 'states'>[] = [
    { kind: 'machine', json: root, path: '', owner: undefined, distributed: false },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const members = new Map<string, StateNode>();
    const scope: Scope = { ...next, states: members };
    scopes.push(scope);
    next.owner?.inner.push(scope);
    if (!isObject(scope.json.States)) continue;
    for (const [name, json] of Object.entries(scope.json.States)) {
      if (!isObject(json)) continue;
      const node = stateNode(name, json, scope, fallback);
      members.set(name, node);
      states.push(node);
      // Pushed backwards, so that they are taken in their order.
      pending.push(...innerMachines(node).reverse());
    }
  }
  return { root, scopes, states };
}

function stateNode(name: string, json: JsonObject, scope: Scope, fallback: QueryLanguage): StateNode {
  const path = `${scope.path}/States/${token(name)}`;
  const type =
    typeof json.Type === 'string' && Object.hasOwn(STATE_FIELDS, json.Type) ? (json.Type as StateType) : undefined;
  const own = json.QueryLanguage;
  return {
    name,
    json,
    path,
    type,
    language: own === 'JSONata' || own === 'JSONPath' ? own : fallback,
    scope,
    edges: edges(json, path),
    inner: [],
    terminal: json.End === true || type === 'Succeed' || type === 'Fail',
  };
}

function edges(json: JsonObject, path: string): Edge[] {
  const all: Edge[] = [];
  const add = (target: Json | undefined, at: string, owner: JsonObject): void => {
    if (typeof target === 'string') all.push({ target, path: at, owner });
  };
  add(json.Next, `${path}/Next`, json);
  if (json.Type === 'Choice') {
    add(json.Default, `${path}/Default`, json);
    for (const [i, rule] of objects(json.Choices)) add(rule.Next, `${path}/Choices/${i}/Next`, rule);
  }
  for (const [i, catcher] of objects(json.Catch)) add(catcher.Next, `${path}/Catch/${i}/Next`, catcher);
  return all;
}

/** The objects of a list, with their places; what is not an object is the schema's to report. */
export function objects(list: Json | undefined): [number, JsonObject][] {
  return Array.isArray(list)
    ? list.flatMap((item, i): [number, JsonObject][] => (isObject(item) ? [[i, item]] : []))
    : [];
}

function innerMachines(owner: StateNode): Omit<Scope, 'states'>[] {
  const { json, path } = owner;
  if (owner.type === 'Parallel')
    return objects(json.Branches).map(([i, branch]) => ({
      kind: 'branch',
      json: branch,
      path: `${path}/Branches/${i}`,
      owner,
      distributed: false,
    }));
  if (owner.type !== 'Map') return [];
  return (['ItemProcessor', 'Iterator'] as const).flatMap((field) => {
    const processor = json[field];
    if (!isObject(processor)) return [];
    return [
      { kind: 'processor', json: processor, path: `${path}/${field}`, owner, distributed: isDistributed(processor) },
    ];
  });
}

function isDistributed(processor: JsonObject): boolean {
  return isObject(processor.ProcessorConfig) && processor.ProcessorConfig.Mode === 'DISTRIBUTED';
}
