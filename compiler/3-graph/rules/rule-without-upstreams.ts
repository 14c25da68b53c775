import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** A trigger rule says nothing of a task that has no upstreams. */
export const ruleWithoutUpstreams: GraphRule = ({ tasks }) =>
  [...tasks.values()]
    .filter(
      ({ model, upstreams }) =>
        upstreams.size === 0 && model.kind !== 'teardown' && model.triggerRule !== 'all_success',
    )
    .map(({ model: { id, place, triggerRule } }) =>
      diagnose('DAG029', { task: id, rule: triggerRule }, { task: id, place }),
    );
