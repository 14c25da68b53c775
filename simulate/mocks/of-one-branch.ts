import { findState, walkStates } from '../../asl/language/states.ts';
import type { State, States } from '../../asl/language/types.ts';
import type { Chosen } from './choose-mocks.ts';

/**
 * Mocks under the name of a Parallel of one branch in which one state alone calls something are that state's. Such a Parallel is how several
 * states are retried and caught as one: a task of a DAG whose call's answer is looked at. Its mocks stay the same whether it is tried again
 * or not.
 */
export function ofOneBranch(machine: States, chosen: Chosen): Chosen {
  const givenAs = new Map<string, string>();
  for (const name of Object.keys(chosen.mocks)) {
    const caller = onlyCallerIn(findState(machine, name));
    if (caller !== undefined && !Object.hasOwn(chosen.mocks, caller)) givenAs.set(caller, name);
  }
  if (givenAs.size === 0) return chosen;
  const callerOf = new Map([...givenAs].map(([caller, name]) => [name, caller]));
  const given = (state: string) => givenAs.get(state) ?? state;
  return {
    mocks: Object.fromEntries(
      Object.entries(chosen.mocks).map(([name, responses]) => [callerOf.get(name) ?? name, responses]),
    ),
    placeOf: (state) => chosen.placeOf(given(state)),
    namedAt: (state) => chosen.namedAt(given(state)),
  };
}

/** Whether a state can be mocked: tasks, and Maps that read their items. */
export function calls(state: State): boolean {
  return state.Type === 'Task' || (state.Type === 'Map' && state.ItemReader !== undefined);
}

function onlyCallerIn(state: State | undefined): string | undefined {
  if (state?.Type !== 'Parallel' || state.Branches.length !== 1) return undefined;
  const [first, ...others] = [...walkStates(state.Branches[0]!)].filter(([, inner]) => calls(inner));
  return others.length === 0 ? first?.[0] : undefined;
}
