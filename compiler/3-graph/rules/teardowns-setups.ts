import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** What a teardown names as its setups are setups. */
export const teardownsSetups: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, setups } }) =>
    setups
      .filter((setup) => tasks.get(setup)?.model.kind !== 'setup')
      .map((setup) => diagnose('DAG028', { task: id, setup }, { task: id, place })),
  );
