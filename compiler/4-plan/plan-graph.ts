import type { Graph } from '../3-graph/graph.ts';
import { type Barrier, barriersOf } from './barriers.ts';
import { greedyChoice, lookAheadChoice, naiveChoice } from './choice.ts';
import { levelPlan } from './level-plan.ts';
import { ordered } from './nodes.ts';
import { wholePart } from './part.ts';
import { type Choice, planWith } from './plan-with.ts';
import { type Problem, problemOf } from './problem.ts';
import { guardedSpan, type Tree } from './tree.ts';

/** A plan, and the waiting that it adds to the DAG's own. */
export interface Plan {
  readonly tree: Tree;
  readonly barriers: readonly Barrier[];
}

/** In a DAG that people read as a whole, parts that are this small are already looked at closely when a bigger one looks ahead. */
const SMALL_DAG = 40;
const SMALL_PART = 12;

/**
 * From a DAG to a series-parallel tree that respects every dependency. A series-parallel DAG comes out exactly; elsewhere barriers are
 * added where they cost least, and never so that plain level barriers would have been better on the durations planned with.
 */
export function planGraph(graph: Graph): Plan {
  const problem = problemOf(graph);
  const whole = wholePart(problem);
  const { plan, stuck } = planWith(whole, lookAheadChoice(problem, innerChoice(problem)));
  const plans = stuck ? [plan, planWith(whole, naiveChoice).plan, levelPlan(whole)] : [plan];
  const spans = plans.map((candidate) => guardedSpan(candidate, problem));
  const tree = ordered(plans[spans.indexOf(Math.min(...spans))] as (typeof plans)[number], problem.ids);
  return { tree, barriers: barriersOf(tree, problem) };
}

/** How a part is planned while a bigger one looks ahead. */
function innerChoice(problem: Problem): Choice {
  const greedy = greedyChoice(problem);
  if (problem.ids.length > SMALL_DAG) return greedy;
  const close = lookAheadChoice(problem, greedy);
  return (part) => (part.tasks.length <= SMALL_PART ? close : greedy)(part);
}
