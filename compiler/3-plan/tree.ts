/** A series-parallel plan: what Step Functions can run. Tasks are ids. */
export type Tree =
  | { readonly kind: 'task'; readonly id: string }
  | { readonly kind: 'seq' | 'par'; readonly children: readonly Tree[] };

/** Every node, parents before their children, in plan order. A plan may be deep: nothing is called within itself. */
export function nodesOf(tree: Tree): Tree[] {
  const nodes: Tree[] = [];
  const open: Tree[] = [tree];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    nodes.push(top);
    if (top.kind !== 'task') for (let i = top.children.length - 1; i >= 0; i--) open.push(top.children[i] as Tree);
  }
  return nodes;
}

/** The tasks of a tree, in plan order. */
export function tasksOf(tree: Tree): string[] {
  return nodesOf(tree).flatMap((node) => (node.kind === 'task' ? [node.id] : []));
}
