import { describe, expect, it } from '@jest/globals';
import type { HistoryEvent, TaskCall, TaskReply } from '../../../asl/index.ts';
import { pass, run, task, times, types } from './run.ts';

const REGION = 'arn:aws:states:eu-west-1:111122223333';

describe('ARNs that are given', () => {
  it('stand in the context object and in the events', async () => {
    const execution = await run(
      { A: task({ End: undefined, Next: 'B' }), B: pass({ Output: '{% $states.context %}' }) },
      {
        executionArn: `${REGION}:execution:m:one`,
        stateMachineArn: `${REGION}:stateMachine:m`,
        stateMachineVersionArn: `${REGION}:stateMachine:m:2`,
        stateMachineAliasArn: `${REGION}:stateMachine:m:live`,
        roleArn: 'arn:aws:iam::111122223333:role/r',
      },
    );
    expect(execution.output).toMatchObject({
      Execution: { Id: `${REGION}:execution:m:one`, Name: 'one', RoleArn: 'arn:aws:iam::111122223333:role/r' },
      StateMachine: { Id: `${REGION}:stateMachine:m`, Name: 'm' },
    });
    expect(execution.events[0]?.executionStartedEventDetails).toMatchObject({
      stateMachineVersionArn: `${REGION}:stateMachine:m:2`,
      stateMachineAliasArn: `${REGION}:stateMachine:m:live`,
    });
    expect(execution.events[2]?.taskScheduledEventDetails).toMatchObject({ region: 'eu-west-1' });
  });
});

describe('events that are not kept', () => {
  const loop = { A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'A' }] } };

  it('are told all the same, and count', async () => {
    let told = 0;
    const execution = await run(loop, { keepEvents: false, onEvent: () => told++ });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime', events: [] });
    expect(told).toBe(25_000);
  });
});

describe('a stop', () => {
  it.each([
    [
      { error: 'Mine', cause: 'Enough' },
      { error: 'Mine', cause: 'Enough' },
    ],
    [undefined, {}],
  ])('has the reason that it was given: %j', async (reason, details) => {
    const stop = new AbortController();
    const execution = await run(
      { A: task() },
      {
        signal: stop.signal,
        tasks: () => {
          stop.abort(reason);
          return new Promise<never>(() => {});
        },
      },
    );
    expect(execution).toMatchObject({ status: 'ABORTED', ...details });
    expect(execution.events.at(-1)).toMatchObject({ type: 'ExecutionAborted', executionAbortedEventDetails: details });
  });
});

describe('an Express execution', () => {
  const id = pass({
    Output: { id: '{% $states.context.Execution.Id %}', name: '{% $states.context.Execution.Name %}' },
  });
  const EXPRESS = 'arn:aws:states:us-east-1:123456789012:express';

  it('has an ARN that ends with an id of its own, and a name', async () => {
    const { output } = await run({ a: id }, { type: 'EXPRESS', name: 'n', machineName: 'M' });
    expect(output).toEqual({ id: expect.stringMatching(`^${EXPRESS}:M:n:[0-9a-f-]{36}$`), name: 'n' });
    const executionArn = `${EXPRESS}:M:n:x`;
    expect((await run({ a: id }, { type: 'EXPRESS', executionArn })).output).toEqual({ id: executionArn, name: 'n' });
  });

  it('of a Map run too, a different one for each child', async () => {
    const m = {
      Type: 'Map',
      Label: 'L',
      Items: [1, 2],
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'a',
        States: { a: pass({ Output: '{% $states.context.Execution.Id %}' }) },
      },
      End: true,
    };
    const ids = (await run({ m })).output as string[];
    expect(new Set(ids).size).toBe(2);
    for (const one of ids) expect(one).toMatch(`${EXPRESS}:StateMachine/L:`);
    for (const one of ids) expect(one.split(':')).toHaveLength(9);
  });
});

