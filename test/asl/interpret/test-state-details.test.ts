import { describe, expect, it } from '@jest/globals';
import { createVirtualClock, type TestStateRequest, testState } from '../../../asl/index.ts';

// How the service answered, where its documentation says nothing.

const LAMBDA = 'arn:aws:states:::lambda:invoke';
const lambda = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, End: true };
const inner = { StartAt: 'work', States: { work: { Type: 'Pass', End: true } } };
const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

interface Given {
  readonly definition: object;
  readonly input?: unknown;
  readonly context?: unknown;
  readonly result?: unknown;
  readonly error?: string;
  readonly level?: 'INFO' | 'DEBUG';
  readonly configuration?: NonNullable<TestStateRequest['stateConfiguration']>;
}

function ask({ definition, input = {}, context, result, error, level = 'DEBUG', configuration }: Given) {
  return testState({
    definition: JSON.stringify(definition),
    input: JSON.stringify(input),
    ...(context !== undefined && { context: typeof context === 'string' ? context : JSON.stringify(context) }),
    ...(result !== undefined && { mock: { result: JSON.stringify(result) } }),
    ...(error !== undefined && { mock: { errorOutput: { error, cause: 'c' } } }),
    ...(configuration !== undefined && { stateConfiguration: configuration }),
    inspectionLevel: level,
    tasks: (call) => ({ result: call.arguments }),
    clock: createVirtualClock(0),
    random: () => 0.5,
  });
}

async function output(given: Given): Promise<unknown> {
  return JSON.parse((await ask(given)).output ?? 'null');
}

/** Inspection data with its texts read. */
async function inspected(given: Given): Promise<{ readonly [field: string]: unknown }> {
  const { inspectionData = {} } = await ask(given);
  return Object.fromEntries(
    Object.entries(inspectionData).map(([name, value]) => [
      name,
      typeof value === 'string' ? JSON.parse(value) : value,
    ]),
  );
}

describe('the name of a state that comes alone', () => {
  it('is StateName', async () => {
    const pass = { Type: 'Pass', Parameters: { 'n.$': '$$.State.Name' }, End: true };
    expect(await output({ definition: pass })).toEqual({ n: 'StateName' });
    const jsonata = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.context.State.Name %}', End: true };
    expect(await output({ definition: jsonata })).toBe('StateName');
  });

  it.each(['StateName', 'TestState', 'StateName2', '__proto__', 'States'])(
    'takes none from a state within it: %s',
    async (name) => {
      const States = JSON.parse(`{${JSON.stringify(name)}: {"Type": "Pass", "End": true}}`);
      const processor = { StartAt: name, States };
      const map = { Type: 'Map', ItemProcessor: processor, End: true };
      expect(await output({ definition: map, input: [1, 2], result: [1, 2] })).toEqual([1, 2]);
      const parallel = { Type: 'Parallel', Branches: [processor], Next: 'after' };
      expect(await output({ definition: parallel, result: [1] })).toEqual([1]);
    },
  );

  it('may be that of the state it goes to', async () => {
    const goesTo = (Next: string) => ask({ definition: { Type: 'Pass', Next } });
    expect(await goesTo('StateName')).toMatchObject({ status: 'SUCCEEDED', nextState: 'StateName' });
    expect(await goesTo('StateName2')).toMatchObject({ status: 'SUCCEEDED', nextState: 'StateName2' });
  });
});

