import { token } from '../json/pointer.ts';
import { isObject, type JsonObject } from '../json/value.ts';
import { expressions } from './expressions.ts';
import { type Machine, objects, type Scope, type StateNode } from './machine.ts';
import { pathTexts } from './paths.ts';

export interface Assignment {
  readonly name: string;
  readonly state: StateNode;
  readonly path: string;
  /** By a catcher of the state. */
  readonly caught: boolean;
}

export interface Read {
  readonly name: string;
  readonly state: StateNode;
  readonly path: string;
  /** Where the name begins in the string at `path`. */
  readonly within: number;
  /** It is called as a function. */
  readonly called: boolean;
  /** Its being undefined is looked at, or does no harm there. */
  readonly guarded: boolean;
  /** `outside`: only outside of the distributed Map that it stands in, which does not see it. */
  readonly assigned: 'yes' | 'outside' | 'no';
}

export interface Hiding {
  readonly inner: Assignment;
  readonly outer: Assignment;
  /** Outside, only catchers of the state around the inner one assign it: AWS takes that. */
  readonly onlyCaught: boolean;
}

export interface Variables {
  readonly assignments: readonly Assignment[];
  /** Assignments of a name that an outer scope assigns, too. */
  readonly hiding: readonly Hiding[];
  readonly reads: readonly Read[];
}

/** The names that an object's `Assign` gives; a JSONPath key may end with `.$`. */
function assignedNames(owner: JsonObject, state: StateNode): { readonly name: string; readonly key: string }[] {
  if (!isObject(owner.Assign)) return [];
  return Object.keys(owner.Assign).map((key) => ({
    key,
    name: state.language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key,
  }));
}

/** Who assigns and who reads what. One walk over the scopes, outer before inner, with the names in sight at hand. */
export function findVariables(machine: Machine): Variables {
  const assignedIn = groupBy(assignmentsOf(machine));
  const readIn = groupBy(readsOf(machine));
  const hiding: Hiding[] = [];
  const reads: Read[] = [];
  const open: { readonly scope: Scope; readonly names: Set<string> }[] = [];
  const inSight = new Map<string, Seen[]>();
  /** How many of the open scopes lie outside of the innermost distributed Map. */
  const hidden: number[] = [];
  /** The same of Maps that may come out as distributed. */
  const mayHide: number[] = [];
  for (const scope of machine.scopes) {
    while (open.length > 0 && open.at(-1)!.scope !== scope.owner?.scope) {
      for (const name of open.pop()!.names) inSight.get(name)!.pop();
      hidden.pop();
      mayHide.pop();
    }
    hidden.push(scope.distributed === true ? open.length : (hidden.at(-1) ?? 0));
    mayHide.push(scope.distributed === 'later' ? open.length : (mayHide.at(-1) ?? 0));
    const names = new Set<string>();
    const seen = (name: string) => inSight.get(name)?.at(-1);
    const own = assignedIn.get(scope) ?? [];
    for (const inner of own) {
      const outer = seen(inner.name);
      if (outer === undefined || outer.depth < Math.max(hidden.at(-1)!, mayHide.at(-1)!)) continue;
      const around = (open[outer.depth + 1]?.scope ?? scope).owner!;
      hiding.push({ inner, outer: outer.first, onlyCaught: outer.catchers?.size === 1 && outer.catchers.has(around) });
    }
    for (const assignment of own) {
      const { name, state, caught } = assignment;
      if (names.has(name)) {
        const here = seen(name)!;
        if (!caught) here.catchers = undefined;
        else here.catchers?.add(state);
        continue;
      }
      names.add(name);
      const stack = inSight.get(name) ?? [];
      inSight.set(name, stack);
      stack.push({ first: assignment, depth: open.length, catchers: caught ? new Set([state]) : undefined });
    }
    for (const read of readIn.get(scope) ?? []) {
      const found = seen(read.name);
      const assigned = found === undefined ? 'no' : found.depth >= hidden.at(-1)! ? 'yes' : 'outside';
      reads.push({ ...read, assigned });
    }
    open.push({ scope, names });
  }
  return { assignments: [...assignedIn.values()].flat(), hiding, reads };
}

/** A name that a scope assigns, while the walk is within it. */
interface Seen {
  readonly first: Assignment;
  /** The place of the scope among the open ones. */
  readonly depth: number;
  /** The states whose catchers assign it, where nothing else does. */
  catchers: Set<StateNode> | undefined;
}

