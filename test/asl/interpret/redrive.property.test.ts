import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createVirtualClock,
  type Execution,
  type HistoryEvent,
  type InterpretOptions,
  interpret,
  type StateMachine,
  type TaskHandler,
} from '../../../asl/index.ts';
import { seeded } from '../../../asl/jsonata/index.ts';
import { Stop } from '../../../diagnostics/index.ts';
import { sized } from '../../sized.ts';
import { olderChain } from './older-chain.ts';
import { machineOf, steps } from './random-machines.ts';

function run(machine: StateMachine, tasks: TaskHandler, more: Partial<InterpretOptions> = {}): Promise<Execution> {
  return interpret(machine, { clock: createVirtualClock(0), random: seeded(1), tasks, ...more });
}

/** As GetExecutionHistory gives it: states are named in the details alone. */
const stored = (events: readonly HistoryEvent[]) =>
  events.map((event) => {
    const { name: _, ...rest } = JSON.parse(JSON.stringify(event)) as HistoryEvent;
    return rest as HistoryEvent;
  });

it('however often it fails and is redriven, an execution ends as if it had not failed, and does nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (top) => {
      const { machine, fails } = machineOf(top);
      const smooth = await run(machine, ({ state }) => ({
        result: state,
        durationSeconds: fails.get(state)?.seconds ?? 0,
      }));
      expect(smooth.status).toBe('SUCCEEDED');
      const left = new Map([...fails].map(([name, task]) => [name, task.fails]));
      let succeeded = 0;
      const tasks: TaskHandler = ({ state }) => {
        const more = left.get(state) ?? 0;
        left.set(state, more - 1);
        const durationSeconds = fails.get(state)?.seconds ?? 0;
        if (more > 0) return { error: 'E', durationSeconds };
        return { result: state, durationSeconds };
      };
      let execution = await run(machine, tasks);
      for (let count = 1; execution.status === 'FAILED' && count < 50; count++) {
        execution = await run(machine, tasks, {
          clock: createVirtualClock(count * 1e6),
          // Every other history is one that was recorded with the older chain.
          redrive: { events: stored(count % 2 === 0 ? execution.events : olderChain(execution.events)), count },
        });
      }
      expect(execution.status).toBe('SUCCEEDED');
      expect(execution.output).toEqual(smooth.output);
      for (const { type } of execution.events) if (type === 'TaskStateExited') succeeded++;
      expect(succeeded).toBe(smooth.events.filter(({ type }) => type === 'TaskStateExited').length);
    }),
    { numRuns: sized(50, 150) },
  );
});

it('wherever its history was cut off, an execution comes to the same end', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (top, at) => {
      const { machine, fails } = machineOf(top);
      const tasks: TaskHandler = ({ state }) => ({ result: state, durationSeconds: fails.get(state)?.seconds ?? 0 });
      const whole = await run(machine, tasks);
      const cut = whole.events.slice(0, 1 + (at % whole.events.length));
      const once = await run(machine, tasks, {
        clock: createVirtualClock(1e6),
        redrive: { events: stored(at % 2 === 0 ? cut : olderChain(cut)), count: 1 },
      });
      expect(once.output).toEqual(whole.output);
      // And cut off again in the middle of the redrive.
      const again = once.events.slice(0, cut.length + 1 + (at % (once.events.length - cut.length)));
      const twice = await run(machine, tasks, {
        clock: createVirtualClock(2e6),
        redrive: { events: stored(again), count: 2 },
      });
      expect(twice.output).toEqual(whole.output);
    }),
    { numRuns: sized(60, 200) },
  );
});

it('whatever is called a history, redriving it ends, with an execution or a refusal', async () => {
  const { machine, fails } = machineOf([
    { kind: 'parallel', branches: [[{ kind: 'task', seconds: 1, fails: 0 }], [{ kind: 'wait', seconds: 2 }]] },
    { kind: 'map', items: 3, most: 1, steps: [{ kind: 'task', seconds: 1, fails: 0 }] },
  ]);
  const tasks: TaskHandler = ({ state }) => ({ result: state, durationSeconds: fails.get(state)?.seconds ?? 0 });
  const whole = stored((await run(machine, tasks)).events);
  const other = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('drop', 'swap', 'previous', 'type', 'details'),
    by: fc.nat(),
  });
  let redriven = 0;
  const runs = sized(150, 500);
  await fc.assert(
    fc.asyncProperty(fc.array(other, { minLength: 1, maxLength: 4 }), async (changes) => {
      let events = whole.map((event) => ({ ...event }));
      for (const { at, what, by } of changes) {
        const one = at % events.length;
        const another = events[by % events.length] as HistoryEvent;
        if (what === 'drop') events = events.filter((_, place) => place !== one);
        else if (what === 'swap') events[one] = another;
        else if (what === 'previous') events[one] = { ...(events[one] as HistoryEvent), previousEventId: by % 99 };
        else if (what === 'type') events[one] = { ...(events[one] as HistoryEvent), type: another.type };
        else events[one] = { id: one, previousEventId: one, timestamp: 0, type: another.type };
        if (events.length === 0) return;
      }
      const ended = await run(machine, tasks, { redrive: { events, count: 1 } }).catch((error: unknown) => error);
      redriven++;
      if (!(ended instanceof Stop)) expect(ended).toHaveProperty('status');
    }),
    { numRuns: runs },
  );
  expect(redriven).toBeGreaterThan(runs * 0.9);
});
