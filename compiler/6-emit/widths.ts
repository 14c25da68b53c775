import type { Graph } from '../2-graph/graph.ts';
import type { Tree } from '../4-plan/tree.ts';

/** How many of the tasks that were given a task's handle can run at a time under the plan, at least 1. */
export function widthOf(graph: Graph, tree: Tree, of: string): number {
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
