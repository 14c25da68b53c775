import { reference, referredOf } from './reference.ts';

/**
 * An output that may not be there when the run gets to its reader: the trigger rule lets the reader run although the task failed, was
 * skipped or was not chosen by a branch. The type gets `| undefined`; an expression says what stands for the value, with `??`, `?.`,
 * `===`, or a condition on it. By itself, in a text or as a field's value, it is refused.
 *
 * @example
 * ```ts
 * const job = dag.task('job', aws({ service: 'glue', action: 'startJobRun', parameters: { JobName: 'daily' } }));
 * const message = expr(() => `the run was ${maybe(job.output.JobRunId) ?? 'not started'}`);
 * dag.task('tell', say(message), { triggerRule: 'all_done' }).after(job);
 * dag.if(() => maybe(job.output)?.JobRunId !== undefined).then(watch);
 * ```
 */
export function maybe<T>(value: T): T | undefined {
  const referred = referredOf(value);
  if (!referred) return value;
  const { target, open, shape, schema } = referred;
  return reference({ ...target, whole: true, maybe: true }, open, shape, schema, true) as T;
}
