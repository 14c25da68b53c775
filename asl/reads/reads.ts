import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { indexMachine, objects, type Scope, type StateNode } from '../validate/machine.ts';
import { evaluateTemplate, evaluateText, referenceNames, type Source } from './json-path.ts';
import { evaluateField, type OnRead } from './jsonata.ts';
import {
  itemsOf,
  keyOf,
  list,
  member,
  object,
  oneOf,
  part,
  partsOf,
  type Step,
  tuple,
  type Value,
  withMember,
} from './value.ts';
import { Variables } from './variables.ts';

/** An expression or a path that reads a part of what a Task answers. */
export interface Read {
  readonly task: string;
  /** Which part: names of members, null for the items of a list. */
  readonly path: readonly Step[];
  /** The state that reads it. */
  readonly state: string;
  /** The field of that state: `Output`, `Choices/0/Condition`. */
  readonly field: string;
}

/** So many entries into states are followed; the reads found by then are told. */
const MOST_ENTRIES = 20_000;
/** So often is a state entered anew with other values. */
const MOST_TURNS = 8;

/**
 * Who reads what of the answers of some Tasks, as far as it is plain before anything runs: through `Output`, `Assign` and variables, the
 * inputs of later states, Parallels and Maps, `Parameters`, `ResultSelector` and `ResultPath`. A part that some expression looks at to see
 * whether it is there (`$exists`, `IsPresent`, a condition, a comparison with null) is not told: the machine knows that it may be missing.
 * @param tasks the names of the Tasks that are of interest
 * @example findReads(machine, new Set(['crawl'])) // [{ task: 'crawl', path: ['Crawler', 'State'], state: 'ready?', … }]
 */
export function findReads(machine: JsonObject, tasks: ReadonlySet<string>): Read[] {
  const walk = new Walk(tasks);
  const root = indexMachine(machine).scopes.find(({ owner }) => owner === undefined);
  if (root !== undefined) walk.scope(root, undefined, Variables.NONE, undefined);
  return walk.reads();
}

interface Entry {
  readonly input: Value;
  readonly variables: Variables;
}
interface Exit extends Entry {
  readonly target: string | undefined;
}

class Walk {
  readonly #tasks: ReadonlySet<string>;
  readonly #reads = new Map<string, Read>();
  /** Parts that are looked at to see whether they are there. */
  readonly #guarded = new Map<string, readonly Step[][]>();
  #entries = 0;

  constructor(tasks: ReadonlySet<string>) {
    this.#tasks = tasks;
  }

