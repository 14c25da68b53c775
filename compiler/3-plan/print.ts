import type { Plan } from './plan-graph.ts';
import type { Tree } from './tree.ts';

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
