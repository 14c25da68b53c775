import { token } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { STATE_FIELDS } from '../language/fields.ts';
import { fieldsWithScopes } from '../language/states.ts';
import type { QueryLanguage, StateType } from '../language/types.ts';
import { isMacroKey } from '../placeholders/index.ts';
import { hasFieldsLater, isFilledLater } from './draft.ts';
import type { Misspelling, Spelling } from './spelling.ts';

/** A way out of a state: `Next`, `Default`, the `Next` of a choice rule or of a catcher. */
export interface Edge {
  readonly target: string;
  readonly path: string;
  /** The object whose `Assign` takes effect on this way. */
  readonly owner: JsonObject;
  /** The target's name, or whether there is this way at all, is filled in when the document is deployed. */
  readonly later: boolean;
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
  /** Those of them of whose names a part is filled in later. */
  readonly namedLater: readonly StateNode[];
  /** A distributed Map's processor: its states run in executions of their own. `later`: its Mode is filled in. */
  readonly distributed: boolean | 'later';
}

/** The whole definition, walked once; the rules read this. */
export interface Machine {
  readonly root: JsonObject;
  /** Outer scopes before those within them. */
  readonly scopes: readonly Scope[];
  readonly states: readonly StateNode[];
  /** The places of values that may be filled in as anything: draft.ts. */
  readonly untyped: ReadonlySet<string>;
  /** States, fields or ways of it are filled in later: what nothing in it does may be done by those. */
  readonly partial: boolean;
  /** Fields that are read as others than they are written. */
  readonly misspellings: readonly Misspelling[];
}

/**
 * The index of a definition.
 * @param spelling where misspelt fields are read as the fields that were meant, which collects them; default none are
 */
export function indexMachine(
  definition: JsonObject,
  untyped: ReadonlySet<string> = new Set(),
  spelling?: Spelling,
): Machine {
  const root = spelling?.scope(definition, 'machine', '') ?? definition;
  const fallback = root.QueryLanguage === 'JSONata' ? 'JSONata' : isLanguageLater(root) ? undefined : 'JSONPath';
  let partial = false;
  const scopes: Scope[] = [];
  const states: StateNode[] = [];
  const pending: Found[] = [{ kind: 'machine', json: root, path: '', owner: undefined }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const members = new Map<string, StateNode>();
    const namedLater: StateNode[] = [];
    const json = next.owner === undefined ? root : (spelling?.scope(next.json, next.kind, next.path) ?? next.json);
    const distributed = next.kind === 'processor' ? distribution(json) : false;
    const scope: Scope = { ...next, json, distributed, states: members, namedLater };
    scopes.push(scope);
    next.owner?.inner.push(scope);
    partial ||= hasFieldsLater(scope.json) || isFilledLater(scope.json.States);
    if (!isObject(scope.json.States)) continue;
    for (const [name, state] of Object.entries(scope.json.States)) {
      partial ||= isFilledLater(state) || isMacroKey(name);
      if (!isObject(state)) continue;
      const node = stateNode(name, state, scope, fallback, spelling);
      members.set(name, node);
      states.push(node);
      if (isFilledLater(name)) namedLater.push(node);
      partial ||= isPartial(node);
      // Pushed backwards, so that they are taken in their order.
      pending.push(...innerMachines(node).reverse());
    }
  }
  return {
    root,
    scopes,
    states,
    untyped: spelling?.bothPlaces(untyped) ?? untyped,
    partial,
    misspellings: spelling?.found ?? [],
  };
}

/** Something of a state that says what it assigns, where it goes or what runs within it is filled in later. */
function isPartial({ json, edges }: StateNode): boolean {
  const whole = [json.Type, json.Assign, json.Choices, json.Catch, json.Branches, json.ItemProcessor, json.Iterator];
  return (
    whole.some(isFilledLater) ||
    hasFieldsLater(json) ||
    [json.Choices, json.Catch, json.Branches].some((list) => Array.isArray(list) && list.some(isFilledLater)) ||
    edges.some(({ owner }) => isObject(owner.Assign) && hasFieldsLater(owner.Assign))
  );
}

function stateNode(
  name: string,
  written: JsonObject,
  scope: Scope,
  fallback: QueryLanguage | undefined,
  spelling: Spelling | undefined,
): StateNode {
  const path = `${scope.path}/States/${token(name)}`;
  const head = spelling?.head(written, path) ?? written;
  const type =
    typeof head.Type === 'string' && Object.hasOwn(STATE_FIELDS, head.Type) ? (head.Type as StateType) : undefined;
  const language = languageOf(head, fallback);
  const json = (type && spelling?.state(head, type, language, path)) ?? head;
  return {
    name,
    json,
    path,
    type,
    language,
    scope,
    edges: edges(json, path),
    inner: [],
    terminal:
      json.End === true || type === 'Succeed' || type === 'Fail' || isFilledLater(json.End) || isFilledLater(json.Type),
  };
}