  reads(): Read[] {
    return [...this.#reads.values()].filter(({ task, path }) => {
      const guards = this.#guarded.get(task) ?? [];
      return !guards.some((guard) => guard.every((step, at) => step === path[at]));
    });
  }

  /** Goes through the states of a scope until nothing new comes; answers what comes out at its end. */
  scope(scope: Scope, input: Value, variables: Variables, context: Value): Value {
    const first = scope.states.get(String(scope.json.StartAt));
    if (first === undefined) return undefined;
    const entries = new Map<StateNode, Entry>([[first, { input, variables }]]);
    const turns = new Map<StateNode, number>();
    const outputs: Value[] = [];
    const changed = new Set([first]);
    // A set is walked in the order of insertion; what is deleted and added again comes last.
    for (const state of changed) {
      changed.delete(state);
      if (this.#entries++ > MOST_ENTRIES) break;
      turns.set(state, (turns.get(state) ?? 0) + 1);
      for (const exit of this.#exits(state, entries.get(state)!, context)) {
        const next = exit.target === undefined ? undefined : scope.states.get(exit.target);
        if (exit.target === undefined) outputs.push(exit.input);
        if (next === undefined) continue;
        const old = entries.get(next);
        const joined = old === undefined ? exit : join(old, exit);
        if (old !== undefined && (same(old, joined) || (turns.get(next) ?? 0) >= MOST_TURNS)) continue;
        entries.set(next, joined);
        changed.add(next);
      }
    }
    return oneOf(outputs);
  }

  #exits(state: StateNode, entry: Entry, context: Value): Exit[] {
    return state.language === 'JSONata' ? this.#jsonata(state, entry, context) : this.#jsonPath(state, entry, context);
  }

  #jsonata(state: StateNode, { input, variables }: Entry, context: Value): Exit[] {
    const { json, path } = state;
    const evaluate = (value: Json | undefined, at: string, more: Iterable<readonly [string, Value]> = []): Value => {
      if (value === undefined) return undefined;
      const states = object([['input', input], ['context', context], ...more]);
      const lookup = (name: string) => (name === 'states' ? states : variables.get(name));
      return evaluateField(value, lookup, this.#onRead(state, at));
    };
    const leave = (
      owner: JsonObject,
      at: string,
      target: string | undefined,
      result: Value,
      more: [string, Value][],
    ) => ({
      target,
      input: owner.Output === undefined ? result : evaluate(owner.Output, `${at}/Output`, more),
      variables: assigned(variables, owner.Assign, evaluate(owner.Assign, `${at}/Assign`, more)),
    });
    for (const field of PLAIN_VALUES) evaluate(json[field], `${path}/${field}`);
    const caught = objects(json.Catch).map(([i, catcher]) =>
      leave(catcher, `${path}/Catch/${i}`, String(catcher.Next), undefined, []),
    );
    if (state.type === 'Choice') {
      const rules = objects(json.Choices).map(([i, rule]) => {
        const at = `${path}/Choices/${i}`;
        evaluate(rule.Condition, `${at}/Condition`);
        return leave(rule, at, String(rule.Next), input, []);
      });
      return typeof json.Default === 'string' ? [...rules, leave(json, path, json.Default, input, [])] : rules;
    }
    const given = json.Arguments === undefined ? input : evaluate(json.Arguments, `${path}/Arguments`);
    const items = itemsOf(json.Items === undefined ? input : evaluate(json.Items, `${path}/Items`));
    const result = this.#result(state, given, items, variables, context, (each) =>
      json.ItemSelector === undefined
        ? each
        : evaluate(json.ItemSelector, `${path}/ItemSelector`, [['context', withItem(context, each)]]),
    );
    const hasResult = state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
    const more: [string, Value][] = hasResult ? [['result', result]] : [];
    return [leave(json, path, nextOf(state), hasResult ? result : input, more), ...caught];
  }

  #jsonPath(state: StateNode, { input: raw, variables }: Entry, context: Value): Exit[] {
    const { json, path } = state;
    const source = (input: Value, at: string): Source => ({
      input,
      context,
      lookup: (name) => variables.get(name),
      onRead: this.#onRead(state, at),
    });
    const text = (field: string, input: Value): Value =>
      evaluateText(String(json[field]), source(input, `${path}/${field}`));
    const template = (value: Json | undefined, input: Value, at: string): Value =>
      value === undefined ? undefined : evaluateTemplate(value, source(input, at));
    const input =
      typeof json.InputPath === 'string' ? text('InputPath', raw) : json.InputPath === null ? undefined : raw;
    const output = (value: Value) =>
      typeof json.OutputPath === 'string' ? text('OutputPath', value) : json.OutputPath === null ? undefined : value;
    const leave = (owner: JsonObject, at: string, target: string | undefined, held: Value, out: Value) => ({
      target,
      input: out,
      variables: assigned(variables, owner.Assign, template(owner.Assign, held, `${at}/Assign`)),
    });
    for (const field of PATHS) if (typeof json[field] === 'string') text(field, input);
    for (const field of PLAIN_TEMPLATES) template(json[field], input, `${path}/${field}`);
    const caught = objects(json.Catch).map(([i, catcher]) =>
      leave(catcher, `${path}/Catch/${i}`, String(catcher.Next), undefined, placed(raw, catcher.ResultPath, undefined)),
    );
    if (state.type === 'Choice') {
      const out = output(input);
      const rules = objects(json.Choices).map(([i, rule]) => {
        const at = `${path}/Choices/${i}`;
        this.#rule(rule, source(input, at));
        return leave(rule, at, String(rule.Next), input, out);
      });
      return typeof json.Default === 'string' ? [...rules, leave(json, path, json.Default, input, out)] : rules;
    }
    if (state.type === 'Wait' || state.type === 'Succeed' || state.type === 'Fail')
      return [leave(json, path, nextOf(state), input, output(input))];
    const isMap = state.type === 'Map';
    const parameters = isMap ? undefined : json.Parameters;
    const given = parameters === undefined ? input : template(parameters, input, `${path}/Parameters`);
    const items = itemsOf(typeof json.ItemsPath === 'string' ? text('ItemsPath', input) : input);
    const selector = json.ItemSelector ?? (isMap ? json.Parameters : undefined);
    const result =
      state.type === 'Pass'
        ? json.Result === undefined
          ? given
          : undefined
        : this.#result(state, given, items, variables, context, (each) =>
            selector === undefined
              ? each
              : evaluateTemplate(selector, {
                  ...source(input, `${path}/ItemSelector`),
                  context: withItem(context, each),
                }),
          );
    const selected =
      json.ResultSelector === undefined ? result : template(json.ResultSelector, result, `${path}/ResultSelector`);
    return [leave(json, path, nextOf(state), selected, output(placed(raw, json.ResultPath, selected))), ...caught];
  }

  /** What a Task, a Parallel or a Map makes before its `Output` or its `ResultSelector`. */
  #result(
    state: StateNode,
    given: Value,
    items: Value,
    variables: Variables,
    context: Value,
    select: (item: Value) => Value,
  ): Value {
    if (state.type === 'Task') return this.#tasks.has(state.name) ? part(state.name) : undefined;
    if (state.type === 'Parallel')
      return tuple(state.inner.map((branch) => this.scope(branch, given, variables, context)));
    const [processor] = state.inner;
    if (state.type !== 'Map' || processor === undefined) return undefined;
    // What a reader reads is not known.
    const each = state.json.ItemReader === undefined ? items : undefined;
    const selected = select(each);
    const input = state.json.ItemBatcher === undefined ? selected : object([['Items', list([selected])]]);
    const seen = processor.distributed ? Variables.NONE : variables;
    const made = this.scope(processor, input, seen, withItem(processor.distributed ? undefined : context, each));
    return state.json.ResultWriter === undefined ? list([made]) : undefined;
  }

  /** A rule of a JSONPath Choice: its comparisons read, and `IsPresent` looks whether something is there. */
  #rule(rule: JsonObject, source: Source): void {
    for (const [, inner] of [...objects(rule.And), ...objects(rule.Or)]) this.#rule(inner, source);
    if (isObject(rule.Not)) this.#rule(rule.Not, source);
    if (typeof rule.Variable === 'string') evaluateText(rule.Variable, source, rule.IsPresent !== undefined);
    for (const [field, operand] of Object.entries(rule))
      if (/(?:Equals|Than)Path$/.test(field) && typeof operand === 'string') evaluateText(operand, source);
  }

  #onRead(state: StateNode, at: string): OnRead {
    const field = at.slice(state.path.length + 1);
    return (value, guarded) => {
      for (const { task, path } of partsOf(value)) {
        if (path.length === 0) continue;
        if (guarded) this.#guarded.set(task, [...(this.#guarded.get(task) ?? []), [...path]]);
        else this.#reads.set(JSON.stringify([task, path, state.name, field]), { task, path, state: state.name, field });
      }
    };
  }
}

