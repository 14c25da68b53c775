import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lowerDag } from '../../compiler/2-lower/lower.ts';
import { checkGraph } from '../../compiler/3-graph/check-graph.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { printPlan, type Tree, tasksOf } from '../../compiler/4-plan/tree.ts';
import { sized } from '../sized.ts';
import { criticalPath, dagOf, modelOf, range, type Shape, seriesParallel, shapes } from './random-dag.ts';

const plan = (shape: Shape, order?: readonly number[]) =>
  planGraph(checkGraph(lowerDag(modelOf(dagOf(shape, order)))).graph);

/** When each task starts and ends under a plan, in minutes. */
function schedule(tree: Tree, { minutes }: Shape): Map<string, { start: number; end: number }> {
  const times = new Map<string, { start: number; end: number }>();
  run(tree, 0);
  return times;

  function run(node: Tree, start: number): number {
    if (node.kind === 'task') {
      const end = start + (minutes[Number(node.id.slice(1))] as number);
      times.set(node.id, { start, end });
      return end;
    }
    return node.kind === 'seq'
      ? node.children.reduce((at, child) => run(child, at), start)
      : Math.max(...node.children.map((child) => run(child, start)));
  }
}

const span = (tree: Tree, shape: Shape) => Math.max(...[...schedule(tree, shape).values()].map(({ end }) => end));

/** Every task of a depth, then every task of the next. */
function levelSpan({ upstreams, minutes }: Shape): number {
  const depth: number[] = [];
  const levels: number[] = [];
  upstreams.forEach((before, i) => {
    const d = Math.max(-1, ...before.map((up) => depth[up] as number)) + 1;
    depth.push(d);
    levels[d] = Math.max(levels[d] ?? 0, minutes[i] as number);
  });
  return levels.reduce((a, b) => a + b, 0);
}

describe('a plan', () => {
  test('holds every task once and respects every dependency', () => {
    fc.assert(
      fc.property(shapes(14), (shape) => {
        const { tree } = plan(shape);
        expect(tasksOf(tree).sort()).toEqual(
          range(shape.upstreams.length)
            .map((i) => `t${i}`)
            .sort(),
        );
        const times = schedule(tree, shape);
        shape.upstreams.forEach((before, i) => {
          for (const up of before) expect(times.get(`t${up}`)!.end).toBeLessThanOrEqual(times.get(`t${i}`)!.start);
        });
      }),
      { numRuns: sized(80, 300) },
    );
  });

  test('of a series-parallel DAG takes the critical path, and has no barrier', () => {
    fc.assert(
      fc.property(seriesParallel, (shape) => {
        const { tree, barriers } = plan(shape);
        expect(span(tree, shape)).toBe(criticalPath(shape));
        expect(barriers).toEqual([]);
      }),
      { numRuns: sized(60, 200) },
    );
  });

  test('is never worse than level barriers on the durations planned with', () => {
    fc.assert(
      fc.property(shapes(14), (shape) => {
        expect(span(plan(shape).tree, shape)).toBeLessThanOrEqual(levelSpan(shape));
      }),
      { numRuns: sized(80, 300) },
    );
  });

  test('is the same whatever the order of declaration', () => {
    fc.assert(
      fc.property(
        shapes(10).chain((shape) =>
          fc.tuple(
            fc.constant(shape),
            fc.shuffledSubarray(range(shape.upstreams.length), { minLength: shape.upstreams.length }),
          ),
        ),
        ([shape, order]) => {
          expect(printPlan(plan(shape, order))).toBe(printPlan(plan(shape)));
        },
      ),
      { numRuns: sized(40, 200) },
    );
  });

  test('bears estimates that are off: of two plans that are as good by them, the one that waits less', () => {
    const n: Shape = { upstreams: [[], [], [0], [0, 1]], minutes: [1, 10, 2, 3] };
    expect(printPlan(plan(n)).split('\n')).toEqual([
      'seq',
      '  par',
      '    seq',
      '      t0',
      '      t2',
      '    t1',
      '  t3',
      'barrier: [t2, t1] before [t3]',
      '',
    ]);
  });

  test.each([
    ['a ladder', sized(200, 600), (i: number) => (i < 2 ? [] : i % 2 === 0 ? [i - 2] : [i - 1, i - 2])],
    ['a nest', sized(1000, 2000), (i: number) => (i === 0 ? [] : [i - 1 - (i % 2 === 0 ? 1 : 0)])],
    ['a chain', sized(3000, 10_000), (i: number) => (i === 0 ? [] : [i - 1])],
    ['a fan', sized(3000, 10_000), (i: number) => (i === 0 ? [] : [0])],
  ])('of %s of %i tasks is made', (_, size, before) => {
    const shape = { upstreams: range(size).map(before), minutes: range(size).map((i) => 1 + (i % 7)) };
    expect(tasksOf(plan(shape).tree)).toHaveLength(size);
  });
});
