import { FAILED, SKIPPED, UPSTREAM_FAILED } from '../../airflow/end-state.ts';
import type { Fragment } from '../../authoring/internal.ts';
import type { Graph } from '../3-graph/graph.ts';
import { type Facts, knows } from '../5-outcomes/facts.ts';
import type { Outcomes, Scope } from '../5-outcomes/outcomes.ts';
import type { LiveOutputs } from './output-liveness.ts';
import type { Vocabulary } from './resolve.ts';
import type { Names } from './state-names.ts';

/** What every part of the emitter looks at. */
export interface Emission {
  readonly graph: Graph;
  readonly outcomes: Outcomes;
  readonly names: Names;
  /** The ends, `task state`, that may come to stand in the list of records of a scope. */
  endedWithin(scope: Scope): ReadonlySet<string>;
  /** Where tasks' outputs live. */
  readonly outputs: LiveOutputs;
  /** What references stand for where a task reads them. */
  wordsOf(reader: string): Vocabulary;
  /** A task's states under the plan. */
  fragmentOf(task: string): Fragment;
  /** Whether a task of several states becomes a one-branch Parallel. */
  isWrapped(task: string): boolean;
}

/** The ends of a task that can be recorded where something is known, as names. */
export function recordedEnds(
  { outcomes }: Emission,
  task: string,
  known: Facts,
): ('failed' | 'upstream_failed' | 'skipped')[] {
  const states = knows(known, task);
  return (['failed', 'upstream_failed', 'skipped'] as const).filter(
    (end) => states & ENDS[end] && outcomes.isRecorded(task, end),
  );
}
const ENDS = { failed: FAILED, upstream_failed: UPSTREAM_FAILED, skipped: SKIPPED } as const;

/** Whether something can stand recorded where this is known, of a task and in a scope that count; of some ends, `task state`, alone. */
export function mayBeRecorded(
  e: Emission,
  known: Facts,
  counts: (task: string, path: readonly number[]) => boolean,
  among?: ReadonlySet<string>,
): boolean {
  const { scopeOf, decidedIn } = e.outcomes;
  for (const task of known.keys()) {
    const ends = recordedEnds(e, task, known).filter((end) => among?.has(`${task} ${end}`) ?? true);
    if (ends.length === 0) continue;
    if (decidedIn(task).some((path) => counts(task, path))) return true;
    if (!counts(task, scopeOf(task))) continue;
    if (ends.some((end) => end !== 'skipped') || !skippedFromAbove(e, task)) return true;
  }
  return false;
}

/** Whether only a branch above can skip it, by its rule and its own errors nothing: the skip is then recorded by that branch alone. */
function skippedFromAbove({ graph, outcomes }: Emission, task: string): boolean {
  const byItself = (graph.tasks.get(task)?.model.skipOn.length ?? 0) > 0;
  const byItsRule = () => outcomes.semantics.reasons(task).some(({ then, decided }) => then === 'skipped' && !decided);
  return outcomes.decidedIn(task).length > 0 && !byItself && !byItsRule();
}
