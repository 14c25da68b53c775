import type { Json } from '../../asl/json/value.ts';
import { detailsOf } from '../../asl/trace/event-details.ts';
import type { Trace } from '../../asl/trace/trace.ts';
import type { Visit } from '../../asl/trace/visit.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';

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
export function endedIn(run: Trace, { tasks }: Pick<Manifest, 'tasks'>): Map<string, Ended> {
  const ended = new Map<string, Ended>();
  for (const task of tasks) {
    const end = endOf(task, run);
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

function endOf(task: ManifestTask, run: Trace): Ended | undefined {
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
  const output = isDecision ? undefined : outputOf(own.at(-1)!, task);
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
 */
function outputOf({ state, type, events, output }: Visit, { id }: ManifestTask): Json | undefined {
  const answered = events.findLast((event) => /^(Task|LambdaFunction|Activity)Succeeded$/.test(event.type));
  const isEnd = state !== id && (type === 'Pass' || type === 'Succeed');
  const text = answered !== undefined ? detailsOf(answered).output : isEnd ? detailsOf(events[0]!).input : output;
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
