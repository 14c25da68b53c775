import type { Json } from '../../asl/json/value.ts';
import { LIMITS } from '../../asl/language/limits.ts';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { type Amount, largest } from '../3-graph/largest.ts';
import { eventsOf, type Figures, type ScopeJson, type StateJson, scopesIn } from './figures.ts';

/**
 * What would exceed a limit of Step Functions when the machine is made or run, with the tasks that have most of it.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkLimits(
  definition: { readonly [field: string]: Json },
  text: string,
  { run }: Figures,
  { dag, tasks }: Manifest,
): Diagnostic[] {
  const taskOf = new Map(tasks.flatMap(({ id, states }) => states.map((state) => [state, id] as const)));
  const states = statesIn(definition as unknown as ScopeJson);
  const most = (amount: (state: StateJson) => number) => mostOf(states, taskOf, amount);
  const found: Diagnostic[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.definitionBytes)
    found.push(diagnose('DAG026', { dag, bytes, limit: LIMITS.definitionBytes, most: most(bytesOf) }));
  if (run.events > LIMITS.historyEvents)
    found.push(diagnose('DAG032', { dag, events: run.events, limit: LIMITS.historyEvents, most: most(eventsOf) }));
  for (const [name, state] of states) {
    const task = taskOf.get(name) ?? name;
    const given = state.Arguments === undefined ? 0 : bytesOf(state.Arguments);
    if (given > LIMITS.dataBytes)
      found.push(diagnose('DAG033', { task, bytes: given, limit: LIMITS.dataBytes }, { task }));
  }
  return found;
}

function bytesOf(value: Json | StateJson): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function statesIn({ States }: ScopeJson): [string, StateJson][] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state] as [string, StateJson],
    ...scopesIn(state).flatMap(statesIn),
  ]);
}

/** The tasks that have most of something. What a Parallel holds is counted for what stands in it. */
function mostOf(
  states: readonly (readonly [string, StateJson])[],
  taskOf: ReadonlyMap<string, string>,
  amount: (state: StateJson) => number,
): Amount[] {
  const totals = new Map<string, number>();
  for (const [name, { Branches: _, ItemProcessor: __, ...state }] of states) {
    const task = taskOf.get(name);
    if (task !== undefined) totals.set(task, (totals.get(task) ?? 0) + amount(state as StateJson));
  }
  return largest([...totals].map(([task, total]) => ({ task, amount: total })));
}
