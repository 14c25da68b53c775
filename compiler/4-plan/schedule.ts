import { nodesOf, type Tree } from './tree.ts';

/** When each task starts under a plan, in milliseconds, by id. */
export function scheduleOf(tree: Tree, duration: (task: string) => number): Map<string, number> {
  const nodes = nodesOf(tree);
  const spans = new Map<Tree, number>();
  for (const node of [...nodes].reverse()) {
    if (node.kind === 'task') spans.set(node, duration(node.id));
    else
      spans.set(
        node,
        node.children.reduce((sum, child) => {
          const span = spans.get(child)!;
          return node.kind === 'seq' ? sum + span : Math.max(sum, span);
        }, 0),
      );
  }
  const starts = new Map<string, number>();
  const entered = new Map<Tree, number>([[tree, 0]]);
  for (const node of nodes) {
    let at = entered.get(node)!;
    if (node.kind === 'task') {
      starts.set(node.id, at);
      continue;
    }
    for (const child of node.children) {
      entered.set(child, at);
      if (node.kind === 'seq') at += spans.get(child)!;
    }
  }
  return starts;
}
