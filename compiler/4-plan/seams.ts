import { nodesOf, type Tree } from './tree.ts';

/** Where a child of a `seq` ends and the next one begins. The numbers are places in the plan's order of tasks. */
export interface Seam {
  readonly from: number;
  readonly mid: number;
  readonly to: number;
  /** The places of the tasks that start as soon as everything before the seam has ended. */
  readonly next: readonly number[];
}

/** Every seam of a plan, by where what is behind it begins. */
export function seamsOf(tree: Tree): Seam[] {
  const nodes = nodesOf(tree);
  const sizes = new Map<Tree, number>();
  for (const node of [...nodes].reverse())
    sizes.set(node, node.kind === 'task' ? 1 : node.children.reduce((sum, child) => sum + sizes.get(child)!, 0));

  type Draft = Seam & { readonly next: number[] };
  const seams: Draft[] = [];
  const entered = new Map<Tree, { from: number; seam: Draft | undefined }>([[tree, { from: 0, seam: undefined }]]);
  for (const node of nodes) {
    const { from, seam } = entered.get(node)!;
    if (node.kind === 'task') {
      seam?.next.push(from);
      continue;
    }
    let mid = from;
    node.children.forEach((child, i) => {
      const size = sizes.get(child)!;
      let current = seam;
      if (node.kind === 'seq' && i > 0) {
        current = { from: mid - sizes.get(node.children[i - 1] as Tree)!, mid, to: mid + size, next: [] };
        seams.push(current);
      }
      entered.set(child, { from: mid, seam: current });
      mid += size;
    });
  }
  return seams.sort((a, b) => a.mid - b.mid);
}
