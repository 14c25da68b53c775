import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** A task right under a setup has the rule all_success: Airflow refuses others. Teardowns have a rule of their own. */
export const ruleUnderSetup: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, kind, triggerRule }, upstreams }) => {
    if (kind === 'teardown' || triggerRule === 'all_success') return [];
    const setup = [...upstreams].sort().find((upstream) => tasks.get(upstream)?.model.kind === 'setup');
    return setup === undefined ? [] : [diagnose('DAG019', { task: id, setup, rule: triggerRule }, { task: id, place })];
  });
