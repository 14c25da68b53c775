/** A step into a value: a member's name, or null for the items of a list. */
export type Step = string | null;

/**
 * What is known before anything runs of where a value comes from: a part of what a Task answers, something made of such parts, or nothing
 * (undefined).
 */
export type Value =
  | { readonly kind: 'part'; readonly task: string; readonly path: readonly Step[] }
  /** Members that are known; all others are those of `base`. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Value>; readonly base: Value }
  /** A list, each of whose items is one of these; `fixed`: just these, in this order. */
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly fixed: boolean }
  /** One of these, as the way through the machine goes. */
  | { readonly kind: 'oneOf'; readonly values: readonly Value[] }
  | undefined;

/** Whatever is larger or deeper is taken to be unknown: a loop could make it larger for ever. */
const MOST_VALUES = 12;
const DEEPEST = 12;

export function part(task: string): Value {
  return { kind: 'part', task, path: [] };
}

export function object(members: Iterable<readonly [string, Value]>, base: Value = undefined): Value {
  return bounded({ kind: 'object', members: new Map(members), base });
}

/** A list of such items, however many. */
export function list(items: readonly Value[]): Value {
  const item = oneOf(items);
  return item === undefined ? undefined : bounded({ kind: 'list', items: [item], fixed: false });
}

/** A list of just these items. */
export function tuple(items: readonly Value[]): Value {
  return items.every((item) => item === undefined) ? undefined : bounded({ kind: 'list', items, fixed: true });
}

export function oneOf(values: readonly Value[]): Value {
  const all = new Map<string, Value>();
  for (const value of values.flatMap((each) => (each?.kind === 'oneOf' ? each.values : [each])))
    if (value !== undefined) all.set(keyOf(value), value);
  if (all.size > MOST_VALUES) return undefined;
  return all.size < 2 ? [...all.values()][0] : { kind: 'oneOf', values: [...all.values()] };
}

/** A member; of a list that of each item, as in JSONata. */
export function member(value: Value, name: string): Value {
  switch (value?.kind) {
    case 'part':
      return bounded({ ...value, path: [...value.path, name] });
    case 'object':
      return value.members.has(name) ? value.members.get(name) : member(value.base, name);
    case 'list':
      return list(value.items.map((item) => member(item, name)));
    case 'oneOf':
      return oneOf(value.values.map((each) => member(each, name)));
  }
  return undefined;
}

/** An item of a list, by its place; a negative one counts from the end. */
export function itemAt(value: Value, at: number): Value {
  return value?.kind === 'list' && value.fixed ? value.items.at(at) : itemsOf(value);
}

/** The items of a list; what is no list stands for itself, as in JSONata. */
export function itemsOf(value: Value): Value {
  switch (value?.kind) {
    case 'part':
      return bounded({ ...value, path: [...value.path, null] });
    case 'list':
      return oneOf(value.items);
    case 'oneOf':
      return oneOf(value.values.map(itemsOf));
  }
  return value;
}

/** The value with another one put at a path of members. */
export function withMember(value: Value, [name, ...rest]: readonly string[], inner: Value): Value {
  if (name === undefined) return inner;
  const put = rest.length === 0 ? inner : withMember(member(value, name), rest, inner);
  const members = value?.kind === 'object' ? value.members : new Map<string, Value>();
  const base = value?.kind === 'object' ? value.base : value;
  return bounded({ kind: 'object', members: new Map([...members, [name, put]]), base });
}

/** The parts of answers that the value is, or is a list of. */
export function partsOf(value: Value): readonly { readonly task: string; readonly path: readonly Step[] }[] {
  switch (value?.kind) {
    case 'part':
      return [value];
    case 'list':
      return value.items.flatMap(partsOf);
    case 'oneOf':
      return value.values.flatMap(partsOf);
  }
  return [];
}

const keys = new WeakMap<object, string>();

/** Equal for equal values. */
export function keyOf(value: Value): string {
  if (value === undefined) return '';
  const known = keys.get(value);
  if (known !== undefined) return known;
  const key = JSON.stringify(
    value.kind === 'part'
      ? [value.task, value.path]
      : value.kind === 'object'
        ? [[...value.members].map(([name, inner]) => [name, keyOf(inner)]).sort(), keyOf(value.base)]
        : value.kind === 'list'
          ? ['list', value.fixed, value.items.map(keyOf)]
          : ['oneOf', value.values.map(keyOf).sort()],
  );
  keys.set(value, key);
  return key;
}

function bounded(value: Value): Value {
  return depthOf(value) > DEEPEST ? undefined : value;
}

const depths = new WeakMap<object, number>();

function depthOf(value: Value): number {
  if (value === undefined) return 0;
  const known = depths.get(value);
  if (known !== undefined) return known;
  const inner =
    value.kind === 'part'
      ? [value.path.length]
      : value.kind === 'object'
        ? [...value.members.values(), value.base].map(depthOf)
        : (value.kind === 'list' ? value.items : value.values).map(depthOf);
  const depth = 1 + Math.max(0, ...inner);
  depths.set(value, depth);
  return depth;
}
