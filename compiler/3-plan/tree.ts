/** A series-parallel plan: what Step Functions can run. Tasks are ids. */
export type Tree =
  | { readonly kind: 'task'; readonly id: string }
  | { readonly kind: 'seq' | 'par'; readonly children: readonly Tree[] };

/** The tasks of a tree, in plan order. */
export function tasksOf(tree: Tree): string[] {
  const ids: string[] = [];
  const open: Tree[] = [tree];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (top.kind === 'task') ids.push(top.id);
    else for (let i = top.children.length - 1; i >= 0; i--) open.push(top.children[i] as Tree);
  }
  return ids;
}
