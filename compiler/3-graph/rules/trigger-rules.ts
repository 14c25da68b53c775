import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** A task right under a setup has the rule all_success: Airflow refuses others. Teardowns have a rule of their own. */
export const ruleUnderSetup: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, kind, triggerRule }, upstreams }) => {
    if (kind === 'teardown' || triggerRule === 'all_success') return [];
    const setup = [...upstreams].sort().find((upstream) => tasks.get(upstream)?.model.kind === 'setup');
    return setup === undefined ? [] : [diagnose('DAG019', { task: id, setup, rule: triggerRule }, { task: id, place })];
  });

/** A trigger rule has no meaning for a task without upstreams; one of `defaultArgs` was meant for the tasks behind it. */
export const ruleWithoutUpstreams: GraphRule = ({ tasks }) =>
  [...tasks.values()]
    .filter(
      ({ model, upstreams }) =>
        upstreams.size === 0 &&
        model.kind !== 'teardown' &&
        model.triggerRule !== 'all_success' &&
        model.hasDefaultRule !== true,
    )
    .map(({ model: { id, place, triggerRule } }) =>
      diagnose('DAG029', { task: id, rule: triggerRule }, { task: id, place }),
    );

/** What a teardown names as its setups are setups. */
export const teardownsSetups: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, setups } }) =>
    setups
      .filter((setup) => tasks.get(setup)?.model.kind !== 'setup')
      .map((setup) => diagnose('DAG028', { task: id, setup }, { task: id, place })),
  );
