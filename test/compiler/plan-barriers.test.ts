import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lowerDag } from '../../compiler/2-lower/lower.ts';
import { checkGraph } from '../../compiler/3-graph/check-graph.ts';
import { scheduleOf } from '../../compiler/4-plan/barriers.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { type Tree, tasksOf } from '../../compiler/4-plan/tree.ts';
import { sized } from '../sized.ts';
import { dagOf, modelOf, type Shape, shapes } from './random-dag.ts';

const plan = (shape: Shape) => planGraph(checkGraph(lowerDag(modelOf(dagOf(shape)))).graph);
const number = (id: string) => Number(id.slice(1));

/** For each task those that it waits for, by the DAG: all of its ancestors. */
function ancestors({ upstreams }: Shape): Set<string>[] {
  const all: Set<string>[] = [];
  for (const before of upstreams)
    all.push(new Set(before.flatMap((up) => [`t${up}`, ...(all[up] as ReadonlySet<string>)])));
  return all;
}

/** Every pair of tasks of which the plan runs the one before the other. */
function pairs(tree: Tree): [before: string, behind: string][] {
  if (tree.kind === 'task') return [];
  const within = tree.children.flatMap(pairs);
  if (tree.kind === 'par') return within;
  const children = tree.children.map(tasksOf);
  return [
    ...within,
    ...children.flatMap((behind, i) =>
      children.slice(0, i).flatMap((before) => before.flatMap((u) => behind.map((v): [string, string] => [u, v]))),
    ),
  ];
}

describe('a barrier', () => {
  test('is told where the plan, for some durations, makes a task wait for one that it does not depend on', () => {
    fc.assert(
      fc.property(shapes(12), (shape) => {
        const { tree, barriers } = plan(shape);
        const known = ancestors(shape);
        for (const { before, behind } of barriers) {
          const added = before.flatMap((u) =>
            behind.filter((v) => !known[number(v)]!.has(u)).map((v) => [u, v] as const),
          );
          expect(added).not.toEqual([]);
          for (const [u, v] of added) expect(scheduleOf(tree, (id) => (id === u ? 1 : 0)).get(v)).toBe(1);
        }
      }),
      { numRuns: sized(80, 300) },
    );
  });

  test('is told wherever the plan does so', () => {
    fc.assert(
      fc.property(shapes(12), (shape) => {
        const { tree, barriers } = plan(shape);
        const known = ancestors(shape);
        const planned = pairs(tree);
        const runsBefore = new Set(planned.map(([u, v]) => `${u} ${v}`));
        const notAfter = (u: string, v: string) => u === v || runsBefore.has(`${u} ${v}`);
        for (const [u, v] of planned.filter(([u, v]) => !known[number(v)]!.has(u))) {
          const between = barriers.filter(
            ({ before, behind }) =>
              before.some((last) => notAfter(u, last)) && behind.some((first) => notAfter(first, v)),
          );
          expect(between).not.toEqual([]);
        }
      }),
      { numRuns: sized(80, 300) },
    );
  });

  test('tells every delay: a task starts when its upstreams have ended, and so much later', () => {
    fc.assert(
      fc.property(shapes(14), (shape) => {
        const { tree, barriers } = plan(shape);
        const ms = (id: string) => shape.minutes[number(id)]! * 60_000;
        const starts = scheduleOf(tree, ms);
        const delays = new Map(barriers.flatMap((barrier) => barrier.delays.map(({ task, ms }) => [task, ms])));
        expect(delays.size).toBe(barriers.flatMap((barrier) => barrier.delays).length);
        shape.upstreams.forEach((before, i) => {
          const ready = Math.max(0, ...before.map((up) => starts.get(`t${up}`)! + ms(`t${up}`)));
          expect(starts.get(`t${i}`)! - ready).toBe(delays.get(`t${i}`) ?? 0);
        });
      }),
      { numRuns: sized(80, 300) },
    );
  });

  test('names the last tasks before it and the first ones behind it', () => {
    const shape: Shape = { upstreams: [[], [0], [], [1], [1, 2], [4]], minutes: [5, 5, 12, 30, 5, 5] };
    expect(plan(shape).barriers).toEqual([
      { before: ['t1'], behind: ['t2', 't3'], delays: [{ task: 't2', ms: 600_000 }] },
    ]);
  });
});
