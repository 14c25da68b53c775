import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createVirtualClock,
  type Execution,
  type HistoryEvent,
  realClock,
  type TaskHandler,
} from '../../../asl/index.ts';
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
      // Past the event before it, as the service has it.
      [9, 7, 'ParallelStateExited'],
      [10, 9, 'SucceedStateEntered'],
      [11, 10, 'SucceedStateExited'],
      [12, 11, 'ExecutionSucceeded'],
    ]);
  });

  const chain = ({ events }: Execution) =>
    events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`).slice(1);
  const each = (fields: object, State: object = pass()) => ({
    m: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: { StartAt: 's', States: { s: State } }, End: true, ...fields },
  });

  it('an iteration follows what the end of the one before it follows, and the Map is left past its own success', async () => {
    expect(chain(await run(each({}), { input: [1, 2] }))).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
    expect(chain(await run(each({ MaxConcurrency: 2 }), { input: [] }))).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapStateSucceeded',
      '5<3 MapStateExited',
      '6<5 ExecutionSucceeded',
    ]);
  });

  it('of two iterations at one time each has a chain of its own, and the Map follows the one that ended last', async () => {
    const wait = { Type: 'Wait', Seconds: '{% $states.input %}', End: true };
    expect(chain(await run(each({ MaxConcurrency: 2 }, wait), { input: [3, 1, 4] })).slice(6)).toEqual([
      '8<7 WaitStateExited',
      '9<8 MapIterationSucceeded',
      '10<8 MapIterationStarted',
      '11<10 WaitStateEntered',
      '12<5 WaitStateExited',
      '13<12 MapIterationSucceeded',
      '14<11 WaitStateExited',
      '15<14 MapIterationSucceeded',
      '16<15 MapStateSucceeded',
      '17<15 MapStateExited',
      '18<17 ExecutionSucceeded',
    ]);
  });

  it('what a Map does about a failed iteration follows the failure itself', async () => {
    const fields = { Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ['E'], Next: 'z' }] };
    const fail = { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 1 %}', Next: 'ok' }], Default: 'no' };
    const states = each(fields);
    Object.assign(states.m.ItemProcessor.States, { s: fail, ok: pass(), no: { Type: 'Fail', Error: 'E' } });
    expect(chain(await run({ ...states, z: { Type: 'Succeed' } }, { input: [1, 2] }))).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 ChoiceStateEntered',
      '6<5 ChoiceStateExited',
      '7<6 PassStateEntered',
      '8<7 PassStateExited',
      '9<8 MapIterationSucceeded',
      '10<8 MapIterationStarted',
      '11<10 ChoiceStateEntered',
      '12<11 ChoiceStateExited',
      '13<12 FailStateEntered',
      '14<13 MapIterationFailed',
      '15<13 MapStateStarted',
      '16<15 MapIterationStarted',
      '17<16 ChoiceStateEntered',
      '18<17 ChoiceStateExited',
      '19<18 PassStateEntered',
      '20<19 PassStateExited',
      '21<20 MapIterationSucceeded',
      '22<20 MapIterationStarted',
      '23<22 ChoiceStateEntered',
      '24<23 ChoiceStateExited',
      '25<24 FailStateEntered',
      '26<25 MapIterationFailed',
      '27<25 MapStateFailed',
      '28<27 MapStateExited',
      '29<28 SucceedStateEntered',
      '30<29 SucceedStateExited',
      '31<30 ExecutionSucceeded',
    ]);
  });

  it('an expression that fails follows what the entry of its state follows', async () => {
    const bad = pass({ Output: '{% $nosuch %}' });
    const failed = (execution: Execution) => chain(execution).filter((text) => text.includes('EvaluationFailed'));
    expect(chain(await run({ p: bad }))).toEqual([
      '2<0 PassStateEntered',
      '3<0 EvaluationFailed',
      '4<3 ExecutionFailed',
    ]);
    expect(failed(await run({ a: { Type: 'Pass', Next: 'b' }, b: bad }))).toEqual(['5<3 EvaluationFailed']);
    expect(failed(await run(each({}, bad), { input: [1] }))).toEqual(['6<4 EvaluationFailed']);
    const branch = { StartAt: 'b', States: { b: bad } };
    expect(failed(await run({ p: { Type: 'Parallel', Branches: [branch], End: true } }))).toEqual([
      '5<3 EvaluationFailed',
    ]);
    // Whatever the state has done before: its work, its iterations, another attempt.
    const Retry = [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1 }];
    expect(failed(await run({ t: task({ Output: '{% $nosuch %}', Retry }) }))).toEqual([
      '6<0 EvaluationFailed',
      '10<0 EvaluationFailed',
    ]);
    expect(failed(await run(each({ Output: '{% $nosuch %}' }), { input: [1] }))).toEqual(['9<0 EvaluationFailed']);
    expect(chain(await run(each({ ItemSelector: '{% $nosuch %}' }), { input: [1] }))).toEqual([
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<0 EvaluationFailed',
      '5<4 MapStateFailed',
      '6<5 ExecutionFailed',
    ]);
  });

  it('says nothing of variables where none was assigned', async () => {
    const exited = async (fields: object) =>
      (await run({ p: pass(fields) })).events.find(({ type }) => type === 'PassStateExited')?.stateExitedEventDetails;
    const details = { name: 'p', output: '{}', outputDetails: { truncated: false } };
    expect(await exited({ Assign: {} })).toEqual(details);
    expect(await exited({ Assign: { x: 1 } })).toEqual({
      ...details,
      assignedVariables: { x: '1' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  it('says where an expression failed, and nothing where no field is at fault', async () => {
    const detailsOf = ({ events }: Execution) =>
      events.find(({ type }) => type === 'EvaluationFailed')?.evaluationFailedEventDetails;
    const of = { error: 'States.QueryEvaluationError', cause: expect.any(String), state: 'm' };
    expect(detailsOf(await run(each({}), { input: 1 }))).toEqual(of);
    expect(detailsOf(await run(each({ Items: '{% $states.input %}' }), { input: 1 }))).toEqual({
      ...of,
      location: 'Items',
    });
    expect(detailsOf(await run(each({ Items: '{% $nosuch %}' })))).toEqual({ ...of, location: 'Items' });
    expect(detailsOf(await run(each({ ItemSelector: { a: '{% $nosuch %}' } }), { input: [1] }))).toEqual({
      ...of,
      location: 'ItemSelector/a',
    });
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
                  ...task({ Arguments: { s } }),
                  ...(at + 1 < steps.length ? { Next: `${b}.${at + 1}`, End: undefined } : {}),
                },
              ]),
            ),
          }));
          const tasks: TaskHandler = ({ arguments: given }) => {
            const { s } = given as { s: number };
            return { result: s, durationSeconds: s };
          };
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
