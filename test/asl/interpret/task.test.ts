import { describe, expect, it } from '@jest/globals';
import { createVirtualClock, type TaskCall, type TaskReply } from '../../../asl/index.ts';
import { pass, run, task, times, types } from './run.ts';

describe('Task', () => {
  it('hands its arguments to the handler and its result on', async () => {
    const calls: TaskCall[] = [];
    const execution = await run(
      {
        a: task({
          Arguments: { n: '{% $states.input.n %}' },
          Assign: { r: '{% $states.result.x %}' },
          Next: 'b',
          End: undefined,
        }),
        b: pass({ Output: '{% $r %}' }),
      },
      {
        input: { n: 5 },
        tasks: (call) => {
          calls.push(call);
          return { result: { x: 7 }, durationSeconds: 2 };
        },
      },
    );
    expect(execution).toMatchObject({ output: 7, stoppedAt: 2000 });
    expect(calls).toMatchObject([
      { state: 'a', resource: 'arn:aws:states:::lambda:invoke', arguments: { n: 5 }, attempt: 0 },
    ]);
  });

  it('gives a token to work that answers later, in the context too', async () => {
    const tokens: unknown[] = [];
    await run(
      {
        a: task({
          Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          Arguments: { t: '{% $states.context.Task.Token %}' },
        }),
      },
      {
        tasks: ({ token, arguments: given }) => {
          tokens.push(token, given);
          return { result: {} };
        },
      },
    );
    expect(tokens[0]).toEqual(expect.any(String));
    expect(tokens[1]).toEqual({ t: tokens[0] });
  });

  it.each([
    [
      'events:putEvents',
      { FailedEntryCount: 1, Entries: [{ ErrorCode: 'MalformedDetail' }] },
      'EventBridge.FailedEntry',
    ],
    ['ecs:runTask.sync', { Failures: [{ Reason: 'RESOURCE:MEMORY' }], Tasks: [] }, 'AmazonECS.Unknown'],
  ])(
    'fails where %s answers that something failed, as the integration does, and is retried',
    async (call, result, error) => {
      const Resource = `arn:aws:states:::${call}`;
      const Retry = [{ ErrorEquals: [error], MaxAttempts: 1, IntervalSeconds: 1 }];
      const attempts: number[] = [];
      const execution = await run(
        { a: task({ Resource, Retry }) },
        {
          tasks: ({ attempt }) => {
            attempts.push(attempt);
            return { result };
          },
        },
      );
      expect(attempts).toEqual([0, 1]);
      expect(execution).toMatchObject({ status: 'FAILED', error });
      expect(JSON.parse(execution.cause as string)).toEqual(result);
    },
  );

  it.each([
    ['events:putEvents', { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }],
    ['ecs:runTask', { Failures: [{ Reason: 'RESOURCE:MEMORY' }], Tasks: [] }],
    ['aws-sdk:eventbridge:putEvents', { FailedEntryCount: 1, Entries: [] }],
  ])('takes what %s answers for its result', async (call, result) => {
    const execution = await run({ a: task({ Resource: `arn:aws:states:::${call}` }) }, { tasks: () => ({ result }) });
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: result });
  });

  it.each([
    ['arn:aws:states:::lambda:invoke', {}, 'TaskScheduled TaskStarted TaskSucceeded'],
    ['arn:aws:states:::glue:startJobRun.sync', {}, 'TaskScheduled TaskStarted TaskSubmitted TaskSucceeded'],
    ['arn:aws:states:::states:startExecution.sync:2', {}, 'TaskScheduled TaskStarted TaskSubmitted TaskSucceeded'],
    ['arn:aws:states:::aws-sdk:glue:getCrawler', {}, 'TaskScheduled TaskStarted TaskSucceeded'],
    [
      'arn:aws:lambda:us-east-1:1:function:f',
      {},
      'LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionSucceeded',
    ],
    ['arn:aws:states:us-east-1:1:activity:a', {}, 'ActivityScheduled ActivityStarted ActivitySucceeded'],
    [
      'arn:aws:states:::glue:startJobRun.sync',
      { error: 'States.TaskFailed', durationSeconds: 1 },
      'TaskScheduled TaskStarted TaskSubmitted TaskFailed',
    ],
    [
      'arn:aws:states:::glue:startJobRun.sync',
      { error: 'Glue.EntityNotFoundException' },
      'TaskScheduled TaskStarted TaskFailed',
    ],
    [
      'arn:aws:lambda:us-east-1:1:function:f',
      { error: 'Boom' },
      'LambdaFunctionScheduled LambdaFunctionStarted LambdaFunctionFailed',
    ],
  ])('%s with %j has the events %s', async (Resource, reply, expected) => {
    const execution = await run(
      { a: task({ Resource }) },
      { tasks: () => ('error' in reply ? reply : { result: {} }) as TaskReply },
    );
    const inside = execution.events
      .slice(2, -1)
      .map(({ type }) => type)
      .filter((type) => type !== 'TaskStateExited');
    expect(inside.join(' ')).toBe(expected);
  });

  it('names the resource as the service does', async () => {
    const { events } = await run({
      a: task({
        Resource: 'arn:aws:states:::aws-sdk:glue:getCrawler',
        Arguments: { Name: 'c' },
        TimeoutSeconds: 9,
        Credentials: { RoleArn: 'arn:r' },
      }),
    });
    expect(events[2]).toEqual({
      id: 3,
      previousEventId: 2,
      timestamp: 0,
      type: 'TaskScheduled',
      taskScheduledEventDetails: {
        resourceType: 'aws-sdk:glue',
        resource: 'getCrawler',
        region: 'us-east-1',
        parameters: '{"Name":"c"}',
        timeoutInSeconds: 9,
        taskCredentials: { roleArn: 'arn:r' },
      },
    });
  });

  it.each([[null], ['arn:r'], [{ RoleArn: null }], [{ RoleArn: 5 }]])(
    'fails where the Credentials come out as %j',
    async (given) => {
      const Credentials = '{% $states.input.given %}' as unknown as { RoleArn: string };
      const execution = await run({ a: task({ Credentials }) }, { input: { given } });
      expect(execution).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
      expect(execution.cause).toContain('The Credentials must be an object whose RoleArn is the ARN of a role');
    },
  );

  it.each([
    ['arn:aws:states:::glue:startJobRun.sync', 'glue', 'startJobRun.sync'],
    ['arn:aws:states:::states:startExecution.sync:2', 'states', 'startExecution.sync:2'],
    ['arn:aws:states:::aws-sdk:dynamodb:putItem', 'aws-sdk:dynamodb', 'putItem'],
    ['arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken', 'aws-sdk:s3', 'getObject.waitForTaskToken'],
  ])('%s is %s, %s', async (Resource, resourceType, resource) => {
    const { events } = await run({ a: task({ Resource }) });
    expect(events[3]).toMatchObject({ type: 'TaskStarted', taskStartedEventDetails: { resourceType, resource } });
  });

  it('times out, and tells the handler that nobody waits any more', async () => {
    let signal: AbortSignal | undefined;
    const execution = await run(
      {
        a: task({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'b' }] }),
        b: pass({ Output: '{% $states.input %}' }),
      },
      {
        tasks: (call) => {
          signal = call.signal;
          return { result: 'late', durationSeconds: 60 };
        },
      },
    );
    expect(execution).toMatchObject({ output: { Error: 'States.Timeout', Cause: '' }, stoppedAt: 5000 });
    expect(types(execution)).toContain('TaskTimedOut');
    expect(signal?.aborted).toBe(true);
  });

  it('a reply at the very moment of the timeout is in time', async () => {
    const execution = await run(
      { a: task({ TimeoutSeconds: 5 }) },
      { tasks: () => ({ result: 1, durationSeconds: 5 }) },
    );
    expect(execution).toMatchObject({ output: 1, stoppedAt: 5000 });
  });

  it('fails for want of a heartbeat, and lives on with one', async () => {
    const states = (name: string) => ({
      a: task({
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        HeartbeatSeconds: 10,
        Catch: [{ ErrorEquals: [name], Next: 'b' }],
      }),
      b: pass({ Output: 'caught' }),
    });
    const silent = () => ({ result: 1, durationSeconds: 15 });
    expect(await run(states('States.HeartbeatTimeout'), { tasks: silent })).toMatchObject({
      output: 'caught',
      stoppedAt: 10_000,
    });
    expect(await run(states('States.Timeout'), { tasks: silent })).toMatchObject({ output: 'caught' });
    const clock = createVirtualClock(0);
    const beating = run(states('States.ALL'), {
      clock,
      tasks: (call) => {
        call.heartbeat();
        return { result: 'alive', durationSeconds: 9 };
      },
    });
    expect(await beating).toMatchObject({ output: 'alive', stoppedAt: 9000 });
  });

  it('waits for a promise; virtual time stands still meanwhile', async () => {
    const execution = await run(
      { a: task({ TimeoutSeconds: 5 }) },
      {
        tasks: async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { result: 'done', durationSeconds: 3 };
        },
      },
    );
    expect(execution).toMatchObject({ output: 'done', stoppedAt: 3000 });
  });

  it('a handler that throws, at once or later, is a defect and no failure of the state', async () => {
    const states = { a: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'b' }] }), b: pass() };
    await expect(
      run(states, {
        tasks: () => {
          throw new Error('bug');
        },
      }),
    ).rejects.toThrow('bug');
    await expect(
      run(states, {
        tasks: async () => {
          throw new Error('late bug');
        },
      }),
    ).rejects.toThrow('late bug');
  });

  it('an HTTP request ends after 60 s', async () => {
    const execution = await run(
      { a: task({ Resource: 'arn:aws:states:::http:invoke' }) },
      { tasks: () => ({ result: 1, durationSeconds: 61 }) },
    );
    expect(execution).toMatchObject({ error: 'States.Http.Socket', stoppedAt: 60_000 });
  });

  it('a field that cannot be evaluated fails as the state does', async () => {
    const execution = await run({
      a: task({ Arguments: '{% $nothing %}', Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'b' }] }),
      b: pass({ Output: 'caught' }),
    });
    expect(execution.output).toBe('caught');
    expect(times(execution, 'TaskScheduled')).toEqual([]);
  });
});
