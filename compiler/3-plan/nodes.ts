import { byId } from '../2-graph/order.ts';
import type { Subsets } from './subsets.ts';
import type { Tree } from './tree.ts';

/** A plan over indices, as it is made. */
export type Node = number | { readonly op: 'seq' | 'par'; readonly children: readonly Node[] };

/** Splits a connected part that cannot be cut in series into an ideal and the rest: this is where a barrier is added. */
export type Choice = (part: readonly number[]) => {
  readonly first: readonly number[];
  readonly rest: readonly number[];
};

/** Plans every task: parts that know nothing of each other in parallel, true series cuts in series, and what is stuck as `choose` says. */
export function planWith(subsets: Subsets, choose: Choice): Node {
  return planSet(subsets.all());

  function planSet(set: readonly number[]): Node {
    if (set.length === 1) return set[0] as number;
    return join('par', subsets.components(set).map(planConnected));
  }
  function planConnected(set: readonly number[]): Node {
    if (set.length === 1) return set[0] as number;
    const parts = subsets.series(set);
    if (parts.length > 1) return join('seq', parts.map(planSet));
    const { first, rest } = choose(set);
    return join('seq', [planSet(first), planSet(rest)]);
  }
}

/** One node of an operation, flat: its children are of the other one. */
function join(op: 'seq' | 'par', children: readonly Node[]): Node {
  if (children.length === 1) return children[0] as Node;
  return {
    op,
    children: children.flatMap((child) => (typeof child === 'object' && child.op === op ? child.children : [child])),
  };
}

/** The tree with ids for indices, branches in the order of their least id. */
export function ordered(node: Node, ids: readonly string[]): Tree {
  return build(node).tree;

  function build(n: Node): { tree: Tree; least: string } {
    if (typeof n === 'number') return { tree: { kind: 'task', id: ids[n] as string }, least: ids[n] as string };
    const built = n.children.map(build);
    if (n.op === 'par') built.sort((a, b) => byId(a.least, b.least));
    const least = built.map((child) => child.least).reduce((a, b) => (byId(a, b) <= 0 ? a : b));
    return { tree: { kind: n.op, children: built.map(({ tree }) => tree) }, least };
  }
}
