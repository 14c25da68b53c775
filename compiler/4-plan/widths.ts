import { planWidthLimit, targetOf } from '../../authoring/internal.ts';
import type { Graph, GraphTask } from '../3-graph/graph.ts';
import type { Tree } from './tree.ts';

/** The graph with the plan's numbers in place of the widths that templates wrote into their states. */
export function withWidths(graph: Graph, tree: Tree): Graph {
  const planned = [...graph.tasks].map(([id, task]): [string, GraphTask] => {
    const { fragment } = task;
    const states = withNumbers(fragment.states, () => widthOf(graph, tree, id));
    return [id, states === fragment.states ? task : { ...task, fragment: { ...fragment, states } }];
  });
  return { ...graph, tasks: new Map(planned) };
}

/** The same value where there is no width in it. */
function withNumbers<T>(value: T, width: () => number): T {
  if (typeof value !== 'object' || value === null || targetOf(value)) return value;
  const limit = planWidthLimit(value);
  if (limit !== undefined) return Math.min(width(), limit) as T;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (Array.isArray(value)) {
    const items = value.map((item) => withNumbers(item, width));
    return items.some((item, i) => item !== value[i]) ? (items as T) : value;
  }
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, item, withNumbers(item, width)] as const);
  return entries.some(([, before, after]) => before !== after)
    ? (Object.fromEntries(entries.map(([key, , after]) => [key, after])) as T)
    : value;
}

/** How many of the tasks that were given a task's handle can run at a time under the plan, at least 1. */
function widthOf(graph: Graph, tree: Tree, of: string): number {
  const uses = (id: string) => {
    const { model, reads } = graph.tasks.get(id)!;
    return model.kind !== 'teardown' && reads.some(({ kind, path }) => kind === 'output' && path[1] === of);
  };
  const width = (node: Tree): number => {
    if (node.kind === 'task') return uses(node.id) ? 1 : 0;
    const widths = node.children.map(width);
    return node.kind === 'par' ? widths.reduce((a, b) => a + b, 0) : widths.reduce((a, b) => Math.max(a, b), 0);
  };
  return Math.max(1, width(tree));
}
