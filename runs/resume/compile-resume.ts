import { type Trace, trace } from '../../asl/history/trace.ts';
import type { HistoryEvent } from '../../asl/index.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import type { Graph } from '../../compiler/3-graph/graph.ts';
import { NONE_GIVEN } from '../../compiler/5-outcomes/facts.ts';
import { semanticsOf } from '../../compiler/5-outcomes/semantics.ts';
import { readGraph } from '../../compiler/9-files/read-graph.ts';
import type { Manifest, ManifestGraph } from '../../manifest/manifest.ts';
import { COMMENT, machineOf, valueGiven } from './machine.ts';
import { decided, type Ended, endedIn, strangersIn, type Values } from './recorded-outcomes.ts';
import { type Remaining, remainingOf } from './remaining.ts';

/** A past run as AWS recorded it. */
export interface PastRun {
  /** Its execution's name. */
  readonly name: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly input: JsonObject;
  /** Its own, whatever the machine's is today. */
  readonly definition: StateMachine;
  readonly events: readonly HistoryEvent[];
}

/** Part of a resumed run's input: how earlier attempts ended, from which the next resume continues. */
export interface Resumes {
  readonly execution: string;
  readonly ended: { readonly [task: string]: Ended['state'] };
  /** The variables of its machine that hold what finished tasks answered. */
  readonly variables: { readonly [task: string]: string };
}

export interface Resume {
  readonly trace: Trace;
  readonly remaining: Remaining;
  /** Undefined if nothing remains, or an output is not known. */
  readonly definition: StateMachine | undefined;
  readonly input: JsonObject;
  /** Finished tasks whose output is read and not known. */
  readonly missing: readonly string[];
  /** Whether a decision that the run came to is to be made again: one that failed leaves its state as one that did not. */
  readonly undecided: boolean;
  /** Tasks of the run that are none of today's DAG. */
  readonly strangers: readonly string[];
}

/**
 * From a run that did not succeed to the machine of what remains of it. Pure: nothing is called.
 *
 *     history ─▶ what ended (recorded-outcomes.ts) ─▶ what remains (remaining.ts)
 *             ─▶ the machine (machine.ts), by the compiler's phases 4 to 6
 *
 * @param from this task runs, and what follows it, even if it had ended well
 * @throws OtherMachine if the history is none of the definition's
 */
export async function compileResume(
  manifest: Manifest & { readonly graph: ManifestGraph },
  run: PastRun,
  fill: <T extends StateMachine | Json>(document: T) => T,
  from?: string,
): Promise<Resume> {
  const told = trace(run.definition, run.events);
  const before = run.input.resumes as Resumes | undefined;
  const graph = readGraph(manifest);
  const ended = allEnded(told, manifest, before);
  const outputOf = (task: string): Json | undefined => {
    const variable = before?.variables[task];
    return ended.get(task)?.output ?? (variable === undefined ? undefined : valueGiven(run.definition, variable));
  };
  const decisions = manifest.tasks.filter(({ decides }) => decides !== undefined).map(({ id }) => id);
  const skipped = await skips(graph, decisions, ended, before, {
    params: paramsOf(manifest, run.input),
    logicalDate: typeof run.input.logical_date === 'string' ? run.input.logical_date : run.startedAt,
    outputOf,
    fill: (text) => fill(text),
  });
  for (const id of from === undefined ? [] : followers(graph, from)) {
    ended.delete(id);
    skipped.delete(id);
  }
  const given = new Map([...ended].map(([task, { state }]) => [task, state]));
  const remaining = remainingOf(
    graph,
    manifest.tasks.map(({ id }) => id),
    given,
    skipped,
  );
  const common = {
    trace: told,
    remaining,
    undecided: told.visits.some(({ state }) => decisions.includes(state) && remaining.tasks.has(state)),
    strangers: strangersIn(told, manifest),
  };
  if (remaining.tasks.size === 0) return { ...common, definition: undefined, input: run.input, missing: [] };
  const comment = `${COMMENT}${run.name}.`;
  const { definition, variables, missing } = machineOf(manifest, graph, remaining, outputOf, comment, fill);
  const resumes: Resumes = { execution: run.name, ended: sorted(remaining.given), variables };
  return {
    ...common,
    definition: missing.length > 0 ? undefined : definition,
    // The date stays the first run's, where that took the time it was started at.
    input: { logical_date: run.startedAt, ...run.input, resumes: resumes as unknown as Json },
    missing,
  };
}

/** A task and everything that is downstream of it. */
function followers(graph: Graph, from: string): Set<string> {
  const found = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...graph.tasks.get(id)!.downstreams);
  }
  return found;
}

/** What ended in the run and, where it was a resumed one, before it. */
function allEnded(told: Trace, manifest: Manifest, before: Resumes | undefined): Map<string, Ended> {
  const ids = new Set(manifest.tasks.map(({ id }) => id));
  const earlier = Object.entries(before?.ended ?? {}).filter(([task]) => ids.has(task));
  return new Map([...earlier.map(([task, state]): [string, Ended] => [task, { state }]), ...endedIn(told, manifest)]);
}

/** What decisions skipped. One that cannot be made again here is made again by the machine: it is no more among what ended. */
async function skips(
  graph: Graph,
  decisions: readonly string[],
  ended: Map<string, Ended>,
  before: Resumes | undefined,
  values: Values,
): Promise<Set<string>> {
  const skipped = new Set<string>();
  const semantics = decisions.length > 0 ? semanticsOf(graph, NONE_GIVEN) : undefined;
  for (const id of decisions) {
    // What an earlier one skipped is among what ended before.
    if (ended.get(id)?.state !== 'success' || before?.ended[id] !== undefined) continue;
    ended.delete(id);
    const made = await decided(graph, semantics!, id, values);
    if (made === undefined) continue;
    ended.set(id, { state: 'success', output: made.answer });
    for (const task of made.skipped) skipped.add(task);
  }
  return skipped;
}

/** The params given over the defaults, as the machine takes them. */
function paramsOf({ params }: Manifest, input: JsonObject): Json {
  const defaults = Object.entries(params.properties).flatMap(([name, schema]): [string, Json][] =>
    'default' in schema ? [[name, schema.default as Json]] : [],
  );
  return { ...Object.fromEntries(defaults), ...(input.params as JsonObject | undefined) };
}

function sorted(given: Remaining['given']): Resumes['ended'] {
  return Object.fromEntries([...given].sort(([a], [b]) => (a < b ? -1 : 1)));
}
