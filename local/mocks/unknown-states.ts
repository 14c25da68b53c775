import type { State, States } from '../../asl/types.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { findState, walkStates } from '../walk-states.ts';
import type { Mocks } from './mocks.ts';

/** What is said of mocks that no call would ever take: their state does not exist, or calls nothing. */
export function unknownStates(machine: States, mocks: Mocks): Diagnostic[] {
  const known = callersIn(machine);
  return Object.keys(mocks).flatMap((name) => {
    if (known.includes(name)) return [];
    const state = findState(machine, name);
    const inside = state === undefined ? [] : callersIn({ StartAt: name, States: { [name]: state } });
    return [diagnose('SIM010', { name, type: state?.Type, known: inside.length > 0 ? inside : known })];
  });
}

/** The states that call something: tasks, and Maps that read their items. */
function callersIn(machine: States): string[] {
  return [...walkStates(machine)].filter(([, state]) => calls(state)).map(([name]) => name);
}

function calls(state: State): boolean {
  return state.Type === 'Task' || (state.Type === 'Map' && state.ItemReader !== undefined);
}
