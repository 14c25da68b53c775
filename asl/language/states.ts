import type { State, States } from './types.ts';

/** Every state of a machine with its name, those inside branches and processors too, in the order in which they stand. */
export function* walkStates(scope: States): Generator<[name: string, state: State]> {
  for (const [name, state] of Object.entries(scope.States)) {
    yield [name, state];
    for (const inner of scopesOf(state)) yield* walkStates(inner);
  }
}

/** The state of a name, wherever it stands: names are unique in a machine. */
export function findState(scope: States, name: string): State | undefined {
  for (const [found, state] of walkStates(scope)) if (found === name) return state;
  return undefined;
}

/** The machines within a state: the branches of a Parallel, the processor of a Map. */
export function scopesOf(state: State): readonly States[] {
  if (state.Type === 'Parallel') return state.Branches;
  if (state.Type !== 'Map') return [];
  const processor = state.ItemProcessor ?? state.Iterator;
  return processor === undefined ? [] : [processor];
}

/** The names of the states that a state can go on to where nothing fails: its `Next`, or those of its rules and its `Default`. */
export function nextStates(state: State): string[] {
  if (state.Type === 'Choice')
    return [state.Default, ...state.Choices.map(({ Next }) => Next)].filter((name) => name !== undefined);
  return 'Next' in state && state.Next !== undefined ? [state.Next] : [];
}

/** The names of the states that a failure of a state leads to. */
export function caughtStates(state: State): string[] {
  return 'Catch' in state ? (state.Catch ?? []).map(({ Next }) => Next) : [];
}
