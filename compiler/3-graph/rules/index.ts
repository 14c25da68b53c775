import type { Diagnostic } from '../../../diagnostics/index.ts';
import type { Draft } from '../graph.ts';
import { assets } from './assets.ts';
import { branchTargets } from './branch-targets.ts';
import { cycle } from './cycle.ts';
import { decisions } from './decisions.ts';
import { groups } from './groups.ts';
import { noTasks } from './no-tasks.ts';
import { references } from './references.ts';
import { ruleUnderSetup } from './rule-under-setup.ts';
import { ruleWithoutUpstreams } from './rule-without-upstreams.ts';
import { taskToken } from './task-token.ts';
import { teardownsSetups } from './teardowns-setups.ts';

/** A rule names every fault of its kind. */
export type GraphRule = (draft: Draft) => Diagnostic[];

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
  cycle,
];
