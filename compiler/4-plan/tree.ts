import { byId } from '../2-lower/lower.ts';
import type { Plan } from './plan-graph.ts';
import type { Problem } from './problem.ts';

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

/** How long each node takes. @param nodes parents before their children */
export function spansOf(nodes: readonly Tree[], duration: (task: string) => number): Map<Tree, number> {
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
  return spans;
}

/** How long a plan takes by what the user estimated, as a share of the critical path, over the guarded scenarios' mean. */
export function guardedSpan(plan: Node, { scenarios }: Problem): number {
  const guarded = scenarios.filter((scenario) => scenario.guarded);
  return guarded.reduce((mean, { durations, criticalPath }) => {
    const span = fold<number>(
      plan,
      (task) => durations[task] as number,
      (op, spans) => spans.reduce((a, b) => (op === 'seq' ? a + b : Math.max(a, b)), 0),
    );
    return mean + span / (criticalPath || 1) / guarded.length;
  }, 0);
}

/** The plan as text: a line a node, children indented. */
export function printPlan({ tree, barriers }: Plan): string {
  const lines: string[] = [];
  const visit = (node: Tree, indent: string): void => {
    lines.push(`${indent}${node.kind === 'task' ? node.id : node.kind}`);
    if (node.kind !== 'task') for (const child of node.children) visit(child, `${indent}  `);
  };
  visit(tree, '');
  for (const { before, behind, delays } of barriers) {
    lines.push(
      `barrier: [${before.join(', ')}] before [${behind.join(', ')}]${delays.map(({ task, ms }) => `; ${task} waits ${ms} ms longer`).join('')}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

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