describe('the context object of a request', () => {
  const definition = { ...lambda, ResultSelector: { 'all.$': '$$' } };

  it.each([
    ['nothing', {}],
    ['one part', { State: { Name: 'x' } }],
    ['a part without its fields', { Execution: {} }],
    [
      'everything',
      {
        Execution: {
          Id: 'arn',
          Input: [1],
          Name: 'n',
          RoleArn: 'r',
          StartTime: '2026-01-01T00:00:00Z',
          RedriveCount: 1,
          RedriveTime: '2026-01-02T00:00:00Z',
        },
        State: { EnteredTime: '2026-01-01T00:00:00Z', Name: 's', RetryCount: 2 },
        StateMachine: { Id: 'arn', Name: 'm' },
        Task: { Token: 't' },
        Map: { Item: { Index: 3, Value: { a: 1 }, Key: 'k', Source: 'STATE_DATA' } },
      },
    ],
  ])('is left as it is: %s', async (_, context) => {
    expect(await output({ definition, context, result: {} })).toEqual({ all: context });
  });

  it('has, for the items of a Map, each item', async () => {
    const map = {
      Type: 'Map',
      ItemSelector: { 'v.$': '$$.Map.Item.Value', 'n.$': '$$.Execution.Name' },
      ItemProcessor: inner,
      End: true,
    };
    const context = { Execution: { Name: 'mine' } };
    expect((await inspected({ definition: map, input: [1, 2], context, result: [] })).afterItemSelector).toEqual([
      { v: 1, n: 'mine' },
      { v: 2, n: 'mine' },
    ]);
  });

  const strings = [
    'Execution.Id',
    'Execution.Name',
    'Execution.RoleArn',
    'Execution.StartTime',
    'Execution.RedriveTime',
    'State.EnteredTime',
    'State.Name',
    'StateMachine.Id',
    'StateMachine.Name',
    'Task.Token',
    'Map.Item.Key',
    'Map.Item.Source',
  ];
  const numbers = ['Execution.RedriveCount', 'State.RetryCount', 'Map.Item.Index'];
  const objects = ['Execution', 'State', 'StateMachine', 'Task', 'Map', 'Map.Item'];
  const at = (path: string, value: unknown): unknown =>
    path.split('.').reduceRight((held, name) => ({ [name]: held }), value);

  it.each([
    ...strings.flatMap((path) => [1, null, {}].map((value) => [path, value, 'a string'] as const)),
    ...numbers.flatMap((path) => ['1', null, true].map((value) => [path, value, 'a number'] as const)),
    ...objects.flatMap((path) => ['x', null, []].map((value) => [path, value, 'an object'] as const)),
  ])('is refused where %s is %j', async (path, value, type) => {
    await expect(ask({ definition: lambda, context: at(path, value), result: {} })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Invalid Context object provided: ${path} must be ${type}`,
    });
  });

  it.each([
    'Weather',
    'execution',
    'constructor',
    'Execution.Weather',
    'State.name',
    'StateMachine.Arn',
    'Task.token',
    'Map.Items',
    'Map.Item.Val',
  ])('is refused where it has a field %s', async (path) => {
    await expect(ask({ definition: lambda, context: at(path, {}), result: {} })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Invalid Context object provided: Field '${path}' is not allowed`,
    });
  });
});

