import type { Node } from './nodes.ts';
import type { Problem } from './problem.ts';

/** How long a plan takes, as a share of the critical path, over the scenarios' mean. */
export function meanSpan(node: Node, problem: Problem): number {
  const spans = problem.durations.map((durations) => span(node, durations));
  return spans.reduce((sum, s, i) => sum + s / (criticalPath(problem, i) || 1), 0) / spans.length;
}

function span(node: Node, durations: readonly number[]): number {
  if (typeof node === 'number') return durations[node] as number;
  const spans = node.children.map((child) => span(child, durations));
  return node.op === 'seq' ? spans.reduce((a, b) => a + b, 0) : spans.reduce((a, b) => Math.max(a, b), 0);
}

/** The longest way through the whole DAG in a scenario, in milliseconds. */
export function criticalPath({ preds, durations }: Problem, scenario: number): number {
  const ends = new Float64Array(preds.length);
  let longest = 0;
  preds.forEach((before, v) => {
    const start = before.reduce((max, u) => Math.max(max, ends[u] as number), 0);
    ends[v] = start + (durations[scenario]![v] as number);
    longest = Math.max(longest, ends[v] as number);
  });
  return longest;
}
