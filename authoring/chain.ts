import { diagnose } from '../diagnostics/index.ts';
import { shown } from './checks/check.ts';
import { markUsedWithin } from './creations.ts';
import { diagnosticHere, keepFaults, refuse, report } from './faults.ts';
import { callSite } from './place.ts';
import type { AnyTask, Tasks } from './task.ts';
import { handleInfo } from './task.ts';

/**
 * Airflow's `chain`: each task runs after the one before it. A list next to a single task fans out or in; two lists next to each other
 * must have the same length and are linked pair by pair.
 *
 * @throws Stop with DAG004 if two lists differ in length, with DAG107 if an argument is neither a task, a group nor a list of them
 * @example
 * ```ts
 * const load = aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load' } });
 * const [start, left, right, end] = ['start', 'left', 'right', 'end'].map((id) => dag.task(id, load));
 * chain(start!, [left!, right!], end!);
 * ```
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#control-flow
 */
export function chain(...tasks: Tasks): void {
  const strangers = tasks.flat().filter((one) => handleInfo(one) === undefined);
  if (strangers.length > 0) {
    markUsedWithin(strangers);
    const wanted = 'a task’s handle, a group, or a list of them';
    const at = { place: callSite() };
    report(
      strangers.map((one) =>
        diagnose('DAG107', { call: 'chain(…)', argument: 'what it links', given: shown(one), wanted }, at),
      ),
    );
    return;
  }
  const empty = tasks.some((task) => isList(task) && task.length === 0);
  if (empty && tasks.length > 1) keepFaults([diagnosticHere('DAG132', { given: 'list' })]);
  for (let i = 1; i < tasks.length; i++) {
    const [from, to] = [tasks[i - 1]!, tasks[i]!];
    if (isList(from) && isList(to)) {
      if (from.length !== to.length) refuse('DAG004', { left: from.length, right: to.length });
      from.forEach((task, k) => void to[k]!.after(task));
    } else if (isList(to)) {
      for (const task of to) task.after(from);
    } else {
      to.after(from);
    }
  }
}

function isList(value: AnyTask | readonly AnyTask[]): value is readonly AnyTask[] {
  return Array.isArray(value);
}
