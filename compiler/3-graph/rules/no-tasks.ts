import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** A DAG has at least one task. */
export const noTasks: GraphRule = ({ model, tasks }) =>
  tasks.size === 0 && !model.faults.some(isOfTask)
    ? [diagnose('DAG009', { dag: model.id }, { place: model.place })]
    : [];

/** A task without a proper id is told as such. */
function isOfTask({ code, task }: Diagnostic): boolean {
  return code === 'DAG007' && task !== undefined;
}
