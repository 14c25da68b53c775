import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { pass, run, runJsonPath, task, types } from '../interpret/run.ts';

/** "States", sentence by sentence, as far as it is about running them. */
const then = (fields: object, Next: string) => pass({ ...fields, End: undefined, Next });
const failing = (...errors: string[]) => {
  let at = 0;
  return () => {
    const error = errors[at++];
    return error === undefined ? { result: 'done' } : { error, cause: `cause of ${error}` };
  };
};
const branch = (states: object) => ({ StartAt: Object.keys(states)[0], States: states });
const distributed = (states: object) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  ...branch(states),
});

describe('scopes', () => {
  it('an inner scope reads the outer variables, and its own are not seen outside', async () => {
    const { output } = await run({
      A: then({ Assign: { outer: 1 } }, 'P'),
      P: {
        Type: 'Parallel',
        Branches: [
          branch({ B1: then({ Assign: { inner: '{% $outer + 1 %}' } }, 'B2'), B2: pass({ Output: '{% $inner %}' }) }),
          branch({ B3: pass({ Output: '{% $exists($inner) %}' }) }),
        ],
        Next: 'Z',
      },
      Z: pass({ Output: '{% [$states.input, $exists($inner), $outer] %}' }),
    });
    expect(output).toEqual([2, false, false, 1]);
  });

  it('Map iterations each have a scope', async () => {
    const { output } = await run({
      A: then({ Assign: { outer: 1 } }, 'M'),
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: branch({
          I: then({ Assign: { mine: '{% $exists($mine) %}' } }, 'J'),
          J: pass({ Output: '{% [$mine, $outer] %}' }),
        }),
        End: true,
      },
    });
    expect(output).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });

  it("a distributed Map's children read no outer variable", async () => {
    const { output } = await run({
      A: then({ Assign: { outer: 1 } }, 'M'),
      M: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: distributed({ I: pass({ Output: '{% $exists($outer) %}' }) }),
        End: true,
      },
    });
    expect(output).toEqual([false]);
  });

  it("a Catch's Assign writes to the scope of the state that caught", async () => {
    const { output } = await run({
      P: {
        Type: 'Parallel',
        Branches: [branch({ F: { Type: 'Fail', Error: 'Inner', Cause: 'why' } })],
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { caught: '{% $states.errorOutput.Error %}' }, Next: 'Z' }],
        End: true,
      },
      Z: pass({ Output: '{% $caught %}' }),
    });
    expect(output).toBe('Inner');
  });
});

