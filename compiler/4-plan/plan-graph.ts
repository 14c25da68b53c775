import type { Graph } from '../3-graph/graph.ts';
import { type Barrier, barriersOf } from './barriers.ts';
import { greedyChoice, lookAheadChoice, naiveChoice } from './choices.ts';
import type { Cuts } from './cuts.ts';
import { components, type Part, series, unitDepths, wholePart } from './parts.ts';
import { type Problem, problemOf } from './problem.ts';
import { guardedSpan, type Node, ordered, type Tree } from './tree.ts';

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
  return (part, cuts) => (part.tasks.length <= SMALL_PART ? close : greedy)(part, cuts);
}

/**
 * Splits a connected part that cannot be cut in series into an ideal and the rest: this is where a barrier is added.
 * @param cuts the part's cuts by every key, where they are known
 */
export type Choice = (part: Part, cuts?: Cuts) => readonly [first: Part, rest: Part];

type Draft = number | Operation;
interface Operation {
  readonly op: 'seq' | 'par';
  readonly children: Draft[];
}

/**
 * Plans every task: parts that know nothing of each other in parallel, true series cuts in series, and what is stuck as `choose` says.
 * Also answers whether anything was stuck: whether a barrier is needed at all.
 */
function planWith(whole: Part, choose: Choice): { plan: Node; stuck: boolean } {
  let stuck = false;
  const top: Operation = { op: 'par', children: [] };
  // What is still to be planned, the next one last, and the node that it becomes a child of.
  const open: { part: Part; parent: Operation }[] = [{ part: whole, parent: top }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, parent } = next;
    if (part.tasks.length === 1) {
      parent.children.push(part.tasks[0] as number);
      continue;
    }
    const { op, parts } = split(part);
    const node = parent.op === op ? parent : { op, children: [] };
    if (node !== parent) parent.children.push(node);
    for (let i = parts.length - 1; i >= 0; i--) open.push({ part: parts[i] as Part, parent: node });
  }
  return { plan: top.children.length === 1 ? (top.children[0] as Draft) : top, stuck };

  function split(part: Part): { op: 'seq' | 'par'; parts: readonly Part[] } {
    const inParallel = components(part);
    if (inParallel.length > 1) return { op: 'par', parts: inParallel };
    const inSeries = series(part);
    if (inSeries.length > 1) return { op: 'seq', parts: inSeries };
    stuck = true;
    return { op: 'seq', parts: choose(part) };
  }
}

/** Level barriers, as people draw them by hand: every task of one depth, then every task of the next. */
function levelPlan(whole: Part): Node {
  const levels: number[][] = [];
  unitDepths(whole).forEach((depth, i) => {
    levels[depth] ??= [];
    levels[depth].push(whole.tasks[i] as number);
  });
  const children = levels.map(
    (level): Node => (level.length === 1 ? (level[0] as number) : { op: 'par', children: level }),
  );
  return children.length === 1 ? (children[0] as Node) : { op: 'seq', children };
}
