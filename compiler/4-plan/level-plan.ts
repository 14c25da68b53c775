import { unitDepths } from './divisions.ts';
import type { Node } from './nodes.ts';
import type { Part } from './part.ts';

/** Level barriers, as people draw them by hand: every task of one depth, then every task of the next. */
export function levelPlan(whole: Part): Node {
  const levels: number[][] = [];
  unitDepths(whole).forEach((depth, i) => {
    levels[depth] ??= [];
    levels[depth].push(whole.tasks[i] as number);
  });
  const children = levels.map(
    (level): Node => (level.length === 1 ? (level[0] as number) : { op: 'par', children: level }),
  );
  return children.length === 1 ? (children[0] as Node) : { op: 'seq', children };
}
