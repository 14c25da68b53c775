import { describe, expect, it } from '@jest/globals';
import type { Json, TaskCall } from '../../../asl/index.ts';
import { pass, run, runJsonPath, task, times, types } from './run.ts';

/** Fields of states, each with what it does; those that have tests of their own elsewhere are not here. */

const input = {
  list: [1, 2, 3],
  n: 2,
  text: 'x',
  at: '1970-01-01T00:00:07Z',
  deep: { list: [{ id: 'a' }, { id: 'b' }], most: 1, long: 30, cause: 'why' },
};
const outputOf = async (states: object, tasks?: (call: TaskCall) => { result: Json }) => {
  const execution = await runJsonPath(states, { input, ...(tasks !== undefined && { tasks }) });
  if (execution.status !== 'SUCCEEDED') throw new Error(`${execution.error}: ${execution.cause}`);
  return execution.output;
};

describe('a state in JSONPath', () => {
  it.each<[object, Json]>([
    [{ Type: 'Pass', Result: null, End: true }, null],
    [{ Type: 'Pass', Result: 0, ResultPath: '$.n', OutputPath: '$.n', End: true }, 0],
    [{ Type: 'Pass', Result: false, ResultPath: '$.made.up', OutputPath: '$.made', End: true }, { up: false }],
    [{ Type: 'Pass', Result: 'gone', ResultPath: null, OutputPath: '$.text', End: true }, 'x'],
    [{ Type: 'Pass', InputPath: '$.deep.list[1]', End: true }, { id: 'b' }],
    [{ Type: 'Pass', InputPath: null, End: true }, {}],
    [{ Type: 'Pass', OutputPath: null, End: true }, {}],
    [{ Type: 'Pass', InputPath: '$$.State.Name', End: true }, 's'],
    [
      { Type: 'Pass', Parameters: { 'a.$': '$.n', 'b.$': "States.Format('{}!', $.text)", c: 1 }, End: true },
      { a: 2, b: 'x!', c: 1 },
    ],
    [{ Type: 'Pass', InputPath: '$.deep', Parameters: { 'a.$': '$.most' }, End: true }, { a: 1 }],
    [{ Type: 'Succeed', InputPath: '$.deep', OutputPath: '$.most' }, 1],
    [{ Type: 'Wait', SecondsPath: '$.n', OutputPath: '$.n', End: true }, 2],
    [{ Type: 'Wait', TimestampPath: '$.at', InputPath: '$', OutputPath: '$.n', End: true }, 2],
    [{ Type: 'Wait', Seconds: 0, InputPath: '$.deep', OutputPath: '$.most', End: true }, 1],
  ])('%j gives %j', async (state, output) => {
    expect(await outputOf({ s: state })).toEqual(output);
  });

  it.each([
    [{ SecondsPath: '$.n' }, 2],
    [{ TimestampPath: '$.at' }, 7],
    [{ TimestampPath: '$$.Execution.StartTime' }, 0],
    [{ SecondsPath: '$wait' }, 9],
  ])('waits as %j says', async (fields, seconds) => {
    const before = { Type: 'Pass', Assign: { wait: 9 }, Next: 'w' };
    const execution = await runJsonPath({ p: before, w: { Type: 'Wait', ...fields, End: true } }, { input });
    expect(execution).toMatchObject({ status: 'SUCCEEDED', stoppedAt: seconds * 1000 });
  });

  it('fails as its paths say', async () => {
    expect(
      await runJsonPath({ f: { Type: 'Fail', ErrorPath: '$.text', CausePath: '$.deep.cause' } }, { input }),
    ).toMatchObject({ status: 'FAILED', error: 'x', cause: 'why' });
    expect(
      await runJsonPath({ f: { Type: 'Fail', ErrorPath: "States.Format('E{}', $.n)", Cause: 'c' } }, { input }),
    ).toMatchObject({ error: 'E2', cause: 'c' });
  });

  it('assigns from its result, and reads variables in every kind of path', async () => {
    const states = {
      p: { Type: 'Pass', Result: { a: { b: [4, 5] } }, Assign: { 'v.$': '$.a', 'w.$': '$$.State.Name' }, Next: 't' },
      t: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { 'last.$': '$v.b[1]', 'all.$': '$v', 'name.$': '$w' },
        End: true,
      },
    };
    expect(await outputOf(states)).toEqual({ last: 5, all: { b: [4, 5] }, name: 'p' });
  });

  it('hands a Task what its fields say, and its result through them', async () => {
    let given: Json = null;
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      InputPath: '$.deep',
      Parameters: { 'most.$': '$.most' },
      ResultSelector: { 'r.$': '$.Payload', fixed: true },
      ResultPath: '$.result',
      OutputPath: '$.result',
      TimeoutSecondsPath: '$.long',
      HeartbeatSecondsPath: '$.most',
      Credentials: { 'RoleArn.$': '$.cause' },
      End: true,
    };
    const execution = await runJsonPath(
      { t: state },
      {
        input,
        tasks: (call) => {
          given = call.arguments;
          return { result: { Payload: 1, Other: 2 } };
        },
      },
    );
    expect(given).toEqual({ most: 1 });
    expect(execution.output).toEqual({ r: 1, fixed: true });
    expect(execution.events.find(({ type }) => type === 'TaskScheduled')?.taskScheduledEventDetails).toMatchObject({
      timeoutInSeconds: 30,
      heartbeatInSeconds: 1,
      taskCredentials: { roleArn: 'why' },
    });
  });

  const caught = (fields: object) => ({
    t: { ...task({ Arguments: undefined }), Catch: [{ ErrorEquals: ['E'], Next: 'p', ...fields }] },
    p: { Type: 'Pass', End: true },
  });
  const broken = () => ({ error: 'E', cause: 'c' });

  it.each<[object, Json]>([
    [{}, { Error: 'E', Cause: 'c' }],
    [{ ResultPath: '$.failed.because' }, { x: 1, failed: { because: { Error: 'E', Cause: 'c' } } }],
    [{ ResultPath: null }, { x: 1 }],
  ])('catches with %j', async (fields, output) => {
    expect(await runJsonPath(caught(fields), { input: { x: 1 }, tasks: broken })).toMatchObject({ output });
  });

  it('assigns what it catches', async () => {
    const states = caught({ Assign: { 'why.$': '$.Cause' } });
    Object.assign(states.p, { Parameters: { 'why.$': '$why' } });
    expect(await runJsonPath(states, { input: { x: 1 }, tasks: broken })).toMatchObject({ output: { why: 'c' } });
  });

  it('runs branches on what Parameters makes, and shapes what they give', async () => {
    const branch = (path: string) => ({
      StartAt: `b${path}`,
      States: { [`b${path}`]: { Type: 'Pass', OutputPath: path, End: true } },
    });
    const state = {
      Type: 'Parallel',
      InputPath: '$.deep',
      Parameters: { 'a.$': '$.most', b: 'B' },
      Branches: [branch('$.a'), branch('$.b')],
      ResultSelector: { 'both.$': '$', 'first.$': '$[0]' },
      ResultPath: '$.r',
      OutputPath: '$.r',
      End: true,
    };
    expect(await outputOf({ s: state })).toEqual({ both: [1, 'B'], first: 1 });
  });

  const processor = { StartAt: 'i', States: { i: { Type: 'Pass', End: true } } };
  it.each<[object, Json]>([
    [{ ItemsPath: '$.list' }, [1, 2, 3]],
    [{ ItemsPath: '$$.Execution.Input.deep.list', MaxConcurrencyPath: '$.n' }, [{ id: 'a' }, { id: 'b' }]],
    [
      {
        ItemsPath: '$.deep.list',
        ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value.id', 'n.$': '$.n' },
      },
      [
        { i: 0, v: 'a', n: 2 },
        { i: 1, v: 'b', n: 2 },
      ],
    ],
    [{ InputPath: '$.list', ResultSelector: { 'some.$': '$[1:]' } }, { some: [2, 3] }],
    [{ ItemsPath: '$.list', ResultPath: '$.r', OutputPath: '$.r' }, [1, 2, 3]],
  ])('a Map with %j gives %j', async (fields, output) => {
    expect(await outputOf({ s: { Type: 'Map', ItemProcessor: processor, End: true, ...fields } })).toEqual(output);
    // The older names.
    const { ItemSelector, ...rest } = fields as { ItemSelector?: object };
    const older = {
      Type: 'Map',
      Iterator: processor,
      End: true,
      ...rest,
      ...(ItemSelector && { Parameters: ItemSelector }),
    };
    expect(await outputOf({ s: older })).toEqual(output);
  });

  const distributed = { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } };
  it.each<[object, Json]>([
    [{ MaxItemsPerBatch: 2 }, [{ Items: [1, 2] }, { Items: [3] }]],
    [
      { MaxItemsPerBatchPath: '$.n', BatchInput: { 'x.$': '$.text', y: 1 } },
      [
        { Items: [1, 2], BatchInput: { x: 'x', y: 1 } },
        { Items: [3], BatchInput: { x: 'x', y: 1 } },
      ],
    ],
    [{ MaxInputBytesPerBatch: 16 }, [{ Items: [1, 2] }, { Items: [3] }]],
    [{ MaxInputBytesPerBatchPath: '$.bytes' }, [{ Items: [1] }, { Items: [2] }, { Items: [3] }]],
  ])('a distributed Map with the batcher %j', async (ItemBatcher, output) => {
    const state = { Type: 'Map', ItemsPath: '$.list', ItemProcessor: distributed, ItemBatcher, End: true };
    const execution = await runJsonPath({ s: state }, { input: { ...input, bytes: 14 } });
    expect(execution.output).toEqual(output);
  });

  it('a distributed Map takes its limits from paths, and its writer too', async () => {
    const files: string[] = [];
    const state = {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemProcessor: { ...distributed, StartAt: 't', States: { t: task({ Arguments: undefined }) } },
      MaxConcurrencyPath: '$.deep.most',
      ToleratedFailureCountPath: '$.n',
      ToleratedFailurePercentagePath: '$.share',
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { 'Bucket.$': '$.text', Prefix: 'p' } },
      End: true,
    };
    const tasks = (call: TaskCall) => {
      if (!call.writes) return call.arguments === 2 ? { error: 'E' } : { result: call.arguments };
      files.push((call.arguments as { Key: string }).Key.replace(/.*\//, ''));
      return { result: {} };
    };
    const execution = await runJsonPath({ s: state }, { input: { ...input, share: 40 }, tasks });
    expect(execution.output).toMatchObject({ ResultWriterDetails: { Bucket: 'x' } });
    expect(files).toEqual(['FAILED_0.json', 'SUCCEEDED_0.json', 'manifest.json']);
    expect(await runJsonPath({ s: state }, { input: { ...input, share: 30 }, tasks })).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });
});