function groupBy<T extends { readonly state: StateNode }>(items: readonly T[]): Map<Scope, T[]> {
  const groups = new Map<Scope, T[]>();
  for (const item of items) {
    const group = groups.get(item.state.scope);
    if (group === undefined) groups.set(item.state.scope, [item]);
    else group.push(item);
  }
  return groups;
}

function assignmentsOf({ states }: Machine): Assignment[] {
  return states.flatMap((state) =>
    owners(state).flatMap(([owner, path]) =>
      assignedNames(owner, state).map(({ name, key }) => ({
        name,
        state,
        path: `${path}/Assign/${token(key)}`,
        caught: path.startsWith('/Catch/', state.path.length),
      })),
    ),
  );
}

function owners(state: StateNode): [JsonObject, string][] {
  const { json, path } = state;
  const all: [JsonObject, string][] = [[json, path]];
  for (const [i, catcher] of objects(json.Catch)) all.push([catcher, `${path}/Catch/${i}`]);
  if (state.type === 'Choice') for (const [i, rule] of objects(json.Choices)) all.push([rule, `${path}/Choices/${i}`]);
  return all;
}

function readsOf(machine: Machine): Omit<Read, 'assigned'>[] {
  const all: Omit<Read, 'assigned'>[] = [];
  for (const { state, path, parsed } of expressions(machine))
    for (const { name, position, called, guarded } of parsed.uses)
      all.push({ name, state, path, within: 2 + position - name.length - 1, called, guarded });
  for (const { state, path, variables } of pathTexts(machine))
    for (const { name, position } of variables)
      all.push({ name, state, path, within: position, called: false, guarded: false });
  return all;
}

/**
 * Which variables are surely assigned when a state begins, whatever way led to it: a forward analysis over each scope's
 * graph, as sets of bits that are intersected where ways meet. A scope begins with what is assigned before its Parallel
 * or Map; a distributed Map's begins with nothing. States that nothing leads to count as having everything.
 */
export function assignedBefore(
  machine: Machine,
  names: ReadonlySet<string>,
): (state: StateNode, name: string) => boolean {
  const index = new Map([...names].map((name, i) => [name, i]));
  const words = (names.size + 31) >> 5;
  const before = new Map<StateNode, Uint32Array>();
  for (const scope of machine.scopes) flow(scope, entry(scope, before, words), before, index);
  return (state, name) => {
    const bits = before.get(state);
    const i = index.get(name);
    return bits === undefined || i === undefined || (bits[i >> 5]! & (1 << (i & 31))) !== 0;
  };
}

/** Undefined where nothing surely leads to the state around the scope. */
function entry(scope: Scope, before: ReadonlyMap<StateNode, Uint32Array>, words: number): Uint32Array | undefined {
  return scope.owner === undefined || scope.distributed === true ? new Uint32Array(words) : before.get(scope.owner);
}

function flow(
  scope: Scope,
  start: Uint32Array | undefined,
  before: Map<StateNode, Uint32Array>,
  index: ReadonlyMap<string, number>,
): void {
  const first = scope.states.get(String(scope.json.StartAt));
  if (first === undefined || start === undefined) return;
  before.set(first, start.slice());
  const changed = new Set([first]);
  // A set is walked in the order of insertion; what is deleted and added again comes last.
  for (const state of changed) {
    changed.delete(state);
    const bits = before.get(state)!;
    for (const { target, owner, later } of state.edges) {
      const next = scope.states.get(target);
      // A way that there may not be takes nothing away.
      if (next === undefined || later) continue;
      const after = with_(
        bits,
        assignedNames(owner, state).map(({ name }) => index.get(name)),
      );
      const old = before.get(next);
      if (old === undefined) before.set(next, after);
      else if (!intersect(old, after)) continue;
      changed.add(next);
    }
  }
}

function with_(bits: Uint32Array, more: readonly (number | undefined)[]): Uint32Array {
  const all = bits.slice();
  for (const i of more) if (i !== undefined) all[i >> 5]! |= 1 << (i & 31);
  return all;
}

/** Leaves in `into` what is in both; says whether that took anything away. */
function intersect(into: Uint32Array, other: Uint32Array): boolean {
  let changed = false;
  for (let i = 0; i < into.length; i++) {
    const both = into[i]! & other[i]!;
    // & gives a signed number, the array an unsigned one.
    if (both >>> 0 !== into[i]) changed = true;
    into[i] = both;
  }
  return changed;
}
