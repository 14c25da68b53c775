import fc from 'fast-check';
import { Dag } from '../../authoring/index.ts';
import { type DagModel, MODEL } from '../../authoring/internal.ts';
import { aws } from '../../tasks/index.ts';
import { withoutPlaces } from '../without-places.ts';

/** A DAG as plain data: tasks `t0`, `t1` … each with the earlier ones that it waits for. */
export interface Shape {
  readonly upstreams: readonly (readonly number[])[];
  readonly minutes: readonly number[];
}

/** Any DAG of up to `most` tasks. */
export function shapes(most: number): fc.Arbitrary<Shape> {
  return fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      upstreams: fc.tuple(
        ...Array.from({ length: size }, (_, i) =>
          i === 0 ? fc.constant([]) : fc.subarray(range(i), { maxLength: Math.min(i, 4) }),
        ),
      ),
      minutes: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: size, maxLength: size }),
    }),
  );
}

/** Series-parallel DAGs, made by composing: every first task of what comes behind waits for every last one of what comes before. */
export const seriesParallel: fc.Arbitrary<Shape> = fc
  .letrec<{ tree: Composition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: 1, max: 60 }),
      fc.record({
        op: fc.constantFrom('seq' as const, 'par' as const),
        children: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
      }),
    ),
  }))
  .tree.map((tree) => {
    const upstreams: number[][] = [];
    const minutes: number[] = [];
    place(tree, []);
    return { upstreams, minutes };

    function place(node: Composition, before: readonly number[]): number[] {
      if (typeof node === 'number') {
        minutes.push(node);
        return [upstreams.push([...before]) - 1];
      }
      if (node.op === 'par') return node.children.flatMap((child) => place(child, before));
      return node.children.reduce<readonly number[]>((last, child) => place(child, last), before) as number[];
    }
  });
type Composition = number | { readonly op: 'seq' | 'par'; readonly children: readonly Composition[] };

/** The DAG of a shape; `order` is the order in which its tasks are declared. */
export function dagOf(shape: Shape, order: readonly number[] = range(shape.upstreams.length)): Dag {
  return withoutPlaces(() => placed(shape, order));
}

function placed({ upstreams, minutes }: Shape, order: readonly number[]): Dag {
  const dag = new Dag('random');
  const send = aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: 'https://q', MessageBody: 'hello' },
  });
  const tasks = new Map(order.map((i) => [i, dag.task(`t${i}`, send, { estimate: (minutes[i] as number) * 60 })]));
  for (const i of order) for (const up of upstreams[i] as number[]) tasks.get(i)!.after(tasks.get(up)!);
  return dag;
}

export function modelOf(dag: Dag): DagModel {
  return dag[MODEL]();
}

export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** The longest way through a DAG, in minutes: no run of it can take less. */
export function criticalPath({ upstreams, minutes }: Shape): number {
  const ends: number[] = [];
  for (const [i, before] of upstreams.entries())
    ends.push(Math.max(0, ...before.map((up) => ends[up] as number)) + (minutes[i] as number));
  return Math.max(...ends);
}