describe('a time in a mocked result', () => {
  const start = {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution',
    Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
    End: true,
  };

  it('is a text', async () => {
    expect(
      await ask({ definition: start, result: { ExecutionArn: 'a', StartDate: '2026-01-01T00:00:00Z' } }),
    ).toMatchObject({ status: 'SUCCEEDED' });
    await expect(ask({ definition: start, result: { ExecutionArn: 'a', StartDate: 1 } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: "Mock result schema validation error: Field 'StartDate' must be a string",
    });
  });

  it('is a number where a job is waited for', async () => {
    const definition = { ...start, Resource: `${start.Resource}.sync` };
    const result = { ExecutionArn: 'a', StateMachineArn: 'b', Status: 'SUCCEEDED', StartDate: 1 };
    expect(await ask({ definition, result })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('failed iterations of a Map', () => {
  const failing = (fields: object, mapIterationFailureCount = 2) =>
    ask({
      definition: {
        QueryLanguage: 'JSONata',
        Type: 'Map',
        Items: [1, 2, 3],
        ItemProcessor: distributed,
        End: true,
        ...fields,
      },
      result: [0, 0, 1],
      configuration: { mapIterationFailureCount },
    });

  it('count only where a tolerance is set', async () => {
    expect(await failing({})).toMatchObject({ status: 'SUCCEEDED', output: '[0,0,1]' });
    expect(await failing({ ItemProcessor: inner })).toMatchObject({ status: 'SUCCEEDED' });
    const exceeded = { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' };
    expect(await failing({ ToleratedFailureCount: 1 })).toMatchObject(exceeded);
    expect(await failing({ ToleratedFailureCount: 0 })).toMatchObject(exceeded);
    expect(await failing({ ToleratedFailurePercentage: 50 })).toMatchObject(exceeded);
    expect(await failing({ ToleratedFailureCount: 2 })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await failing({ ToleratedFailureCount: '{% 2 - 1 %}' })).toMatchObject(exceeded);
  });
});

describe('the details of an error', () => {
  const Retry = [
    { ErrorEquals: ['Other'], MaxAttempts: 5 },
    { ErrorEquals: ['Boom'], MaxAttempts: 2, IntervalSeconds: 3 },
  ];
  const Catch = [
    { ErrorEquals: ['Else'], Next: 'a' },
    { ErrorEquals: ['States.ALL'], Next: 'b' },
  ];
  const details = async (fields: object, retrierRetryCount: number, error = 'Boom') =>
    (await inspected({ definition: { ...lambda, ...fields }, error, configuration: { retrierRetryCount } }))
      .errorDetails;

  it('name the retrier, spent or not, and the catcher', async () => {
    expect(await details({ Retry }, 1)).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 6 });
    expect(await details({ Retry }, 2)).toEqual({ retryIndex: 1 });
    expect(await details({ Retry, Catch }, 2)).toEqual({ retryIndex: 1, catchIndex: 1 });
    expect(await details({ Catch }, 0)).toEqual({ catchIndex: 1 });
    expect(await details({ Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 0 }] }, 0)).toEqual({ retryIndex: 0 });
  });

  it('are missing where nothing matches', async () => {
    expect(await details({ Retry }, 0, 'Unknown')).toBeUndefined();
    expect(await details({}, 0)).toBeUndefined();
  });
});

describe('the steps that are shown', () => {
  it('of a Pass are its result, or what its parameters make', async () => {
    const pass = { Type: 'Pass', Result: { k: 1 }, End: true };
    const shaped = { result: { k: 1 }, afterResultSelector: { k: 1 } };
    expect(await inspected({ definition: pass, input: { i: 1 } })).toEqual({
      input: { i: 1 },
      ...shaped,
      afterResultPath: { k: 1 },
    });
    expect(await inspected({ definition: { ...pass, ResultPath: '$.r' }, input: { i: 1 } })).toEqual({
      input: { i: 1 },
      ...shaped,
      afterResultPath: { i: 1, r: { k: 1 } },
    });
    expect(await inspected({ definition: { Type: 'Pass', End: true }, input: { i: 1 } })).toEqual({
      input: { i: 1 },
      afterInputPath: { i: 1 },
      afterParameters: { i: 1 },
      afterResultSelector: { i: 1 },
      afterResultPath: { i: 1 },
    });
    const jsonata = { Type: 'Pass', QueryLanguage: 'JSONata', Output: 1, End: true };
    expect(await inspected({ definition: jsonata, input: { i: 1 } })).toEqual({ input: { i: 1 } });
  });

  it('of a Map in JSONata are those of the fields that it has', async () => {
    const map = {
      QueryLanguage: 'JSONata',
      Type: 'Map',
      Items: '{% $states.input %}',
      ItemProcessor: distributed,
      End: true,
    };
    const seen = (fields: object) => inspected({ definition: { ...map, ...fields }, input: [1, 2], result: [1, 2] });
    expect(await seen({})).toEqual({ input: [1, 2], maxConcurrency: 0 });
    expect(await seen({ ItemProcessor: inner })).toEqual({ input: [1, 2], maxConcurrency: 0 });
    expect(
      await seen({
        ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
        ItemBatcher: { MaxItemsPerBatch: 2 },
        MaxConcurrency: 4,
        ToleratedFailureCount: 1,
        ToleratedFailurePercentage: 10,
      }),
    ).toEqual({
      input: [1, 2],
      afterItemSelector: [{ v: 1 }, { v: 2 }],
      afterItemBatcher: [{ Items: [{ v: 1 }, { v: 2 }] }],
      maxConcurrency: 4,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 10,
    });
  });
});