describe('Choice', () => {
  const choice = (n: number) => ({
    A: {
      Type: 'Choice',
      Choices: [{ Condition: `{% ${n} = 1 %}`, Next: 'Z', Assign: { x: 'rule' }, Output: 'rule' }],
      Default: 'Z',
      Assign: { x: 'state' },
      Output: 'state',
    },
    Z: pass({ Output: '{% [$states.input, $x] %}' }),
  });

  it('its own Assign and Output count only for Default', async () => {
    expect((await run(choice(1))).output).toEqual(['rule', 'rule']);
    expect((await run(choice(2))).output).toEqual(['state', 'state']);
  });

  it('a rule without Assign and Output does not take those of the state', async () => {
    const states = choice(1);
    states.A.Choices = [{ Condition: true, Next: 'Z' } as never];
    states.Z = pass({ Output: '{% [$states.input, $exists($x)] %}' });
    expect((await run(states, { input: 'in' })).output).toEqual(['in', false]);
  });

  it('without a match and without Default fails with States.NoChoiceMatched', async () => {
    const A = { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'Z' }] };
    expect(await run({ A, Z: pass() })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

describe('Retry', () => {
  const retried = (Retry: object[], fields: object = {}) => ({ A: task({ Retry, ...fields }) });
  const attempts = (execution: { events: readonly { type: string }[] }) =>
    execution.events.filter(({ type }) => type === 'TaskScheduled').length;

  it('attempts add up over all the errors that one retrier matched', async () => {
    const states = retried([{ ErrorEquals: ['E1', 'E2'], MaxAttempts: 2 }]);
    const execution = await run(states, { tasks: failing('E1', 'E2', 'E1') });
    expect([execution.error, attempts(execution)]).toEqual(['E1', 3]);
  });

  it('only the first retrier that matches counts; when it is used up a later one is not asked', async () => {
    const states = retried([
      { ErrorEquals: ['E1'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
    ]);
    const execution = await run(states, { tasks: failing('E1', 'E1', 'E1') });
    expect([execution.error, attempts(execution)]).toEqual(['E1', 2]);
    expect((await run(states, { tasks: failing('E1', 'E2', 'E2') })).status).toBe('SUCCEEDED');
  });

  it('a failure to evaluate Output is retried, and then caught', async () => {
    const states = {
      A: task({
        Output: "{% $states.result = 'done' ? $nothing : 1 %}",
        Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z', Output: '{% $states.errorOutput.Error %}' }],
      }),
      Z: pass(),
    };
    const execution = await run(states, { tasks: () => ({ result: 'done' }) });
    expect([execution.output, attempts(execution)]).toEqual(['States.QueryEvaluationError', 3]);
  });

  it('a failure to evaluate Arguments is retried, and then caught', async () => {
    const states = {
      A: task({
        Arguments: { n: '{% $states.context.State.RetryCount < 2 ? $nothing : $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
      }),
    };
    expect((await run(states)).output).toEqual({ n: 2 });
  });
});

describe('error names', () => {
  const caughtBy = async (name: string, error: string, fields: object = {}) => {
    const states = {
      A: task({ Catch: [{ ErrorEquals: [name], Next: 'Z' }], ...fields }),
      Z: pass({ Output: 'caught' }),
    };
    return (
      (await run(states, { tasks: () => ({ error, durationSeconds: error === 'slow' ? 99 : 0 }) })).output === 'caught'
    );
  };

  it('States.TaskFailed matches every error but States.Timeout', async () => {
    for (const error of ['Any', 'States.Permissions', 'States.Http.StatusCode.404', 'Glue.AWSGlueException']) {
      expect([error, await caughtBy('States.TaskFailed', error)]).toEqual([error, true]);
    }
    expect(await caughtBy('States.TaskFailed', 'States.Timeout')).toBe(false);
    expect(await caughtBy('States.TaskFailed', 'slow', { TimeoutSeconds: 1 })).toBe(false);
    expect(await caughtBy('States.Timeout', 'slow', { TimeoutSeconds: 1 })).toBe(true);
  });

  it('States.Runtime is never retried or caught', async () => {
    for (const name of ['States.ALL', 'States.TaskFailed', 'States.Runtime']) {
      expect([name, await caughtBy(name, 'States.Runtime')]).toEqual([name, false]);
    }
    const states = {
      A: {
        ...task(),
        Arguments: undefined,
        Parameters: { 'a.$': '$.nothing' },
        Retry: [{ ErrorEquals: ['States.ALL'] }],
      },
    };
    const execution = await runJsonPath(states);
    expect([execution.error, types(execution)]).toEqual([
      'States.Runtime',
      'ExecutionStarted TaskStateEntered:A ExecutionFailed',
    ]);
  });

  it('States.DataLimitExceeded is not caught by States.ALL, but one that a result over the quota raised is', async () => {
    expect(await caughtBy('States.DataLimitExceeded', 'States.DataLimitExceeded')).toBe(true);
    expect(await caughtBy('States.ALL', 'States.DataLimitExceeded')).toBe(true);
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Z' }];
    const big = await run({ A: task({ Arguments: {}, Output: "{% $pad('', 300000, 'x') %}", Catch }), Z: pass() });
    expect([big.status, big.error]).toEqual(['FAILED', 'States.DataLimitExceeded']);
  });
});

describe('Map', () => {
  const item = { I: pass({ Output: '{% $states.input %}' }) };
  const failsOn2 = {
    I: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'F' }], Default: 'S' },
    F: { Type: 'Fail', Error: 'E', Cause: 'C' },
    S: { Type: 'Succeed' },
  };
  const map = (fields: object) => ({ M: { Type: 'Map', End: true, ...fields } });

  it('inline takes an array, not an object', async () => {
    expect((await run(map({ Items: [1, 2], ItemProcessor: branch(item) }))).output).toEqual([1, 2]);
    expect((await run(map({ Items: '{% {"a": 1} %}', ItemProcessor: branch(item) }))).error).toBe(
      'States.QueryEvaluationError',
    );
  });

  it('distributed takes an object too, with Map.Item.Key and Value', async () => {
    const ItemSelector = { key: '{% $states.context.Map.Item.Key %}', value: '{% $states.context.Map.Item.Value %}' };
    const { output } = await run(map({ Items: { a: 1, b: [2] }, ItemSelector, ItemProcessor: distributed(item) }));
    expect(output).toEqual([
      { key: 'a', value: 1 },
      { key: 'b', value: [2] },
    ]);
  });

  it('ItemBatcher gives children Items and BatchInput', async () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { x: '{% $states.input %}' } };
    const { output } = await run(map({ Items: [1, 2, 3], ItemBatcher, ItemProcessor: distributed(item) }), {
      input: 'in',
    });
    expect(output).toEqual([
      { Items: [1, 2], BatchInput: { x: 'in' } },
      { Items: [3], BatchInput: { x: 'in' } },
    ]);
  });

  it('a failed child fails the Map unless tolerated', async () => {
    const run1 = await run(map({ Items: [1, 2, 3], ItemProcessor: distributed(failsOn2) }));
    expect([run1.status, run1.error]).toEqual(['FAILED', 'States.ExceedToleratedFailureThreshold']);
  });

  it('a tolerated child stands in the result as its failure', async () => {
    const run1 = await run(map({ Items: [1, 2, 3], ToleratedFailureCount: 1, ItemProcessor: distributed(failsOn2) }));
    expect(run1.output).toEqual([1, { Status: 'FAILED', Error: 'E', Cause: 'C' }, 3]);
  });

  it('a threshold of 0 counts as unset', async () => {
    const Items = [1, 2, 3];
    const both = {
      Items,
      ToleratedFailureCount: 0,
      ToleratedFailurePercentage: 50,
      ItemProcessor: distributed(failsOn2),
    };
    expect((await run(map(both))).status).toBe('SUCCEEDED');
    const other = {
      Items,
      ToleratedFailureCount: 1,
      ToleratedFailurePercentage: 0,
      ItemProcessor: distributed(failsOn2),
    };
    expect((await run(map(other))).status).toBe('SUCCEEDED');
    const none = {
      Items,
      ToleratedFailureCount: 0,
      ToleratedFailurePercentage: 0,
      ItemProcessor: distributed(failsOn2),
    };
    expect((await run(map(none))).error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('a failed batch counts each of its items', async () => {
    const batches = (ToleratedFailureCount: number) =>
      map({
        Items: [1, 2, 3, 4],
        ItemBatcher: { MaxItemsPerBatch: 2 },
        ToleratedFailureCount,
        ItemProcessor: distributed({
          I: { Type: 'Choice', Choices: [{ Condition: '{% 1 in $states.input.Items %}', Next: 'F' }], Default: 'S' },
          F: { Type: 'Fail', Error: 'E' },
          S: { Type: 'Succeed' },
        }),
      });
    expect((await run(batches(1))).error).toBe('States.ExceedToleratedFailureThreshold');
    expect((await run(batches(2))).output).toEqual([{ Status: 'FAILED', Error: 'E' }, { Items: [3, 4] }]);
  });

  it('with ResultWriter it answers where the results are', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'p' } };
    const { output } = await run(map({ Items: [1], ResultWriter, ItemProcessor: distributed(item) }));
    const { MapRunArn, ResultWriterDetails } = output as { MapRunArn: string; ResultWriterDetails: Json };
    expect(MapRunArn).toMatch(/^arn:aws:states:[^:]+:\d{12}:mapRun:[^/:]+\/[^:]+:[0-9a-f-]{36}$/);
    expect(ResultWriterDetails).toEqual({ Bucket: 'b', Key: `p/${MapRunArn.slice(-36)}/manifest.json` });
  });
});

describe('the context object', () => {
  it('has what it has', async () => {
    const { output } = await run({ A: pass({ Output: '{% $states.context %}' }) }, { input: { in: 1 }, name: 'mine' });
    expect(output).toEqual({
      Execution: {
        Id: expect.stringMatching(/^arn:aws:states:[^:]+:\d{12}:execution:StateMachine:mine$/),
        Input: { in: 1 },
        Name: 'mine',
        RoleArn: expect.stringMatching(/^arn:aws:iam::\d{12}:role\//),
        StartTime: '1970-01-01T00:00:00Z',
        RedriveCount: 0,
      },
      State: { EnteredTime: '1970-01-01T00:00:00Z', Name: 'A' },
      StateMachine: { Id: expect.stringMatching(/:stateMachine:StateMachine$/), Name: 'StateMachine' },
    });
  });

  it('has RetryCount in Task and Map alone', async () => {
    const count = '{% $exists($states.context.State.RetryCount) ? $states.context.State.RetryCount : -1 %}';
    const { output } = await run({
      A: pass({ Assign: { pass: count }, End: undefined, Next: 'B' }),
      B: task({ Assign: { task: count }, End: undefined, Next: 'C' }),
      C: { Type: 'Map', Items: [], ItemProcessor: branch({ I: pass() }), Assign: { map: count }, Next: 'D' },
      D: { Type: 'Wait', Seconds: 0, Assign: { wait: count }, Next: 'E' },
      E: {
        Type: 'Parallel',
        Branches: [branch({ J: pass() })],
        Output: `{% [$pass, $task, $map, $wait] %}`,
        End: true,
      },
    });
    expect(output).toEqual([-1, 0, 0, -1]);
  });

  it('has Task.Token where the work is called back, and Map.Item only in ItemSelector', async () => {
    const token = await run({
      A: task({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: '{% $states.context.Task %}',
      }),
    });
    expect(token.output).toEqual({ Token: expect.stringMatching(/.+/) });
    const { output } = await run({
      M: {
        Type: 'Map',
        Items: ['a'],
        ItemSelector: { index: '{% $states.context.Map.Item.Index %}', value: '{% $states.context.Map.Item.Value %}' },
        ItemProcessor: branch({
          I: pass({ Output: '{% $merge([$states.input, {"map": $exists($states.context.Map)}]) %}' }),
        }),
        End: true,
      },
    });
    expect(output).toEqual([{ index: 0, value: 'a', map: false }]);
  });
});

describe('seconds', () => {
  it.each([
    ['{% 0 %}', 'SUCCEEDED'],
    ['{% 99999999 %}', 'SUCCEEDED'],
    ['{% 100000000 %}', 'FAILED'],
    ['{% -1 %}', 'FAILED'],
  ])('a Wait of %s: %s', async (Seconds, status) => {
    // The year of a Standard execution is over before.
    const { status: got, error } = await run({ A: { Type: 'Wait', Seconds, End: true } });
    expect([got === 'TIMED_OUT' ? 'SUCCEEDED' : got, error]).toEqual([
      status,
      status === 'FAILED' ? expect.any(String) : undefined,
    ]);
  });

  it('TimeoutSeconds is from 1, and HeartbeatSeconds below it', async () => {
    expect((await run({ A: task({ TimeoutSeconds: '{% 0 %}' }) })).status).toBe('FAILED');
    expect((await run({ A: task({ TimeoutSeconds: '{% 1 %}' }) })).status).toBe('SUCCEEDED');
    expect((await run({ A: task({ TimeoutSeconds: '{% 5 %}', HeartbeatSeconds: '{% 5 %}' }) })).status).toBe('FAILED');
    expect((await run({ A: task({ TimeoutSeconds: '{% 5 %}', HeartbeatSeconds: '{% 4 %}' }) })).status).toBe(
      'SUCCEEDED',
    );
  });
});
