import type { MapState, Parallel, State, StateMachine, States } from '../language/types.ts';

/** A state of a definition, and where it stands. Names are unique in the whole of it. */
export interface StatePlace {
  readonly name: string;
  readonly state: State;
  /** The Parallel or the Map that it is in. */
  readonly parent?: string;
  /** Of a Parallel, which branch, from 0. */
  readonly branch?: number;
  /** It runs in executions of its own, whose events are in histories of their own. */
  readonly apart: boolean;
}

/** Every state, outer ones first, in the order of the definition. */
export function statePlaces(machine: StateMachine): Map<string, StatePlace> {
  const places = new Map<string, StatePlace>();
  const collect = (states: States, around: Omit<StatePlace, 'name' | 'state'>) => {
    for (const [name, state] of Object.entries(states.States)) {
      places.set(name, { name, state, ...around });
      partsOf(state).forEach((part, at) => {
        const branch = state.Type === 'Parallel' ? { branch: at } : {};
        collect(part, { parent: name, ...branch, apart: around.apart || isDistributed(state) });
      });
    }
  };
  collect(machine, { apart: false });
  return places;
}

/** The branches of a Parallel, the processor of a Map. */
export function partsOf(state: State): readonly States[] {
  if (state.Type === 'Parallel') return (state as Parallel).Branches;
  const processor = state.Type === 'Map' ? processorOf(state) : undefined;
  return processor === undefined ? [] : [processor];
}

export function isDistributed(state: State): boolean {
  return state.Type === 'Map' && processorOf(state)?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** The older `Iterator` takes the configuration too. */
function processorOf(state: MapState): MapState['ItemProcessor'] {
  return (state.ItemProcessor ?? state.Iterator) as MapState['ItemProcessor'];
}
