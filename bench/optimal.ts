import { MODEL } from '../authoring/internal.ts';
import { lowerDag } from '../compiler/2-lower/lower.ts';
import { checkGraph } from '../compiler/3-graph/check-graph.ts';
import { planGraph } from '../compiler/4-plan/plan-graph.ts';
import { corpus } from './corpus.ts';
import { criticalPath, dagOf } from './dag-of.ts';
import { FAMILIES } from './graphs.ts';
import { optimum } from './optimum.ts';
import { spanOf } from './quality.ts';
import { figuresOf, table } from './table.ts';

const SIZES = [4, 5, 6, 7, 8, 9];
const EACH = 60;
const MOST = 9;
const BIGGER = [12, 14];

/** How often the plan is as good as the best of all barrier plans, by exhaustive search. */
export function optimal(seed: number): string {
  const rows = [
    { name: `up to ${MOST} tasks`, samples: corpus(seed + 1, SIZES, EACH).filter(({ ms }) => ms.length <= MOST) },
    {
      name: `${BIGGER.join(' and ')} tasks`,
      samples: corpus(seed + 2, BIGGER, EACH / 6).filter(({ ms }) => ms.length <= 15),
    },
  ].map(({ name, samples }) => {
    const ends = samples.map(({ upstreams, ms }) => {
      const { tree } = planGraph(checkGraph(lowerDag(dagOf(upstreams, (i) => ms[i])[MODEL]())).graph);
      return { plan: spanOf(tree, ms), best: optimum(upstreams, ms), path: criticalPath(upstreams, ms) };
    });
    const found = ends.filter(({ plan, best }) => plan === best).length;
    return [
      name,
      `${found} of ${ends.length}`,
      `${((100 * found) / ends.length).toFixed(2)} %`,
      figuresOf(ends.map(({ plan, best }) => plan / best)).max.toFixed(3),
      figuresOf(ends.map(({ best, path }) => best / path)).mean.toFixed(4),
    ];
  });
  return [
    `DAGs of the ${Object.keys(FAMILIES).length} families, known durations; exhaustive search over every ideal.`,
    table(['', 'optimal', '', 'worst over optimum', 'mean of the optimum over the critical path'], rows),
  ].join('\n\n');
}
