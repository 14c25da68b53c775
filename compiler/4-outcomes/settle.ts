import { BIT, SKIPPED, type States } from '../../airflow/end-state.ts';
import type { Reason } from '../../airflow/trigger-rules.ts';
import type { Tree } from '../3-plan/tree.ts';
import { tasksOf } from '../3-plan/tree.ts';
import { judge, type Knowledge, knows } from './knowledge.ts';
import type { Semantics } from './semantics.ts';

export interface Settled {
  readonly known: Knowledge;
  readonly ended: readonly { readonly task: string; readonly state: Reason['then'] }[];
}

/** How everything in a part of the plan ends where none of it can run; undefined where something may. */
export function settle(tree: Tree, known: Knowledge, semantics: Semantics): Settled | undefined {
  // Copied once: a part may have thousands of tasks.
  let after: Map<string, States> | undefined;
  const ended: { task: string; state: Reason['then'] }[] = [];
  for (const task of tasksOf(tree)) {
    const state = judge(semantics.reasons(task), after ?? known);
    if (state === 'runs' || state === 'depends') return undefined;
    // What a branch decided was written down there.
    if (knows(after ?? known, task) !== SKIPPED) ended.push({ task, state });
    after ??= new Map(known);
    after.set(task, BIT[state]);
  }
  return { known: after ?? known, ended };
}
