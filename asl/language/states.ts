import { token } from '../json/pointer.ts';
import type { MapState, State, States } from './types.ts';

/** A state of a machine, and where it stands. Names are unique in a machine. */
export interface StatePlace {
  readonly name: string;
  readonly state: State;
  /** A JSON pointer from the machine. */
  readonly path: string;
  /** The name of the Parallel or the Map around it. */
  readonly parent?: string;
  /** Of a Parallel, which branch, from 0. */
  readonly branch?: number;
  /** It runs in an execution of its own, with a history of its own: a distributed Map is around it. */
  readonly apart: boolean;
}

/**
 * Every state of a machine, those inside branches and processors too: a state before those within it, else in the order of the machine.
 *
 * @example
 * for (const { name, state, path } of walkStates(machine)) …
 */
export function walkStates(machine: Pick<States, 'States'>): Generator<StatePlace> {
  return walk(machine, '', { apart: false });
}

function* walk(
  scope: Pick<States, 'States'>,
  path: string,
  around: Omit<StatePlace, 'name' | 'state' | 'path'>,
): Generator<StatePlace> {
  for (const [name, state] of Object.entries(scope.States)) {
    const here = `${path}/States/${token(name)}`;
    yield { name, state, path: here, ...around };
    const apart = around.apart || isDistributed(state);
    for (const { scope: inner, at, branch } of innerScopes(state))
      yield* walk(inner, here + at, { parent: name, apart, ...(branch !== undefined && { branch }) });
  }
}

/** The state of a name, wherever it stands. */
export function findState(machine: States, name: string): State | undefined {
  for (const place of walkStates(machine)) if (place.name === name) return place.state;
  return undefined;
}

/** The branches of a Parallel, the processor of a Map. */
export function scopesOf(state: State): readonly States[] {
  return innerScopes(state).map(({ scope }) => scope);
}

/** A machine within a state, and its place from there. */
interface InnerScope<S> {
  readonly scope: S;
  /** A JSON pointer from the state: `/Branches/0`. */
  readonly at: string;
  /** Of a Parallel, which branch, from 0. */
  readonly branch?: number;
}

function innerScopes(state: State): InnerScope<States>[] {
  const all = fieldsWithScopes(state) as InnerScope<States>[];
  // A processor under both names is one processor.
  return state.Type === 'Map' ? all.slice(0, 1) : all;
}

/**
 * The values that stand where a state has machines, of a definition that has not been checked: they need not be objects, and a Map may have
 * its processor twice.
 */
export function fieldsWithScopes(state: { readonly [field: string]: unknown } | State): InnerScope<unknown>[] {
  const { Type, Branches, ItemProcessor, Iterator: iterator } = state as { readonly [field: string]: unknown };
  if (Type === 'Parallel')
    return Array.isArray(Branches)
      ? Branches.map((scope: unknown, branch) => ({ scope, at: `/Branches/${branch}`, branch }))
      : [];
  if (Type !== 'Map') return [];
  return [
    { scope: ItemProcessor, at: '/ItemProcessor' },
    { scope: iterator, at: '/Iterator' },
  ].filter(({ scope }) => scope !== undefined);
}

/** The state with each machine within it changed. */
export function mapScopes(state: State, change: <S extends States>(scope: S) => S): State {
  if (state.Type === 'Parallel') return { ...state, Branches: state.Branches.map(change) };
  if (state.Type !== 'Map') return state;
  const { ItemProcessor, Iterator: iterator } = state;
  return {
    ...state,
    ...(ItemProcessor !== undefined && { ItemProcessor: change(ItemProcessor) }),
    ...(iterator !== undefined && { Iterator: change(iterator) }),
  };
}

/** Whether the iterations of a state run in executions of their own. */
export function isDistributed(state: State): boolean {
  if (state.Type !== 'Map') return false;
  // The older `Iterator` takes the configuration too.
  const processor = (state.ItemProcessor ?? state.Iterator) as MapState['ItemProcessor'];
  return processor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
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
