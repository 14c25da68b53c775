import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createVirtualClock, type HistoryEvent, realClock, type TaskHandler } from '../../../asl/index.ts';
import { seeded } from '../../../asl/jsonata/index.ts';
import { pass, run, task, times, types } from './run.ts';

const loop = { a: { Type: 'Wait', Seconds: 60, Next: 'b' }, b: { Type: 'Pass', Next: 'a' } };

describe('an execution', () => {
  it('ends at its own timeout, in the middle of anything', async () => {
    const execution = await run(loop, { machine: { TimeoutSeconds: 100 } });
    expect(execution).toMatchObject({ status: 'TIMED_OUT', stoppedAt: 100_000 });
    expect(types(execution)).toMatch(/WaitStateEntered:a ExecutionTimedOut$/);
  });

  it('ends after 25,000 events', async () => {
    const execution = await run(loop);
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    expect(execution.events).toHaveLength(25_000);
    expect(execution.events.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  });

  it('of an Express workflow ends after five minutes', async () => {
    expect(await run(loop, { type: 'EXPRESS' })).toMatchObject({ status: 'TIMED_OUT', stoppedAt: 300_000 });
  });

  it('ends after a year', async () => {
    const wait = { Type: 'Wait', Seconds: 20_000_000 };
    const execution = await run({ a: { ...wait, Next: 'b' }, b: { ...wait, End: true } });
    expect(execution).toMatchObject({ status: 'TIMED_OUT', stoppedAt: 31_536_000_000 });
  });

  it('is aborted from outside, with all that it has begun', async () => {
    const stop = new AbortController();
    const signals: AbortSignal[] = [];
    const Branches = ['a', 'b'].map((name) => ({ StartAt: name, States: { [name]: task() } }));
    const running = run(
      { p: { Type: 'Parallel', Branches, End: true } },
      {
        clock: realClock,
        signal: stop.signal,
        tasks: (call) => {
          signals.push(call.signal);
          if (signals.length === 2) setTimeout(() => stop.abort(), 10);
          return new Promise(() => undefined);
        },
      },
    );
    const execution = await running;
    expect(execution.status).toBe('ABORTED');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(types(execution)).toMatch(/TaskStarted ExecutionAborted$/);
  });

  it('is aborted before it begins', async () => {
    expect(await run({ a: task() }, { signal: AbortSignal.abort() })).toMatchObject({ status: 'ABORTED' });
  });

  it('runs in real time', async () => {
    const began = Date.now();
    const execution = await run(
      { a: { Type: 'Wait', Timestamp: new Date(began + 30).toISOString(), End: true } },
      { clock: realClock },
    );
    expect(execution.status).toBe('SUCCEEDED');
    expect(execution.stoppedAt).toBeGreaterThanOrEqual(began + 30);
  });

  it.each([
    ['an output', pass({ Output: '{% $pad("", 262143, "x") %}' })],
    ['a variable', pass({ Assign: { x: '{% $pad("", 262143, "x") %}' } })],
    ['all that is assigned', pass({ Assign: { x: '{% $pad("", 140000, "x") %}', y: '{% $pad("", 140000, "x") %}' } })],
    ['what a task is given', task({ Arguments: '{% $pad("", 262143, "x") %}' })],
    ['characters of several bytes', pass({ Output: '{% $pad("", 140000, "é") %}' })],
  ])('%s of more than 256 KiB fails it', async (_, state) => {
    expect(await run({ a: state })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('a result of more than 256 KiB fails it, and can be caught', async () => {
    const tasks: TaskHandler = () => ({ result: 'x'.repeat(262_143) });
    expect(await run({ a: task() }, { tasks })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const states = { a: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'b' }] }), b: pass({ Output: 'caught' }) };
    expect(await run(states, { tasks })).toMatchObject({ output: 'caught' });
  });

  it('carries 256 KiB', async () => {
    expect(await run({ a: pass({ Output: '{% $pad("", 262142, "x") %}' }) })).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('keeps 10 MiB of variables', async () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [
          `s${at}`,
          { Type: 'Pass', Assign: { [`v${at}`]: '{% $pad("", 262142, "x") %}' }, Next: `s${at + 1}` },
        ]),
      );
    expect(await run({ ...many(40), s40: pass() })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run({ ...many(41), s41: pass() })).toMatchObject({ error: 'States.DataLimitExceeded' });
  });
});

describe('the history', () => {
  it('tells what follows what: an event of a branch follows the branch’s, the first of each the start of all', async () => {
    const Branches = ['a', 'b'].map((name) => ({ StartAt: name, States: { [name]: pass() } }));
    const { events } = await run({ p: { Type: 'Parallel', Branches, Next: 'z' }, z: { Type: 'Succeed' } });
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'ParallelStateEntered'],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'PassStateEntered'],
      [5, 4, 'PassStateExited'],
      [6, 3, 'PassStateEntered'],
      [7, 6, 'PassStateExited'],
      [8, 7, 'ParallelStateSucceeded'],
      [9, 8, 'ParallelStateExited'],
      [10, 9, 'SucceedStateEntered'],
      [11, 10, 'SucceedStateExited'],
      [12, 11, 'ExecutionSucceeded'],
    ]);
  });

  it('is told as it is written', async () => {
    const told: HistoryEvent[] = [];
    const { events } = await run({ a: pass() }, { onEvent: (event) => told.push(event) });
    expect(told).toEqual(events);
  });

  it('is JSON', async () => {
    const { events } = await run({ a: task({ Arguments: { x: 1 } }) }, { input: { i: 1 } });
    expect(JSON.parse(JSON.stringify(events[1]))).toEqual({
      id: 2,
      previousEventId: 0,
      timestamp: 0,
      type: 'TaskStateEntered',
      name: 'a',
      stateEnteredEventDetails: { name: 'a', input: '{"i":1}', inputDetails: { truncated: false } },
    });
  });

  it('is the same whenever everything else is, and every branch takes its own time', async () => {
    const seconds = fc.integer({ min: 0, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(seconds, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        async (plan) => {
          const Branches = plan.map((steps, b) => ({
            StartAt: `${b}.0`,
            States: Object.fromEntries(
              steps.map((s, at) => [
                `${b}.${at}`,
                {
                  ...task({ Arguments: s }),
                  ...(at + 1 < steps.length ? { Next: `${b}.${at + 1}`, End: undefined } : {}),
                },
              ]),
            ),
          }));
          const tasks: TaskHandler = ({ arguments: s }) => ({ result: s, durationSeconds: s as number });
          const later: TaskHandler = async (call) => tasks(call);
          const states = { p: { Type: 'Parallel', Branches, End: true } };
          const once = await run(states, { tasks });
          const again = await run(states, { tasks, clock: createVirtualClock(0), random: seeded(1) });
          expect(again).toEqual(once);
          const span = Math.max(...plan.map((steps) => steps.reduce((a, b) => a + b)));
          expect(once.stoppedAt).toBe(1000 * span);
          expect((await run(states, { tasks: later })).stoppedAt).toBe(1000 * span);
          const all = times(once, 'TaskSucceeded');
          expect(all).toEqual([...all].sort((a, b) => a - b));
        },
      ),
      { numRuns: 50 },
    );
  });
});
