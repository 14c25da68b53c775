import { describe, expect, it } from '@jest/globals';
import type { TaskHandler } from '../../../asl/index.ts';
import { pass, run, task, times, types } from './run.ts';

/** Fails with these errors, one an attempt, and then answers `ok`. */
const failing = (...errors: string[]): TaskHandler => {
  let at = 0;
  return () => {
    const error = errors[at++];
    return error === undefined ? { result: 'ok' } : { error, cause: `cause ${at}` };
  };
};
const always: TaskHandler = () => ({ error: 'E', cause: 'why' });

describe('Retry', () => {
  it('waits longer each time, and not longer than MaxDelaySeconds', async () => {
    const states = {
      a: task({
        Retry: [
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4, MaxDelaySeconds: 10 },
        ],
      }),
    };
    const execution = await run(states, { tasks: always });
    expect(times(execution, 'TaskScheduled')).toEqual([0, 3, 9, 19, 29]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'E', cause: 'why' });
  });

  it('has the defaults of the service', async () => {
    const execution = await run({ a: task({ Retry: [{ ErrorEquals: ['E'] }] }) }, { tasks: always });
    expect(times(execution, 'TaskScheduled')).toEqual([0, 1, 3, 7]);
  });

  it('spreads its delays where it is told to', async () => {
    const states = {
      a: task({ Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 10, MaxAttempts: 1, JitterStrategy: 'FULL' }] }),
    };
    expect(times(await run(states, { tasks: always, random: () => 0.25 }), 'TaskScheduled')).toEqual([0, 2.5]);
  });

  it('counts the attempts of each retrier over all the errors that it matches, and asks no later one', async () => {
    const Retry = [
      { ErrorEquals: ['A', 'B'], MaxAttempts: 2, IntervalSeconds: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 5, IntervalSeconds: 100 },
    ];
    const all = await run({ a: task({ Retry }) }, { tasks: failing('A', 'C', 'B', 'C') });
    expect(all).toMatchObject({ output: 'ok' });
    expect(times(all, 'TaskScheduled')).toEqual([0, 1, 101, 103, 303]);
    expect(await run({ a: task({ Retry }) }, { tasks: failing('A', 'B', 'A') })).toMatchObject({
      error: 'A',
      cause: 'cause 3',
    });
  });

  it('counts in the context', async () => {
    const execution = await run(
      { a: task({ Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['E'] }] }) },
      { tasks: ({ arguments: given }) => (given === 2 ? { result: given } : { error: 'E' }) },
    );
    expect(execution.output).toBe(2);
  });

  it('MaxAttempts 0 never retries', async () => {
    const states = { a: task({ Retry: [{ ErrorEquals: ['A'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }] }) };
    expect(times(await run(states, { tasks: failing('A') }), 'TaskScheduled')).toEqual([0]);
  });
});

describe('which errors match', () => {
  const caughtBy = async (names: string[], reply: { error: string; cause?: string }) => {
    const states = { a: task({ Catch: [{ ErrorEquals: names, Next: 'b' }] }), b: pass({ Output: 'caught' }) };
    return (await run(states, { tasks: () => reply })).output === 'caught';
  };

  it.each([
    [['E'], 'E', true],
    [['F'], 'E', false],
    [['F', 'E'], 'E', true],
    [['States.ALL'], 'E', true],
    [['States.TaskFailed'], 'E', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.ALL'], 'States.Timeout', true],
    [['States.ALL'], 'States.Runtime', false],
    [['States.Runtime'], 'States.Runtime', false],
    [['States.TaskFailed'], 'States.Runtime', false],
    [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
    [['States.TaskFailed'], 'States.DataLimitExceeded', true],
  ])('%j of %s: %s', async (names, error, caught) => {
    expect(await caughtBy(names, { error })).toBe(caught);
  });

  it('States.ALL does not catch an output over the limit', async () => {
    const big = 'x'.repeat(200_000);
    const states = {
      a: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'c', States: { c: pass({ Output: big }) } }],
        Output: '{% [$states.result, $states.result] %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'b' }],
        Next: 'b',
      },
      b: pass(),
    };
    expect(await run(states)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('Catch', () => {
  it('hands on the error by default, and what it is told to', async () => {
    const states = (catcher: object) => ({
      a: task({ Catch: [{ ErrorEquals: ['E'], Next: 'b', ...catcher }] }),
      b: pass({ Output: '{% [$states.input, $exists($e) ? $e : 0] %}' }),
    });
    expect((await run(states({}), { tasks: always })).output).toEqual([{ Error: 'E', Cause: 'why' }, 0]);
    const told = { Output: '{% $states.errorOutput.Cause %}', Assign: { e: '{% $states.errorOutput.Error %}' } };
    expect((await run(states(told), { tasks: always })).output).toEqual(['why', 'E']);
  });

  it('leaves the cause out where there is none', async () => {
    const states = { a: task({ Catch: [{ ErrorEquals: ['E'], Next: 'b' }] }), b: pass() };
    expect((await run(states, { tasks: () => ({ error: 'E' }) })).output).toEqual({ Error: 'E' });
  });

  it('comes after the retries', async () => {
    const execution = await run(
      {
        a: task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch: [{ ErrorEquals: ['E'], Next: 'b' }] }),
        b: pass(),
      },
      { tasks: always },
    );
    expect(types(execution)).toBe(
      'ExecutionStarted TaskStateEntered:a TaskScheduled TaskStarted TaskFailed TaskScheduled TaskStarted TaskFailed TaskStateExited:a PassStateEntered:b PassStateExited:b ExecutionSucceeded',
    );
  });

  it('assigns to the scope of the state that caught', async () => {
    const execution = await run(
      {
        p: {
          Type: 'Parallel',
          Assign: { outer: 1 },
          Branches: [
            {
              StartAt: 'a',
              States: {
                a: task({ Catch: [{ ErrorEquals: ['E'], Assign: { inner: 'x' }, Next: 'b' }] }),
                b: pass({ Output: '{% $inner %}' }),
              },
            },
          ],
          Next: 'c',
        },
        c: pass({ Output: '{% [$states.input, $exists($inner)] %}' }),
      },
      { tasks: always },
    );
    expect(execution.output).toEqual(['x', false]);
  });
});
