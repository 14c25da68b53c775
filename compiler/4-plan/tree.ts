import { fold, type Node } from './nodes.ts';
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
