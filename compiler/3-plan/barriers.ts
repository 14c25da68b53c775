import type { Problem } from './problem.ts';
import type { Tree } from './tree.ts';
import { tasksOf } from './tree.ts';

/** Waiting that the plan adds: everything behind it waits for everything before it. */
export interface Barrier {
  readonly before: readonly string[];
  readonly behind: readonly string[];
  /** The tasks that start later because of it, and by how much of the planned durations' mean, in milliseconds. */
  readonly delays: readonly { readonly task: string; readonly ms: number }[];
}

/** The places of the plan where a task waits for one that it does not depend on, with what that costs. */
export function barriersOf(tree: Tree, problem: Problem): Barrier[] {
  const index = new Map(problem.ids.map((id, i) => [id, i]));
  const barriers: Barrier[] = [];
  const visit = (node: Tree): void => {
    if (node.kind === 'task') return;
    node.children.forEach(visit);
    if (node.kind === 'par') return;
    for (let i = 1; i < node.children.length; i++) {
      const before = tasksOf(node.children[i - 1] as Tree);
      const behind = tasksOf(node.children[i] as Tree);
      if (!isSeriesCut(before, behind)) barriers.push({ before, behind, delays: [] });
    }
  };
  visit(tree);
  return barriers.map((barrier) => ({ ...barrier, delays: delaysOf(barrier) }));

  /** Whether each last task of the one side is an upstream of each first task of the other. */
  function isSeriesCut(before: readonly string[], behind: readonly string[]): boolean {
    const [left, right] = [indices(before), indices(behind)];
    const last = [...left].filter((v) => !(problem.succs[v] as readonly number[]).some((u) => left.has(u)));
    const first = [...right].filter((v) => !(problem.preds[v] as readonly number[]).some((u) => right.has(u)));
    return first.every((v) => {
      const before = new Set(problem.preds[v]);
      return last.every((u) => before.has(u));
    });
  }
  function indices(ids: readonly string[]): Set<number> {
    return new Set(ids.map((id) => index.get(id) as number));
  }

  /** What the first tasks behind it wait, over what they would wait for their own upstreams on its other side. */
  function delaysOf({ before, behind }: Barrier): Barrier['delays'] {
    const [left, right] = [indices(before), indices(behind)];
    const delays = [...right].map((v) => ({ v, ms: 0 }));
    for (const durations of problem.durations) {
      const ends = new Map<number, number>();
      let all = 0;
      for (const v of [...left].sort((a, b) => a - b)) {
        const start = (problem.preds[v] as readonly number[]).reduce((max, u) => Math.max(max, ends.get(u) ?? 0), 0);
        ends.set(v, start + (durations[v] as number));
        all = Math.max(all, ends.get(v) as number);
      }
      for (const delay of delays) {
        const preds = problem.preds[delay.v] as readonly number[];
        if (preds.some((u) => right.has(u))) continue;
        delay.ms += (all - preds.reduce((max, u) => Math.max(max, ends.get(u) ?? 0), 0)) / problem.durations.length;
      }
    }
    return delays
      .filter(({ ms }) => ms > 0)
      .map(({ v, ms }) => ({ task: problem.ids[v] as string, ms: Math.round(ms) }))
      .sort((a, b) => b.ms - a.ms || (a.task < b.task ? -1 : 1));
  }
}
