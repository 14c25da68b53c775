import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import type { Draft } from '../graph.ts';
import { cycle } from './cycle.ts';
import { branchTargets, decisions } from './decisions.ts';
import { groups } from './groups.ts';
import { jobsElsewhere } from './jobs-elsewhere.ts';
import { leftRunning } from './left-running.ts';
import { assets, references } from './references.ts';
import { taskToken } from './task-token.ts';
import { ruleUnderSetup, ruleWithoutUpstreams, teardownsSetups } from './trigger-rules.ts';

/** A rule names every fault of its kind. */
export type GraphRule = (draft: Draft) => Diagnostic[];

/** A DAG has at least one task. */
const noTasks: GraphRule = ({ model, tasks }) =>
  tasks.size === 0 && !model.faults.some(isOfTask)
    ? [diagnose('DAG009', { dag: model.id }, { place: model.place })]
    : [];

/** DAG007 reports a task without a valid id, and the DAG does not have it. */
function isOfTask({ code, task }: Diagnostic): boolean {
  return code === 'DAG007' && task !== undefined;
}

export const RULES: readonly GraphRule[] = [
  noTasks,
  references,
  assets,
  teardownsSetups,
  groups,
  branchTargets,
  decisions,
  ruleUnderSetup,
  ruleWithoutUpstreams,
  taskToken,
  leftRunning,
  jobsElsewhere,
  cycle,
];
