import { diagnose } from '../../../diagnostics/index.ts';
import type { GraphRule } from './index.ts';

/** What the cases of a branch choose stands right downstream of it. What is computed is checked when the run gets there. */
export const branchTargets: GraphRule = ({ tasks }) =>
  [...tasks.values()].flatMap(({ model: { id, place, decision } }) => {
    if (decision?.kind !== 'cases') return [];
    const downstreams = [...tasks].filter(([, { upstreams }]) => upstreams.has(id)).map(([down]) => down);
    const chosen = new Set([...decision.cases.flatMap((one) => one.chosen), ...decision.otherwise]);
    return [...chosen]
      .filter((one) => !downstreams.includes(one))
      .map((one) => diagnose('DAG035', { branch: id, chosen: one, downstreams }, { task: id, place }));
  });
