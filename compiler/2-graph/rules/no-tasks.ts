import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** A DAG has at least one task. */
export const noTasks: GraphRule = ({ model, tasks }) =>
  tasks.size === 0 ? [diagnose('DAG009', { dag: model.id }, { place: model.place })] : [];
