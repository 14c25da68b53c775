import { describe, expect, it } from '@jest/globals';
import { pass, run, task, types } from './run.ts';

describe('Pass', () => {
  it.each([0, false, '', null, [], {}, { a: [null] }])('hands on %j', async (value) => {
    expect((await run({ a: pass({ Output: value }) })).output).toEqual(value);
  });

  it('evaluates Output and Assign with the variables from before', async () => {
    const execution = await run({
      a: { Type: 'Pass', Assign: { x: 1 }, Next: 'b' },
      b: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'c' },
      c: pass({ Output: '{% [$states.input, $x, $y] %}' }),
    });
    expect(execution.output).toEqual([1, 2, 1]);
  });

  it('says what it assigned in the history', async () => {
    const { events } = await run({ a: pass({ Assign: { x: { y: 1 } } }) });
    expect(events.find(({ type }) => type === 'PassStateExited')).toEqual({
      id: 3,
      previousEventId: 2,
      timestamp: 0,
      type: 'PassStateExited',
      name: 'a',
      stateExitedEventDetails: {
        name: 'a',
        output: '{}',
        outputDetails: { truncated: false },
        assignedVariables: { x: '{"y":1}' },
        assignedVariablesDetails: { truncated: false },
      },
    });
  });
});

describe('Choice', () => {
  const states = {
    a: {
      Type: 'Choice',
      Choices: [
        {
          Condition: '{% $states.input.n > 5 %}',
          Assign: { picked: 'first' },
          Output: '{% $states.input.n %}',
          Next: 'b',
        },
        { Condition: '{% $states.input.n > 3 %}', Next: 'b' },
        { Condition: false, Next: 'b' },
      ],
      Default: 'b',
      Assign: { picked: 'default' },
      Output: 'none',
    },
    b: pass({ Output: { input: '{% $states.input %}', picked: "{% $exists($picked) ? $picked : 'no' %}" } }),
  };

  it.each([
    [9, { input: 9, picked: 'first' }],
    [4, { input: { n: 4 }, picked: 'no' }],
    [1, { input: 'none', picked: 'default' }],
  ])('with %j gives %j', async (n, output) => {
    expect((await run(states, { input: { n } })).output).toEqual(output);
  });

  it('fails without a match and without a Default', async () => {
    const { Default: _, ...choice } = states.a;
    expect(await run({ ...states, a: choice }, { input: { n: 1 } })).toMatchObject({
      status: 'FAILED',
      error: 'States.NoChoiceMatched',
    });
  });

  it('wants a boolean', async () => {
    const execution = await run({ a: { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'b' }] }, b: pass() });
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toBe(
      "An error occurred while executing the state 'a' (entered at the event id #2). The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
    expect(types(execution)).toBe('ExecutionStarted ChoiceStateEntered:a EvaluationFailed ExecutionFailed');
  });
});

describe('Wait', () => {
  it.each([
    [{ Seconds: 90 }, 90],
    [{ Seconds: '{% 2 * 30 %}' }, 60],
    [{ Timestamp: '1970-01-01T01:00:10+01:00' }, 10],
    [{ Timestamp: '{% $fromMillis(5500) %}' }, 5.5],
    [{ Timestamp: '1969-01-01T00:00:00Z' }, 0],
    [{ Seconds: 0 }, 0],
  ])('%j takes %d s', async (fields, seconds) => {
    const execution = await run({ a: { Type: 'Wait', ...fields, Output: { done: true }, End: true } });
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { done: true }, stoppedAt: seconds * 1000 });
  });
});

describe('Succeed and Fail', () => {
  it('Succeed ends with its output', async () => {
    const execution = await run({ a: { Type: 'Succeed', Output: '{% $states.input.x %}' } }, { input: { x: [1] } });
    expect(execution.output).toEqual([1]);
    expect(types(execution)).toBe('ExecutionStarted SucceedStateEntered:a SucceedStateExited:a ExecutionSucceeded');
  });

  it('Fail fails with what it names, computed or not', async () => {
    expect(
      await run(
        { a: { Type: 'Fail', Error: 'E', Cause: "{% 'because of ' & $states.input.x %}" } },
        { input: { x: 1 } },
      ),
    ).toMatchObject({
      status: 'FAILED',
      error: 'E',
      cause: 'because of 1',
    });
    expect(await run({ a: { Type: 'Fail' } })).not.toHaveProperty('error');
  });
});

describe('the context object', () => {
  it('has what the service puts there', async () => {
    const execution = await run(
      {
        a: task({ Arguments: '{% $states.context %}', Next: 'b', End: undefined }),
        b: pass({ Output: { task: '{% $states.input %}', pass: '{% $states.context.State %}' } }),
      },
      { name: 'n', machineName: 'm', input: { i: 1 } },
    );
    expect(execution.output).toEqual({
      task: {
        Execution: {
          Id: 'arn:aws:states:us-east-1:123456789012:execution:m:n',
          Input: { i: 1 },
          Name: 'n',
          RoleArn: 'arn:aws:iam::123456789012:role/StateMachine',
          StartTime: '1970-01-01T00:00:00Z',
          RedriveCount: 0,
        },
        State: { EnteredTime: '1970-01-01T00:00:00Z', Name: 'a', RetryCount: 0 },
        StateMachine: { Id: 'arn:aws:states:us-east-1:123456789012:stateMachine:m', Name: 'm' },
      },
      pass: { Name: 'b', EnteredTime: '1970-01-01T00:00:00Z' },
    });
  });
});
