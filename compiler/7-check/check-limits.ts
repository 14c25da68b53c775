import { LIMITS } from '../../asl/language/limits.ts';
import { scopesOf, walkStates } from '../../asl/language/states.ts';
import type { State } from '../../asl/language/types.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { type Amount, largest } from '../3-graph/size.ts';
import type { Machine } from '../6-emit/emit-machine.ts';
import { eventsOf, type Figures } from './figures.ts';

/**
 * What would exceed a limit of Step Functions when the machine is made or run, with the tasks that have most of it.
 * @param text the definition as it is written
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkLimits(
  dag: string,
  { definition, owners }: Pick<Machine, 'definition' | 'owners'>,
  text: string,
  { run }: Figures,
): Diagnostic[] {
  const states = [...walkStates(definition)].map(({ name, state }) => [name, state] as const);
  const most = (amount: (state: State) => number) => mostOf(states, owners, amount);
  const found: Diagnostic[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.definitionBytes)
    found.push(diagnose('DAG026', { dag, bytes, limit: LIMITS.definitionBytes, most: most(ownBytes) }));
  if (run.events > LIMITS.historyEvents)
    found.push(diagnose('DAG032', { dag, events: run.events, limit: LIMITS.historyEvents, most: most(eventsOf) }));
  // The arguments of a call are a part of the definition, so that only in a large one can they be too large.
  for (const [name, state] of bytes > LIMITS.dataBytes ? states : []) {
    const task = owners.get(name) ?? name;
    const given = 'Arguments' in state && state.Arguments !== undefined ? bytesOf(state.Arguments) : 0;
    if (given > LIMITS.dataBytes)
      found.push(diagnose('DAG033', { task, bytes: given, limit: LIMITS.dataBytes }, { task }));
  }
  return found;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The bytes of a state without the states within it: each of those is counted by itself. */
function ownBytes(state: State): number {
  if (scopesOf(state).length === 0) return bytesOf(state);
  return bytesOf({ ...state, Branches: undefined, ItemProcessor: undefined });
}

/** The tasks that have most of something. */
function mostOf(
  states: readonly (readonly [string, State])[],
  owners: ReadonlyMap<string, string>,
  amount: (state: State) => number,
): Amount[] {
  const totals = new Map<string, number>();
  for (const [name, state] of states) {
    const task = owners.get(name);
    if (task !== undefined) totals.set(task, (totals.get(task) ?? 0) + amount(state));
  }
  return largest([...totals].map(([task, total]) => ({ task, amount: total })));
}