function languageOf(json: JsonObject, fallback: QueryLanguage | undefined): QueryLanguage {
  const own = json.QueryLanguage;
  if (own === 'JSONata' || own === 'JSONPath') return own;
  if (fallback !== undefined && !isLanguageLater(json)) return fallback;
  return looksLikeJsonata(json) ? 'JSONata' : (fallback ?? 'JSONPath');
}

function isLanguageLater(json: JsonObject): boolean {
  return isFilledLater(json.QueryLanguage) || (json.QueryLanguage === undefined && hasFieldsLater(json));
}

/** Whether a state is written in JSONata, where what says so is filled in later. */
function looksLikeJsonata(json: JsonObject): boolean {
  const { Branches: _, ItemProcessor: __, Iterator: ___, ...own } = json;
  const parts = [json.ItemReader, json.ResultWriter, ...[json.Catch, json.Choices].flatMap((list) => list ?? [])];
  return (
    [own, ...parts].some((part) => isObject(part) && JSONATA_FIELDS.some((field) => part[field] !== undefined)) ||
    holdsExpression(own as JsonObject, 0)
  );
}

const JSONATA_FIELDS = ['Arguments', 'Output', 'Items', 'Condition'];
/** An expression that stands deeper is not alone. */
const MAX_DEPTH = 6;

function holdsExpression(value: Json, depth: number): boolean {
  if (typeof value === 'string') return value.startsWith('{%');
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return false;
  return Object.values(value).some((member: Json) => holdsExpression(member, depth + 1));
}

function edges(json: JsonObject, path: string): Edge[] {
  const all: Edge[] = [];
  const add = (target: Json | undefined, at: string, owner: JsonObject): void => {
    if (typeof target === 'string') all.push({ target, path: at, owner, later: isFilledLater(target) });
  };
  const list = (field: string, ways: Json | undefined): void => {
    if (isFilledLater(ways) || (Array.isArray(ways) && ways.some(isFilledLater))) add(ANYWHERE, `${path}/${field}`, {});
    for (const [i, way] of objects(ways)) {
      add(way.Next, `${path}/${field}/${i}/Next`, way);
      if (way.Next === undefined && hasFieldsLater(way)) add(ANYWHERE, `${path}/${field}/${i}`, way);
    }
  };
  add(json.Next, `${path}/Next`, json);
  if (json.Type === 'Choice' || isFilledLater(json.Type)) {
    add(json.Default, `${path}/Default`, json);
    list('Choices', json.Choices);
  }
  list('Catch', json.Catch);
  if (hasFieldsLater(json)) add(ANYWHERE, path, json);
  return all;
}

/** The target of a way that is filled in as a whole. */
const ANYWHERE = '${…}';

/** The states that a name leads to: one, or none, or where it or names of states are filled in later all that it may be. */
export function statesNamed({ states, namedLater }: Scope, name: string): readonly StateNode[] {
  const one = states.get(name);
  if (one !== undefined) return [one];
  return isFilledLater(name) ? [...states.values()] : namedLater;
}

/** The objects of a list, with their places; what is not an object is the schema's to report. */
export function objects(list: Json | undefined): [number, JsonObject][] {
  const found: [number, JsonObject][] = [];
  if (!Array.isArray(list)) return found;
  for (const [i, item] of (list as readonly Json[]).entries()) if (isObject(item)) found.push([i, item]);
  return found;
}

/** A scope whose states are not read yet. */
type Found = Omit<Scope, 'states' | 'namedLater' | 'distributed'>;

function innerMachines(owner: StateNode): Found[] {
  return fieldsWithScopes(owner.json).flatMap(({ scope, at }): Found[] => {
    if (!isObject(scope)) return [];
    return [{ kind: owner.type === 'Parallel' ? 'branch' : 'processor', json: scope, path: owner.path + at, owner }];
  });
}

function distribution(processor: JsonObject): Scope['distributed'] {
  const { ProcessorConfig: config } = processor;
  if (isFilledLater(config) || (config === undefined && hasFieldsLater(processor))) return 'later';
  if (!isObject(config)) return false;
  if (config.Mode === 'DISTRIBUTED') return true;
  return isFilledLater(config.Mode) || (config.Mode === undefined && hasFieldsLater(config)) ? 'later' : false;
}
