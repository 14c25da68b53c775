import type { Graph } from '../2-graph/graph.ts';
import { type Barrier, barriersOf } from './barriers.ts';
import { greedyChoice, lookAheadChoice } from './choose.ts';
import { levelPlan } from './level-plan.ts';
import { naiveChoice } from './naive-choice.ts';
import { type Node, ordered, planWith } from './nodes.ts';
import { problemOf } from './problem.ts';
import { meanSpan } from './span.ts';
import { Subsets } from './subsets.ts';
import type { Tree } from './tree.ts';

/** A plan, and the waiting that it adds to the DAG's own. */
export interface Plan {
  readonly tree: Tree;
  readonly barriers: readonly Barrier[];
}

/**
 * From a DAG to a series-parallel tree that respects every dependency. A series-parallel DAG comes out exactly; elsewhere barriers are
 * added where they cost least, and never so that plain level barriers would have been better on the durations planned with.
 */
export function planGraph(graph: Graph): Plan {
  const problem = problemOf(graph);
  const subsets = new Subsets(problem);
  const plans: Node[] = [planWith(subsets, lookAheadChoice(subsets, greedyChoice(subsets)))];
  if (subsets.isStuck()) plans.push(planWith(subsets, naiveChoice(subsets)), levelPlan(subsets));
  const spans = plans.map((plan) => meanSpan(plan, problem));
  const best = plans[spans.indexOf(Math.min(...spans))] as Node;
  const tree = ordered(best, problem.ids);
  return { tree, barriers: barriersOf(tree, problem) };
}
