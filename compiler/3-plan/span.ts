import { fold, type Node } from './nodes.ts';
import type { Problem } from './problem.ts';

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
