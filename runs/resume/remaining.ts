import { BAD, SKIPPED, SUCCESS } from '../../airflow/end-state.ts';
import type { Graph, GraphTask } from '../../compiler/3-graph/graph.ts';
import { endsAs, type Facts, type Given, judge, knownAtStart, learn } from '../../compiler/5-outcomes/facts.ts';
import { scopesOf, semanticsOf } from '../../compiler/5-outcomes/semantics.ts';

/** What is left of a run. */
export interface Remaining {
  /** The tasks that run or are judged, by id. */
  readonly tasks: ReadonlySet<string>;
  /** How the others ended. */
  readonly given: Given;
  /** Setups that had succeeded and are made once more, because a task of their scope remains; with their teardowns. */
  readonly anew: readonly string[];
}

/**
 * What remains of a run: every task that did not end well, but for what cannot run any more; the setups in whose scope one of them lies, and
 * their teardowns. What ended well ended, even where the rule by which it ran (`one_failed`, `all_done`) would not let it run any more.
 *
 * @param order every task behind its upstreams
 * @param ended what succeeded, or skipped itself
 * @param skipped what the decisions that were made passed over
 */
export function remainingOf(
  graph: Graph,
  order: readonly string[],
  ended: Given,
  skipped: Iterable<string>,
): Remaining {
  const given = new Map(ended);
  for (const task of skipped) if (!given.has(task)) given.set(task, 'skipped');
  settle(graph, order, given);
  const tasks = new Set([...graph.tasks.keys()].filter((id) => !given.has(id)));
  const anew = makeAnew(graph, tasks, given);
  return { tasks, given, anew };
}

/** Adds the tasks that are sure to be skipped, whatever becomes of the others. */
function settle(graph: Graph, order: readonly string[], given: Map<string, 'success' | 'skipped'>): void {
  const semantics = semanticsOf(graph, given);
  let known: Facts = knownAtStart(given);
  for (const id of graph.tasks.keys()) if (!given.has(id)) known = learn(known, id, ANYTHING);
  for (const id of order) {
    if (given.has(id) || judge(semantics.reasons(id), known) !== 'skipped') continue;
    given.set(id, 'skipped');
    known = endsAs(known, id, 'skipped');
  }
}
const ANYTHING = SUCCESS | BAD | SKIPPED;

/** Moves the setups that are needed, and their teardowns, from what is given to what remains. */
function makeAnew(graph: Graph, tasks: Set<string>, given: Map<string, 'success' | 'skipped'>): string[] {
  const scopes = scopesOf(graph);
  const anew: string[] = [];
  const open = [...tasks];
  const remain = (id: string) => {
    given.delete(id);
    tasks.add(id);
    open.push(id);
  };
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (graph.tasks.get(id)!.model.kind === 'setup') {
      for (const [teardown, { model }] of graph.tasks)
        if (model.kind === 'teardown' && model.setups.includes(id) && given.has(teardown)) remain(teardown);
    }
    for (const setup of scopes.get(id) ?? []) {
      if (given.get(setup) !== 'success') continue;
      anew.push(setup);
      remain(setup);
    }
  }
  return anew.sort();
}

/** The graph of these tasks alone: each waits for those that it waited for directly or through tasks that have ended. */
export function restricted(graph: Graph, tasks: ReadonlySet<string>): Graph {
  const upstreams = new Map([...tasks].map((id) => [id, remainingUpstreams(graph, id, tasks)]));
  const downstreams = new Map<string, string[]>([...tasks].map((id) => [id, []]));
  for (const [id, ups] of upstreams) for (const up of ups) downstreams.get(up)!.push(id);
  const restrict = (id: string, task: GraphTask): [string, GraphTask] => [
    id,
    { ...task, upstreams: upstreams.get(id)!, downstreams: downstreams.get(id)!.sort() },
  ];
  return {
    ...graph,
    tasks: new Map([...graph.tasks].filter(([id]) => tasks.has(id)).map(([id, task]) => restrict(id, task))),
  };
}

function remainingUpstreams(graph: Graph, of: string, tasks: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...graph.tasks.get(of)!.upstreams];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (tasks.has(id)) found.add(id);
    else open.push(...graph.tasks.get(id)!.upstreams);
  }
  return [...found].sort();
}
