import { type Diagnostic, diagnose } from '../../../diagnostics/index.ts';
import { chosenIds } from '../groups.ts';
import type { GraphRule } from './index.ts';

/** What the cases of a branch choose stands right downstream of it. What is computed is checked when the run gets there. */
export const branchTargets: GraphRule = ({ tasks, groups }) =>
  [...tasks.values()].flatMap(({ model: { id, place, decision } }): Diagnostic[] => {
    if (decision?.kind !== 'cases') return [];
    const downstreams = [...tasks].filter(([, { upstreams }]) => upstreams.has(id)).map(([down]) => down);
    const isRight = (one: string) => downstreams.includes(one) || decision.groups?.[one] !== undefined;
    return chosenIds(decision)
      .filter((one) => !isRight(one))
      .map((one) => {
        if (!groups.has(one) || tasks.has(one))
          return diagnose('DAG035', { branch: id, chosen: one, downstreams }, { task: id, place });
        const first = groups.firstOf(one, tasks);
        return diagnose(
          'DAG130',
          { branch: id, group: one, first, within: groups.of(one).has(id) },
          { task: id, place },
        );
      });
  });
