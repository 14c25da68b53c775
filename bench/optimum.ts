import type { Upstreams } from './graphs.ts';

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
