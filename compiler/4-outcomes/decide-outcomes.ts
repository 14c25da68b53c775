import type { Graph } from '../2-graph/graph.ts';
import type { Tree } from '../3-plan/tree.ts';
import { BAD, SKIPPED } from './end-state.ts';
import { basisOf, knows, merge } from './knowledge.ts';
import { lay } from './lay.ts';
import type { Guard, Outcomes, Question, Scope } from './outcomes.ts';
import { type Semantics, semanticsOf } from './semantics.ts';

/** What each task of the plan must guard, catch and write down so that the run goes as Airflow's would. */
export function decideOutcomes(graph: Graph, tree: Tree): Outcomes {
  const semantics = semanticsOf(graph);
  const { checks, ...laid } = lay(graph, tree, semantics);
  const check = checks[0] && { when: checks[0].when, known: merge(checks.map(({ known }) => known)) };
  const read = new Set<string>();
  for (const question of [...questionsOf(laid.body), ...(check ? [check] : [])]) {
    for (const task of recordsThatTell(question, semantics)) read.add(task);
  }
  return {
    semantics,
    ...laid,
    check,
    isRecorded: (task, state) => {
      // The Fail state lists every failed task; a teardown's failure that nothing reads is left out.
      if (state === 'failed') return read.has(task) || (laid.fails && !semantics.isTeardown(task));
      return read.has(task) && (state === 'skipped' || semantics.derivedFrom(task) === undefined);
    },
  };
}

/** The tasks whose records answer a question. */
export function recordsThatTell({ when, known }: Question, semantics: Semantics): Set<string> {
  const tasks = new Set<string>();
  for (const task of when.tasks) {
    const states = knows(known, task);
    if (states & SKIPPED) tasks.add(task);
    if (states & BAD) for (const source of basisOf(task, known, semantics)) tasks.add(source);
  }
  return tasks;
}

function questionsOf({ items }: Scope): Question[] {
  return items.flatMap((item) => [
    ...((item.guard as Guard | undefined)?.questions ?? []),
    ...(item.kind === 'parallel' ? item.branches.flatMap(questionsOf) : []),
  ]);
}
