import { BIT } from '../../airflow/end-state.ts';
import type { Graph } from '../3-graph/graph.ts';
import type { Tree } from '../4-plan/tree.ts';
import { controlFlowOf } from './control-flow.ts';
import { type Given, merge, NONE_GIVEN } from './facts.ts';
import type { Guard, GuardTest, Outcomes, Scope } from './outcomes.ts';
import { termsOf, union } from './record-tests.ts';
import { semanticsOf } from './semantics.ts';

/**
 * What each task of the plan must guard, catch and record so that the run goes as Airflow's would.
 *
 * @param given how the tasks ended that are in the graph and not in the plan
 */
export function decideOutcomes(graph: Graph, tree: Tree, given: Given = NONE_GIVEN): Outcomes {
  const semantics = semanticsOf(graph, given);
  const { checks, ...laid } = controlFlowOf(graph, tree, semantics, given);
  const check = checks[0] && { when: checks[0].when, known: merge(checks.map(({ known }) => known)) };
  const tests = [...testsOf(laid.body), ...(check ? [check] : [])];
  const read = union(tests.flatMap(({ when, known }) => termsOf(when, known, semantics).map(({ asked }) => asked)));
  return {
    semantics,
    ...laid,
    check,
    isRecorded: (task, state) => {
      // The Fail state lists every failed task, but a teardown's failure only where it can make the run fail.
      if (state === 'failed' && laid.fails && (!semantics.isTeardown(task) || semantics.failsTheRun(task))) return true;
      if (state === 'upstream_failed' && semantics.derivedFrom(task) !== undefined) return false;
      return ((read.get(task) ?? 0) & BIT[state]) !== 0;
    },
  };
}

function testsOf({ items }: Scope): GuardTest[] {
  return items.flatMap((item) => [
    ...((item.guard as Guard | undefined)?.tests ?? []),
    ...(item.kind === 'parallel' ? item.branches.flatMap(testsOf) : []),
  ]);
}
