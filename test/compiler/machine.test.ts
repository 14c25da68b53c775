import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { sized } from '../sized.ts';
import { criticalPath, dagOf, range, type Shape, seriesParallel, shapes } from './random-dag.ts';

const machineOf = (shape: Shape, order?: readonly number[]) =>
  compileDag(dagOf(shape, order)).files.get('step_function.json') as string;

/** Runs a machine in virtual time; the tasks named fail. */
async function run(text: string, { minutes }: Shape, failing: ReadonlySet<string>) {
  const ran: string[] = [];
  const { status, cause, startedAt, stoppedAt } = await interpret(JSON.parse(text) as StateMachine, {
    clock: createVirtualClock(0),
    random: () => 0.5,
    tasks: ({ state }) => {
      ran.push(state);
      const durationSeconds = (minutes[Number(state.slice(1))] as number) * 60;
      return failing.has(state)
        ? { error: 'Boom', cause: 'it broke', durationSeconds }
        : { result: {}, durationSeconds };
    },
  });
  return { ran: ran.sort(), status, cause, seconds: (stoppedAt - startedAt) / 1000 };
}

test('the same DAG gives the same bytes, whatever the order of declaration', () => {
  fc.assert(
    fc.property(
      shapes(10).chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.shuffledSubarray(range(shape.upstreams.length), { minLength: shape.upstreams.length }),
        ),
      ),
      ([shape, order]) => {
        expect(machineOf(shape, order)).toBe(machineOf(shape));
      },
    ),
    { numRuns: sized(30, 100) },
  );
});

test('a machine runs every task that depends on no failure, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      shapes(12).chain((shape) => fc.tuple(fc.constant(shape), fc.subarray(range(shape.upstreams.length)))),
      async ([shape, failing]) => {
        const dead = new Set<number>();
        const ends: boolean[] = [];
        shape.upstreams.forEach((before, i) => {
          const blocked = before.some((up) => !ends[up]);
          if (blocked) dead.add(i);
          ends.push(!blocked && !failing.includes(i));
        });
        const { ran, status } = await run(machineOf(shape), shape, new Set(failing.map((i) => `t${i}`)));
        expect(ran).toEqual(
          range(shape.upstreams.length)
            .filter((i) => !dead.has(i))
            .map((i) => `t${i}`)
            .sort(),
        );
        expect(status).toBe(ends.every(Boolean) ? 'SUCCEEDED' : 'FAILED');
      },
    ),
    { numRuns: sized(80, 300) },
  );
});

test('a series-parallel machine takes the critical path', async () => {
  await fc.assert(
    fc.asyncProperty(seriesParallel, async (shape) => {
      expect((await run(machineOf(shape), shape, new Set())).seconds).toBe(criticalPath(shape) * 60);
    }),
    { numRuns: sized(40, 100) },
  );
});
