import { Dag } from '../authoring/index.ts';
import { aws } from '../tasks/index.ts';
import type { Upstreams } from './graphs.ts';

/** What is said of a task's duration: milliseconds, a range of them, or nothing. */
export type Estimate = number | readonly [number, number] | undefined;

/** A DAG of tasks `t0`, `t1` … that send a message each. */
export function dagOf(upstreams: Upstreams, estimate: (task: number) => Estimate): Dag {
  const dag = new Dag('bench');
  const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'm' } });
  const tasks = upstreams.map((_, i) => dag.task(`t${i}`, send, specOf(estimate(i))));
  upstreams.forEach((before, i) => void tasks[i]!.after(...before.map((up) => tasks[up]!)));
  return dag;
}

function specOf(estimate: Estimate) {
  if (estimate === undefined) return {};
  if (typeof estimate === 'number') return { estimate: estimate / 1000 };
  return { estimate: [estimate[0] / 1000, estimate[1] / 1000] as const };
}

/** The longest way through a DAG, in milliseconds: no run of it takes less. */
export function criticalPath(upstreams: Upstreams, ms: readonly number[]): number {
  const ends: number[] = [];
  for (const [i, before] of upstreams.entries())
    ends.push(before.reduce((latest, up) => Math.max(latest, ends[up] as number), 0) + (ms[i] as number));
  return ends.reduce((a, b) => Math.max(a, b), 0);
}