describe('QueryLanguage', () => {
  it('is the machine’s where a state says nothing, inside branches and processors too', async () => {
    const machine = { QueryLanguage: 'JSONPath' };
    const states = {
      a: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, Next: 'b' },
      b: {
        Type: 'Pass',
        QueryLanguage: 'JSONata',
        Output: { n: '{% $states.input.n + 1 %}' },
        Assign: { v: 5 },
        Next: 'c',
      },
      c: {
        Type: 'Parallel',
        QueryLanguage: 'JSONata',
        Branches: [
          { StartAt: 'd', States: { d: { Type: 'Pass', Parameters: { 'd.$': '$.n', 'v.$': '$v' }, End: true } } },
          { StartAt: 'e', States: { e: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $v %}', End: true } } },
        ],
        Output: '{% $reverse($states.result) %}',
        End: true,
      },
    };
    expect((await run(states, { machine, input })).output).toEqual([5, { d: 3, v: 5 }]);
  });
});

describe('what is under way when a sibling fails', () => {
  const wait = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Wait', Seconds: 60, End: true } } });
  const never = (name: string) => ({ StartAt: name, States: { [name]: task() } });
  const fails = {
    StartAt: 'x',
    States: { x: { Type: 'Wait', Seconds: 5, Next: 'y' }, y: { Type: 'Fail', Error: 'E' } },
  };
  const nested = {
    StartAt: 'n',
    States: {
      n: {
        Type: 'Parallel',
        Branches: [
          wait('w'),
          { StartAt: 'm', States: { m: { Type: 'Map', Items: [1], ItemProcessor: never('t'), End: true } } },
        ],
        End: true,
      },
    },
  };
  const machine = { p: { Type: 'Parallel', Branches: [nested, fails], End: true } };
  const tasks = () => ({ result: 0, durationSeconds: 100 });

  it('is aborted from the inside out, each with its event', async () => {
    const execution = await run(machine, { tasks });
    const after = types(execution).split('FailStateEntered:y ')[1];
    expect(after).toBe(
      'WaitStateAborted TaskStateAborted MapIterationAborted:m MapStateAborted ParallelStateAborted ParallelStateFailed ExecutionFailed',
    );
    expect(times(execution, 'ParallelStateFailed')).toEqual([5]);
  });

  it('leaves no such event where the whole execution runs out of time', async () => {
    const execution = await run(machine, { tasks, machine: { TimeoutSeconds: 3 } });
    expect(execution).toMatchObject({ status: 'TIMED_OUT', stoppedAt: 3000 });
    expect(execution).not.toHaveProperty('error');
    expect(types(execution)).toMatch(/ExecutionTimedOut$/);
    expect(types(execution)).not.toContain('Aborted');
  });
});

describe('the limit of data', () => {
  const large = 'x'.repeat(150_000);

  it.each([
    [
      {
        Type: 'Parallel',
        Arguments: { a: '{% $states.input %}', b: '{% $states.input %}' },
        Branches: [{ StartAt: 'q', States: { q: pass({ Output: 1 }) } }],
        End: true,
      },
    ],
    [
      {
        Type: 'Map',
        Items: [1],
        ItemSelector: { a: '{% $states.input %}', b: '{% $states.input %}' },
        ItemProcessor: { StartAt: 'q', States: { q: pass({ Output: 1 }) } },
        End: true,
      },
    ],
    [
      {
        Type: 'Map',
        Items: [1],
        ItemSelector: { a: '{% $states.input %}', b: '{% $states.input %}' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'q',
          States: { q: pass({ Output: 1 }) },
        },
        End: true,
      },
    ],
  ])('holds for what goes into a branch, an iteration, a child (%#)', async (state) => {
    expect(await run({ s: state }, { input: large })).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
    });
  });
});
