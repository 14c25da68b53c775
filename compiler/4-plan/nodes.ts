import { byId } from '../2-lower/order.ts';
import type { Tree } from './tree.ts';

/** A plan over indices, as it is made: children of a node are of the other operation, or tasks. */
export type Node = number | { readonly op: 'seq' | 'par'; readonly children: readonly Node[] };

/** What a plan comes to, from its tasks upwards. Plans may be deep: nothing is called within itself. */
export function fold<T>(
  plan: Node,
  leaf: (task: number) => T,
  join: (op: 'seq' | 'par', children: readonly T[]) => T,
): T {
  const root: T[] = [];
  const open: { node: Exclude<Node, number>; done: T[]; into: T[] }[] = [];
  const enter = (node: Node, into: T[]) => {
    if (typeof node === 'number') into.push(leaf(node));
    else open.push({ node, done: [], into });
  };
  enter(plan, root);
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    const next = last.node.children[last.done.length];
    if (next !== undefined) {
      enter(next, last.done);
    } else {
      open.pop();
      last.into.push(join(last.node.op, last.done));
    }
  }
  return root[0] as T;
}

/** The tree with ids for indices, branches in the order of their least id. */
export function ordered(plan: Node, ids: readonly string[]): Tree {
  return fold<{ tree: Tree; least: string }>(
    plan,
    (task) => ({ tree: { kind: 'task', id: ids[task] as string }, least: ids[task] as string }),
    (op, children) => {
      const built = op === 'par' ? [...children].sort((a, b) => byId(a.least, b.least)) : children;
      const least = built.map((child) => child.least).reduce((a, b) => (byId(a, b) <= 0 ? a : b));
      return { tree: { kind: op, children: built.map(({ tree }) => tree) }, least };
    },
  ).tree;
}
