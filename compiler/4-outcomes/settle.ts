import type { Tree } from '../3-plan/tree.ts';
import { tasksOf } from '../3-plan/tree.ts';
import type { Reason } from './condition.ts';
import { SKIPPED } from './end-state.ts';
import { endsAs, judge, type Knowledge, knows } from './knowledge.ts';
import type { Semantics } from './semantics.ts';

export interface Settled {
  readonly known: Knowledge;
  readonly ended: readonly { readonly task: string; readonly state: Reason['then'] }[];
}

/** How everything in a part of the plan ends where none of it can run; undefined where something may. */
export function settle(tree: Tree, known: Knowledge, semantics: Semantics): Settled | undefined {
  const ended: { task: string; state: Reason['then'] }[] = [];
  for (const task of tasksOf(tree)) {
    const state = judge(semantics.reasons(task), known);
    if (state === 'runs' || state === 'depends') return undefined;
    // What a branch decided was written down there.
    if (knows(known, task) !== SKIPPED) ended.push({ task, state });
    known = endsAs(known, task, state);
  }
  return { known, ended };
}
