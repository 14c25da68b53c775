import { detailsOf } from '../../asl/history/events.ts';
import type { Trace } from '../../asl/history/trace.ts';
import type { Visit } from '../../asl/history/visit.ts';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Decision, Translated } from '../../authoring/internal.ts';
import type { Graph } from '../../compiler/3-graph/graph.ts';
import type { Semantics } from '../../compiler/5-outcomes/semantics.ts';
import { jsonataOf, type Vocabulary } from '../../compiler/6-emit/resolve.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { literal } from './machine.ts';

/** How a task ended that does not run again. */
export interface Ended {
  readonly state: 'success' | 'skipped';
  /** What it answered, where it did and the history says it. */
  readonly output?: Json;
}

/**
 * The tasks of today's DAG that a run finished, by its history: those that succeeded, and those that ended with one of their `skipOn`
 * errors. Why others did not run says nothing of what happens when they are judged again: a history is not asked for it. Of decisions it
 * tells only that they were reached.
 *
 * States are found by name: a task's bears its id, those of a fragment begin with it, in every version of a DAG.
 */
export function endedIn(run: Trace, { tasks, graph }: Pick<Manifest, 'tasks' | 'graph'>): Map<string, Ended> {
  const ended = new Map<string, Ended>();
  for (const task of tasks) {
    const end = endOf(task, run, graph?.tasks[task.id]?.output);
    if (end !== undefined) ended.set(task.id, end);
  }
  return ended;
}

/** The tasks that a run entered and that are none of today's. */
export function strangersIn(run: Trace, { tasks }: Pick<Manifest, 'tasks'>): string[] {
  const ids = new Set(tasks.map(({ id }) => id));
  const known = new Set(tasks.flatMap(({ states }) => states));
  const isKnown = (state: string): boolean => {
    if (known.has(state) || ids.has(state) || ids.has(state.replace(/: .*$/, ''))) return true;
    const parent = run.places.get(state)?.parent;
    // Within a Parallel that is a task, the states are that task's.
    return parent !== undefined && (known.has(parent) || ids.has(parent));
  };
  const found = run.visits.filter(({ type, state }) => type === 'Task' && !isKnown(state));
  return [...new Set(found.map(({ state }) => state))];
}

function endOf(task: ManifestTask, run: Trace, member: string | undefined): Ended | undefined {
  const names = new Set([task.id, ...task.states]);
  const own = run.visits.filter(({ state }) => names.has(state));
  const head = own.findLast(({ state }) => state === task.id);
  const last = head !== undefined && (head.type === 'Parallel' || head.type === 'Map') ? head : own.at(-1);
  if (last === undefined) return undefined;
  const status = run.statusOf(last);
  if (status === 'caught') {
    const isSkip = task.skipOn?.some((error) => error === last.error || error === 'States.ALL');
    return isSkip ? { state: 'skipped' } : undefined;
  }
  if (status !== 'succeeded' || !leaves(last, names, run)) return undefined;
  // What a decision answers stands in no event of its own.
  const isDecision = task.kind === 'branch' || task.kind === 'short_circuit';
  const output = isDecision ? undefined : outputOf(own.at(-1)!, task, member);
  return { state: 'success', ...(output !== undefined && { output }) };
}

/** Whether a state's end is its task's: a run can be aborted between two states of one task. */
function leaves({ state, type }: Visit, names: ReadonlySet<string>, run: Trace): boolean {
  // A decision's own; one within a fragment goes on in it.
  if (type === 'Choice') return names.size === 1;
  const { Next } = (run.places.get(state)?.state ?? {}) as { readonly Next?: string };
  return Next === undefined || !names.has(Next);
}

/**
 * The service's answer, whatever the state made of it. What ends a task of several states otherwise was given it: such a state hands on what
 * its scope needs. Where neither is so, what the state handed on.
 * @param member the member of the answer that is the task's output, where it is not the whole answer
 */
function outputOf(
  { state, type, events, output }: Visit,
  { id }: ManifestTask,
  member: string | undefined,
): Json | undefined {
  const answered = events.findLast((event) => /^(Task|LambdaFunction|Activity)Succeeded$/.test(event.type));
  const isEnd = state !== id && (type === 'Pass' || type === 'Succeed');
  const text = answered !== undefined ? detailsOf(answered).output : isEnd ? detailsOf(events[0]!).input : output;
  if (typeof text !== 'string') return undefined;
  try {
    const answer = JSON.parse(text) as Json;
    return answered === undefined || member === undefined ? answer : (answer as JsonObject)[member];
  } catch {
    return undefined;
  }
}

