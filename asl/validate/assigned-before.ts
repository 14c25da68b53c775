import type { Machine, Scope, StateNode } from './machine.ts';
import { assignedNames } from './variables.ts';

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