describe('an activity', () => {
  const activity = (fields: object = {}) => task({ Resource: `${REGION}:activity:a`, ...fields });
  const later = (work: (call: TaskCall) => TaskReply | undefined) => (call: TaskCall) => {
    const reply = work(call);
    return reply === undefined ? new Promise<never>(() => {}) : Promise.resolve(reply);
  };

  it('says when a worker took it, and who', async () => {
    const tasks = later((call) => {
      call.started({ workerName: 'w' });
      call.started({ workerName: 'another' });
      return { result: call.token ?? '', durationSeconds: 3 };
    });
    const execution = await run({ A: activity() }, { tasks });
    expect(types(execution)).toBe(
      'ExecutionStarted TaskStateEntered:A ActivityScheduled ActivityStarted ActivitySucceeded TaskStateExited:A ExecutionSucceeded',
    );
    expect(times(execution, 'ActivityStarted')).toEqual([0]);
    expect(times(execution, 'ActivitySucceeded')).toEqual([3]);
    expect(execution.events[3]?.activityStartedEventDetails).toEqual({ workerName: 'w' });
    expect(execution.output).toMatch(/./);
  });

  it('was started right before its end, where nobody said so', async () => {
    const execution = await run({ A: activity() }, { tasks: () => ({ error: 'E', durationSeconds: 2 }) });
    expect(types(execution)).toContain('ActivityScheduled ActivityStarted ActivityFailed');
    expect(times(execution, 'ActivityStarted')).toEqual([2]);
  });

  it('that no worker takes times out, TimeoutSeconds after it was scheduled', async () => {
    let held: HistoryEvent | undefined;
    const never = new Promise<never>(() => {});
    const execution = await run(
      { W: { Type: 'Wait', Seconds: 7, Next: 'A' }, A: activity({ TimeoutSeconds: 30 }) },
      {
        // A clock in virtual time would wait for the handler's promise: the reply is that none comes.
        tasks: () => ({ result: never as never, durationSeconds: 1000 }),
        onEvent: (event) => {
          held = event;
        },
      },
    );
    expect(types(execution)).toContain('ActivityScheduled ActivityTimedOut ExecutionFailed');
    expect(times(execution, 'ActivityTimedOut')).toEqual([37]);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(held?.type).toBe('ExecutionFailed');
  });

  it('lives on heartbeats, and dies without', async () => {
    let call: TaskCall | undefined;
    const states = {
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'A', States: { A: activity({ TimeoutSeconds: 60, HeartbeatSeconds: 10 }) } },
          {
            StartAt: 'W',
            States: {
              W: { Type: 'Wait', Seconds: 8, Next: 'B' },
              B: task({ End: undefined, Next: 'X' }),
              X: { Type: 'Wait', Seconds: 60, End: true },
            },
          },
        ],
        End: true,
      },
    };
    const execution = await run(states, {
      tasks: (made) => {
        if (made.state === 'A') {
          call = made;
          made.started();
          return { result: 1, durationSeconds: 1000 };
        }
        call?.heartbeat();
        return { result: 2 };
      },
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(times(execution, 'ActivityTimedOut')).toEqual([18]);
    expect(types(execution)).toContain('ActivityScheduled ActivityStarted');
  });
});

describe('work that never came to be', () => {
  it.each([
    [
      'arn:aws:lambda:us-east-1:111122223333:function:f',
      'schedule',
      'LambdaFunctionScheduled LambdaFunctionScheduleFailed',
    ],
    ['arn:aws:lambda:us-east-1:111122223333:function:f', 'start', 'LambdaFunctionScheduled LambdaFunctionStartFailed'],
    [`${REGION}:activity:a`, 'schedule', 'ActivityScheduled ActivityScheduleFailed'],
    ['arn:aws:states:::glue:startJobRun.sync', 'start', 'TaskScheduled TaskStartFailed'],
    ['arn:aws:states:::glue:startJobRun.sync', 'submit', 'TaskScheduled TaskStarted TaskSubmitFailed'],
    ['arn:aws:states:::glue:startJobRun.sync', 'schedule', 'TaskScheduled TaskFailed'],
  ] as const)('%s: %s', async (Resource, failed, events) => {
    const tasks = () => ({ error: 'E', cause: 'c', failed });
    const execution = await run({ A: task({ Resource }) }, { tasks });
    expect(types(execution)).toBe(`ExecutionStarted TaskStateEntered:A ${events} ExecutionFailed`);
    expect(execution).toMatchObject({ error: 'E', cause: 'c' });
    const caught = await run(
      { A: task({ Resource, Catch: [{ ErrorEquals: ['E'], Next: 'B' }] }), B: pass() },
      { tasks },
    );
    expect(caught.status).toBe('SUCCEEDED');
  });
});