/** The values that decisions read: a decision calls nothing, so that of the same values it is the same. */
export interface Values {
  readonly params: Json;
  readonly logicalDate: string;
  /** Undefined if it is not known. */
  outputOf(task: string): Json | undefined;
  /** Fills the placeholders in a text. */
  fill(text: string): string;
}

export interface Decided {
  /** The tasks that it skips by itself. */
  readonly skipped: readonly string[];
  /** What those who read it get: the ids that were chosen; of a short circuit, whether it went on. */
  readonly answer: Json;
}

/**
 * What became of a decision that was made: it is made again here, from the values that it was made of, as the interpreter does it. A history
 * tells the state where a run went on, which several decisions can lead to. Undefined if a value is missing or it cannot be decided:
 * then the machine of what remains decides.
 */
export async function decided(
  graph: Graph,
  semantics: Semantics,
  id: string,
  values: Values,
): Promise<Decided | undefined> {
  const { model, reads } = graph.tasks.get(id)!;
  const variables = new Map<string, string>();
  const Assign: { [name: string]: Json } = { params: literal(values.params), logicalDate: values.logicalDate };
  for (const { kind, path } of reads) {
    if (kind === 'context' || kind === 'asset') return undefined;
    if (kind !== 'output' || variables.has(path[1]!)) continue;
    const output = values.outputOf(path[1]!);
    if (output === undefined) return undefined;
    variables.set(path[1]!, `output${variables.size}`);
    Assign[variables.get(path[1]!)!] = literal(output);
  }
  const words: Vocabulary = {
    assetKey: () => '',
    variable: (task) => variables.get(task) as string,
    isText: () => false,
  };
  const text = (expression: Translated) => `{% ${values.fill(jsonataOf(expression, words))} %}`;
  const decision = model.decision as Decision;
  const { status, output } = await interpret(machineOf(Assign, decision, text), {
    input: {},
    clock: createVirtualClock(0),
    random: () => 0,
    tasks: () => ({ error: 'No.Task' }),
  });
  if (status !== 'SUCCEEDED') return undefined;
  const reach = semantics.decides(id);
  if (decision.kind === 'test') return { skipped: output === 0 ? [] : reach, answer: output === 0 };
  const chosen = chosenOf(decision, output as Json);
  if (!chosen.every((one) => semantics.choosable(id).includes(one))) return undefined;
  return {
    skipped: reach.filter((task) => !chosen.some((one) => semantics.goesOn(id, task, one))),
    answer: [...chosen],
  };
}

/** Its output is the number of the way that was taken, or a list of what was chosen. */
function machineOf(
  Assign: { readonly [name: string]: Json },
  decision: Decision,
  text: (expression: Translated) => string,
): StateMachine {
  const start = { Type: 'Pass', Assign, Next: 'decide' };
  if (decision.kind === 'computed') {
    const decide = { Type: 'Pass', Output: [text(decision.chosen)], End: true };
    return { QueryLanguage: 'JSONata', StartAt: 'values', States: { values: start, decide } } as StateMachine;
  }
  const conditions = decision.kind === 'test' ? [decision.goOn] : decision.cases.map(({ when }) => when);
  const ways = [...conditions, undefined].map((_, i) => [`way ${i}`, { Type: 'Succeed', Output: i }] as const);
  const decide =
    conditions.length === 0
      ? { Type: 'Pass', Next: 'way 0' }
      : {
          Type: 'Choice',
          Choices: conditions.map((when, i) => ({ Condition: text(when), Next: `way ${i}` })),
          Default: `way ${conditions.length}`,
        };
  const States = { values: start, decide, ...Object.fromEntries(ways) };
  return { QueryLanguage: 'JSONata', StartAt: 'values', States } as unknown as StateMachine;
}

function chosenOf(decision: Decision, output: Json): readonly string[] {
  if (decision.kind === 'computed') return (output as Json[]).flat() as string[];
  if (decision.kind === 'test') return [];
  return decision.cases[output as number]?.chosen ?? decision.otherwise;
}
