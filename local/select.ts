import type { Json, JsonObject } from '../asl/json/value.ts';
import { findState, mapScopes } from '../asl/language/states.ts';
import type { Pass, State, StateMachine, States } from '../asl/language/types.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Manifest, ManifestTask } from '../manifest/manifest.ts';
import type { Handed, RunRecord } from './record.ts';

export interface Selection {
  /** `--only`: these tasks. */
  readonly only?: readonly string[];
  /** `--from`: this task and everything downstream of it. */
  readonly from?: string;
}

/** The ids of the tasks that a partial run leaves out; setups and teardowns that the others need stay in. */
export function tasksLeftOut(manifest: Manifest, { only, from }: Selection): Set<string> {
  const graph = new Map(manifest.tasks.map((task) => [task.id, task]));
  const wanted = from === undefined ? (only ?? []) : [from];
  for (const id of wanted) {
    if (!graph.has(id))
      throw new Stop(
        diagnose('RUN060', { task: id, near: nearest(id, [...graph.keys()]), known: [...graph.keys()] }),
        1,
      );
  }
  if (wanted.length === 0) return new Set();
  const stays = new Set(wanted);
  if (from !== undefined)
    for (const task of manifest.tasks) if (task.upstreams.some((up) => stays.has(up))) stays.add(task.id);
  if (from !== undefined && only !== undefined) for (const id of only) stays.add(id);
  for (const id of [...stays]) for (const setup of setupsFor(graph.get(id)!, graph)) stays.add(setup);
  for (const task of manifest.tasks)
    if (task.kind === 'teardown' && task.setups?.some((setup) => stays.has(setup))) stays.add(task.id);
  return new Set(manifest.tasks.map((task) => task.id).filter((id) => !stays.has(id)));
}

/**
 * The machine without these tasks: in the place of each a Pass that hands on what the task did in the last run in which it succeeded.
 *
 * @param records the DAG's runs on this lake, the newest first.
 */
export function leaveOut(
  machine: StateMachine,
  manifest: Manifest,
  leftOut: ReadonlySet<string>,
  records: readonly RunRecord[],
): StateMachine {
  if (leftOut.size === 0) return machine;
  const missing: string[] = [];
  const passes = new Map<string, Pass>();
  const gone = new Set<string>();
  for (const task of manifest.tasks.filter(({ id }) => leftOut.has(id))) {
    const states = task.states.flatMap((name) => {
      const state = findState(machine, name);
      return state === undefined ? [] : [{ name, state }];
    });
    const handed = lastHanded(task.id, records);
    if (handed === undefined && states.some(({ state }) => assigns(state))) missing.push(task.id);
    passes.set(task.states[0]!, replacement(task, states, handed ?? {}));
    for (const name of task.states.slice(1)) gone.add(name);
  }
  if (missing.length > 0) throw new Stop(diagnose('RUN061', { needs: missing }), 1);
  return replace(machine, passes, gone);
}

/** The setups in whose scope a task lies: upstream of it, and with a teardown that waits for it or with none at all. */
function setupsFor(task: ManifestTask, graph: ReadonlyMap<string, ManifestTask>): string[] {
  const teardowns = [...graph.values()].filter(({ kind }) => kind === 'teardown');
  const above = [...ancestors(task.id, graph)].filter((id) => graph.get(id)!.kind === 'setup');
  const inScope = above.filter((setup) => {
    const own = teardowns.filter(({ setups }) => setups?.includes(setup));
    return own.length === 0 || own.some((teardown) => ancestors(teardown.id, graph).has(task.id));
  });
  return [...inScope, ...(task.setups ?? [])];
}

function ancestors(id: string, graph: ReadonlyMap<string, ManifestTask>): Set<string> {
  const found = new Set<string>();
  const visit = (task: string) => {
    for (const up of graph.get(task)?.upstreams ?? []) {
      if (found.has(up)) continue;
      found.add(up);
      visit(up);
    }
  };
  visit(id);
  return found;
}

function lastHanded(task: string, records: readonly RunRecord[]): Handed | undefined {
  for (const record of records) {
    const handed = record.tasks?.find((end) => end.task === task && end.state === 'success')?.handed;
    if (handed !== undefined) return handed;
  }
  return undefined;
}

function assigns(state: State): boolean {
  return 'Assign' in state && state.Assign !== undefined;
}

function replacement(task: ManifestTask, states: readonly { name: string; state: State }[], handed: Handed): Pass {
  const onward = exitOf(task, states);
  const assigned = Object.fromEntries(
    Object.entries(handed.assigned ?? {}).map(([name, text]) => [name, literal(parse(text))]),
  ) as JsonObject;
  return {
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    ...(Object.keys(assigned).length > 0 && { Assign: assigned }),
    Output: handed.output === undefined ? {} : literal(parse(handed.output)),
    ...onward,
  };
}

/** Where a task goes on when all went well: the one way out of its states that is no catch. */
function exitOf(
  task: ManifestTask,
  states: readonly { name: string; state: State }[],
): { Next: string } | { End: true } {
  const [head] = states;
  const whole = head !== undefined && (head.state.Type === 'Parallel' || head.state.Type === 'Map') ? [head] : states;
  const nexts = new Set<string>();
  let ends = false;
  for (const { state } of whole) {
    if (state.Type === 'Succeed' || ('End' in state && state.End)) ends = true;
    if ('Next' in state && state.Next !== undefined && !task.states.includes(state.Next)) nexts.add(state.Next);
    if (state.Type === 'Choice') {
      for (const rule of state.Choices)
        if (rule.Next !== undefined && !task.states.includes(rule.Next)) nexts.add(rule.Next);
      if (state.Default !== undefined && !task.states.includes(state.Default)) nexts.add(state.Default);
    }
  }
  const [next] = nexts;
  if (nexts.size + (ends ? 1 : 0) !== 1) throw new Stop(diagnose('RUN062', { task: task.id }), 1);
  return next === undefined ? { End: true } : { Next: next };
}

function replace<S extends States>(scope: S, passes: ReadonlyMap<string, Pass>, gone: ReadonlySet<string>): S {
  const states = Object.entries(scope.States).flatMap(([name, state]): [string, State][] => {
    const pass = passes.get(name);
    if (pass !== undefined) return [[name, pass]];
    if (gone.has(name)) return [];
    return [[name, mapScopes(state, (inner) => replace(inner, passes, gone))]];
  });
  return { ...scope, States: Object.fromEntries(states) };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A value as it is in a field: a text that looks like an expression is written as one that gives that text. */
function literal(value: Json): Json {
  if (typeof value === 'string') return value.startsWith('{%') ? `{% ${JSON.stringify(value)} %}` : value;
  if (Array.isArray(value)) return value.map((item: Json) => literal(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner as Json)]));
}