/** Fields of JSONata states that are evaluated for themselves. */
const PLAIN_VALUES = [
  'Seconds',
  'Timestamp',
  'Error',
  'Cause',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Credentials',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
] as const;

/** The same of JSONPath states. */
const PATHS = [
  'SecondsPath',
  'TimestampPath',
  'ErrorPath',
  'CausePath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
] as const;
const PLAIN_TEMPLATES = ['Credentials', 'ItemReader', 'ItemBatcher', 'ResultWriter'] as const;

function nextOf({ json }: StateNode): string | undefined {
  return typeof json.Next === 'string' ? json.Next : undefined;
}

function withItem(context: Value, item: Value): Value {
  return withMember(context, ['Map', 'Item', 'Value'], item);
}

/** Where `ResultPath` puts a result. */
function placed(input: Value, resultPath: Json | undefined, result: Value): Value {
  if (resultPath === null) return input;
  if (typeof resultPath !== 'string') return result;
  const names = referenceNames(resultPath);
  return names === undefined ? undefined : withMember(input, names, result);
}

function assigned(variables: Variables, assign: Json | undefined, values: Value): Variables {
  if (!isObject(assign)) return variables;
  const names = Object.keys(assign).map((key) => key.replace(/\.\$$/, ''));
  return variables.with(new Map(names.map((name) => [name, member(values, name)])));
}

function join(one: Entry, other: Entry): Entry {
  return { input: oneOf([one.input, other.input]), variables: one.variables.join(other.variables) };
}

function same(one: Entry, other: Entry): boolean {
  return isSame(one.input, other.input) && one.variables.equals(other.variables, isSame);
}

function isSame(one: Value, other: Value): boolean {
  return keyOf(one) === keyOf(other);
}
