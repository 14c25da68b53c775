import { MODEL } from '../authoring/internal.ts';
import { lowerDag } from '../compiler/2-lower/lower.ts';
import { checkGraph } from '../compiler/3-graph/check-graph.ts';
import { planGraph } from '../compiler/4-plan/plan-graph.ts';
import { corpus, criticalPath, dagOf } from './corpus.ts';
import { FAMILIES, type Upstreams } from './graphs.ts';
import { figuresOf, table } from './measurement.ts';
import { spanOf } from './quality.ts';

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

/**
 * The least makespan of all barrier plans of a small DAG, by exhaustive search over its ideals, written from the definition and not
 * from the planner: `OPT(S)` of a connected part is the least `OPT(I) + OPT(S \ I)` over its ideals I, that of several parts the
 * longest of theirs. Sets are bit masks; for up to 20 tasks or so.
 */
export function optimum(upstreams: Upstreams, durations: readonly number[]): number {
  const before = upstreams.map((tasks) => tasks.reduce((mask, task) => mask | (1 << task), 0));
  const near = [...before];
  upstreams.forEach((tasks, i) => {
    for (const task of tasks) near[task]! |= 1 << i;
  });
  const known = new Map<number, number>();
  return best((1 << upstreams.length) - 1);

  function best(set: number): number {
    const found = known.get(set);
    if (found !== undefined) return found;
    const part = component(set);
    const value = part === set ? bestSplit(set) : Math.max(best(part), best(set & ~part));
    known.set(set, value);
    return value;
  }

  function bestSplit(set: number): number {
    const tasks = members(set);
    if (tasks.length === 1) return durations[tasks[0] as number] as number;
    let least = Number.POSITIVE_INFINITY;
    grow(0, 0);
    return least;

    /** Every ideal of the set: for each task in topological order, with it or without it. */
    function grow(at: number, ideal: number): void {
      if (at === tasks.length) {
        if (ideal !== 0 && ideal !== set) least = Math.min(least, best(ideal) + best(set & ~ideal));
        return;
      }
      const task = tasks[at] as number;
      grow(at + 1, ideal);
      if (((before[task] as number) & set & ~ideal) === 0) grow(at + 1, ideal | (1 << task));
    }
  }

  /** The weakly connected part with the lowest task of a set. */
  function component(set: number): number {
    let part = set & -set;
    for (let grown = part; grown !== 0; ) {
      const reached = members(grown).reduce((mask, task) => mask | (near[task] as number), 0) & set & ~part;
      part |= reached;
      grown = reached;
    }
    return part;
  }
}

function members(set: number): number[] {
  const tasks: number[] = [];
  for (let left = set; left !== 0; left &= left - 1) tasks.push(31 - Math.clz32(left & -left));
  return tasks;
}
