import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createVirtualClock,
  type TaskHandler,
  TestStateRefusal,
  type TestStateRequest,
  testState,
} from '../../../asl/index.ts';

const LAMBDA = 'arn:aws:states:::lambda:invoke';
const ROLE = 'arn:aws:iam::123456789012:role/r';
const echo: TaskHandler = (call) => ({ result: call.arguments });

type Given = Omit<TestStateRequest, 'definition' | 'input'> & {
  readonly definition: unknown;
  readonly input?: unknown;
  readonly tasks?: TaskHandler;
};

function run({ definition, input, tasks = echo, ...rest }: Given) {
  return testState({
    definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
    ...(input !== undefined && { input: typeof input === 'string' ? input : JSON.stringify(input) }),
    ...rest,
    tasks,
    clock: createVirtualClock(0),
    random: () => 0.5,
  });
}

/** Inspection data with its texts read. */
function seen(data: object | undefined): { [field: string]: unknown } {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([name, value]) => [name, typeof value === 'string' ? JSON.parse(value) : value]),
  );
}

describe('the examples of the page of TestState', () => {
  it('answer what a Choice does at INFO', async () => {
    const definition = {
      Type: 'Choice',
      Choices: [
        { Variable: '$.number', NumericEquals: 1, Next: 'Equals 1' },
        { Variable: '$.number', NumericEquals: 2, Next: 'Equals 2' },
      ],
      Default: 'No Match',
    };
    expect(await run({ definition, input: { number: 2 } })).toEqual({
      output: '{"number":2}',
      nextState: 'Equals 2',
      status: 'SUCCEEDED',
    });
  });

  it('show each step of a Pass at DEBUG', async () => {
    const definition = {
      Type: 'Pass',
      InputPath: '$.payload',
      Parameters: { data: 1 },
      ResultPath: '$.result',
      OutputPath: '$.result.data',
      Next: 'Another State',
    };
    expect(await run({ definition, input: { payload: { foo: 'bar' } }, inspectionLevel: 'DEBUG' })).toEqual({
      output: '1',
      inspectionData: {
        input: '{"payload":{"foo":"bar"}}',
        afterInputPath: '{"foo":"bar"}',
        afterParameters: '{"data":1}',
        afterResultSelector: '{"data":1}',
        afterResultPath: '{"payload":{"foo":"bar"},"result":{"data":1}}',
      },
      nextState: 'Another State',
      status: 'SUCCEEDED',
    });
  });

  it('say when a mocked error would be retried', async () => {
    const Retry = [
      { ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
    ];
    const definition = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, Retry, End: true };
    const mock = { errorOutput: { error: 'Lambda.ServiceException', cause: 'Service error' } };
    const afterRetries = (retrierRetryCount: number) =>
      run({ definition, mock, stateConfiguration: { retrierRetryCount }, inspectionLevel: 'DEBUG' });
    expect(await afterRetries(1)).toMatchObject({
      status: 'RETRIABLE',
      error: 'Lambda.ServiceException',
      inspectionData: { errorDetails: { retryBackoffIntervalSeconds: 4, retryIndex: 0 } },
    });
    expect(await afterRetries(3)).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.ServiceException',
      cause: 'Service error',
    });
  });

  it('say who catches a mocked error', async () => {
    const Catch = [
      { ErrorEquals: ['Lambda.TooManyRequestsException'], ResultPath: '$.error', Next: 'HandleThrottling' },
    ];
    const definition = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, Catch, Next: 'Success' };
    const answer = await run({
      definition,
      input: { data: 'value' },
      mock: { errorOutput: { error: 'Lambda.TooManyRequestsException', cause: 'Rate exceeded' } },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'HandleThrottling',
      error: 'Lambda.TooManyRequestsException',
      cause: 'Rate exceeded',
      inspectionData: { errorDetails: { catchIndex: 0 } },
    });
    expect(JSON.parse(answer.output ?? '')).toEqual({
      data: 'value',
      error: { Error: 'Lambda.TooManyRequestsException', Cause: 'Rate exceeded' },
    });
  });

  it('show what a Map makes of its items', async () => {
    const definition = {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'value.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'ProcessItem',
        States: { ProcessItem: { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, End: true } },
      },
      End: true,
    };
    const answer = await run({
      definition,
      input: { items: [1, 2] },
      mock: { result: '[10, 20]' },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '[10,20]' });
    expect(seen(answer.inspectionData)).toMatchObject({
      afterItemsPath: [1, 2],
      afterItemSelector: [
        { value: 1, index: 0 },
        { value: 2, index: 1 },
      ],
      toleratedFailureCount: 0,
      maxConcurrency: 0,
      result: [10, 20],
    });
  });
});

describe('a state without a mock', () => {
  const definition = {
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: LAMBDA,
    Arguments: { FunctionName: '{% $name %}', Payload: '{% $states.input.n %}' },
    Assign: { got: '{% $states.result.Payload %}' },
    Output: '{% $states.result.Payload + 1 %}',
    End: true,
  };

  it('is done by the handler of tasks', async () => {
    const answer = await run({
      definition,
      input: { n: 41 },
      roleArn: ROLE,
      variables: '{"name": "f"}',
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '42' });
    expect(seen(answer.inspectionData)).toEqual({
      input: { n: 41 },
      afterArguments: { FunctionName: 'f', Payload: 41 },
      result: { FunctionName: 'f', Payload: 41 },
      variables: { name: 'f', got: 41 },
    });
  });

  it('shows the way up to where it failed', async () => {
    const answer = await run({
      definition,
      input: { n: 'x' },
      roleArn: ROLE,
      variables: '{"name": "f"}',
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(Object.keys(answer.inspectionData ?? {})).toEqual(['input', 'afterArguments', 'result', 'variables']);
  });

  it('ends with States.Timeout after five minutes', async () => {
    expect(await run({ definition: { Type: 'Wait', Seconds: 299, End: true } })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run({ definition: { Type: 'Wait', Seconds: 301, End: true } })).toEqual({
      status: 'FAILED',
      error: 'States.Timeout',
    });
  });

  it('fails as a Fail does, with the error and the cause', async () => {
    expect(await run({ definition: { Type: 'Fail', Error: 'E', Cause: 'why' } })).toEqual({
      status: 'FAILED',
      error: 'E',
      cause: 'why',
    });
  });

  it('shows an HTTP request and its response at TRACE alone', async () => {
    const http = {
      Type: 'Task',
      Resource: 'arn:aws:states:::http:invoke',
      Parameters: {
        Method: 'POST',
        ApiEndpoint: 'https://example.com/orders',
        Authentication: { ConnectionArn: 'arn:aws:events:us-east-1:123456789012:connection/c/0' },
        Headers: { kind: 'h1' },
        QueryParameters: { q: ['a b', 'c'] },
        RequestBody: { n: 1 },
      },
      End: true,
    };
    const tasks: TaskHandler = () => ({
      result: {
        StatusCode: 201,
        StatusText: 'Created',
        Headers: { 'content-type': ['text/plain'] },
        ResponseBody: 'done',
      },
    });
    const answer = await run({ definition: http, tasks, roleArn: ROLE, inspectionLevel: 'TRACE' });
    expect(answer.inspectionData).toMatchObject({
      request: {
        protocol: 'https',
        method: 'POST',
        url: 'https://example.com/orders?q=a+b&q=c',
        headers: '[kind: h1]',
        body: '{"n":1}',
      },
      response: { statusCode: '201', statusMessage: 'Created', headers: '[content-type: text/plain]', body: 'done' },
    });
    const debug = await run({ definition: http, tasks, roleArn: ROLE, inspectionLevel: 'DEBUG' });
    expect(debug.inspectionData).not.toHaveProperty('request');
  });
});

describe('a state of a machine', () => {
  const machine = {
    QueryLanguage: 'JSONata',
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        ItemProcessor: {
          StartAt: 'One',
          States: {
            One: {
              Type: 'Task',
              Resource: LAMBDA,
              Arguments: { FunctionName: 'f', Payload: '{% $states.context.Map.Item %}' },
              Output: '{% $states.context %}',
              Next: 'Two',
            },
            Two: { Type: 'Pass', End: true },
          },
        },
        Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }],
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
      Caught: { Type: 'Pass', End: true },
    },
  };

  it('is found inside a Map, where it is in the first iteration', async () => {
    const answer = await run({
      definition: machine,
      stateName: 'One',
      input: '"apple"',
      mock: { result: '{"Payload": 1}', fieldValidationMode: 'NONE' },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', nextState: 'Two' });
    expect(seen(answer.inspectionData).afterArguments).toEqual({
      FunctionName: 'f',
      Payload: { Index: 0, Value: 'apple' },
    });
  });

  it('takes the context that it is given as it is', async () => {
    const context = { Execution: { Name: 'mine' }, Map: { Item: { Index: 7, Value: 'x' } } };
    const answer = await run({
      definition: machine,
      stateName: 'One',
      context: JSON.stringify(context),
      mock: { result: '{}', fieldValidationMode: 'NONE' },
    });
    expect(JSON.parse(answer.output ?? '')).toEqual(context);
  });

  it('catches what failed inside it', async () => {
    const given = {
      definition: machine,
      stateName: 'Each',
      input: { items: [1, 2] },
      mock: { errorOutput: { error: 'Boom', cause: 'c' } },
    };
    expect(await run({ ...given, stateConfiguration: { errorCausedByState: 'One' } })).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Caught',
      output: '{"Error":"Boom","Cause":"c"}',
    });
    await expect(run({ ...given, stateConfiguration: { errorCausedByState: 'Onne' } })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('a distributed Map', () => {
  const processor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'P',
    States: { P: { Type: 'Pass', End: true } },
  };
  const reader = (ReaderConfig: object) => ({
    Type: 'Map',
    ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig, Parameters: { Bucket: 'b', Key: 'k' } },
    ItemSelector: { 'it.$': '$$.Map.Item.Value' },
    ItemBatcher: { MaxItemsPerBatch: 2 },
    ToleratedFailureCount: 1,
    MaxConcurrency: 5,
    ItemProcessor: processor,
    End: true,
  });
  const read = async (ReaderConfig: object, mapItemReaderData: string) => {
    const answer = await run({
      definition: reader(ReaderConfig),
      mock: { result: '[]' },
      stateConfiguration: { mapItemReaderData },
      inspectionLevel: 'DEBUG',
    });
    return seen(answer.inspectionData);
  };

  it('reads the data of its reader in its format', async () => {
    const items = [{ it: { n: '1' } }, { it: { n: '2' } }, { it: { n: '3' } }];
    const csv = await read({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, 'n\n1\n2\n3\n');
    expect(csv.afterItemSelector).toEqual(items);
    expect(csv.afterItemBatcher).toEqual([{ Items: items.slice(0, 2) }, { Items: items.slice(2) }]);
    expect(csv).toMatchObject({ toleratedFailureCount: 1, maxConcurrency: 5 });
    const given = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['n'], CSVDelimiter: 'PIPE' };
    expect((await read(given, '"1"\n2\n3')).afterItemSelector).toEqual(items);
    expect((await read({ InputType: 'JSONL' }, '{"n":"1"}\n{"n":"2"}\n\n{"n":"3"}')).afterItemSelector).toEqual(items);
    const pointed = await read(
      { InputType: 'JSON', ItemsPointer: '/a~1b/list' },
      JSON.stringify({ 'a/b': { list: [{ n: '1' }, { n: '2' }, { n: '3' }] } }),
    );
    expect(pointed.afterItemsPointer).toEqual([{ n: '1' }, { n: '2' }, { n: '3' }]);
    expect(pointed.afterItemSelector).toEqual(items);
  });

  it('goes over its input where no data is given', async () => {
    const definition = { ...reader({ InputType: 'JSON' }), ItemsPath: '$.orders' };
    const answer = await run({
      definition,
      input: { orders: ['a', 'b'] },
      mock: { result: '[]' },
      inspectionLevel: 'DEBUG',
    });
    expect(seen(answer.inspectionData).afterItemSelector).toEqual([{ it: 'a' }, { it: 'b' }]);
  });

  it('fails when more iterations failed than it tolerates', async () => {
    const { ItemReader: _, ...definition } = reader({});
    const failing = (mapIterationFailureCount: number) =>
      run({ definition, input: [1, 2, 3], mock: { result: '[]' }, stateConfiguration: { mapIterationFailureCount } });
    expect(await failing(1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await failing(2)).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    await expect(failing(4)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('a request that the API refuses', () => {
  const task = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, End: true };
  const inner = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
  const parallel = { Type: 'Parallel', Branches: [inner], End: true };
  const result = { result: '{}' };
  const cases: readonly [string, Given, string, RegExp][] = [
    ['a definition that is no JSON', { definition: '{' }, 'InvalidDefinition', /not JSON/],
    ['a state without its type', { definition: { End: true } }, 'InvalidDefinition', /SCHEMA_VALIDATION_FAILED/],
    ['a fault in the state', { definition: { Type: 'Pass' } }, 'InvalidDefinition', /Next/],
    [
      'a state that the machine has not',
      { definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, stateName: 'B' },
      'ValidationException',
      /^State not found in definition$/,
    ],
    ['an input that is no JSON', { definition: { Type: 'Succeed' }, input: '{' }, 'InvalidExecutionInput', /Input/],
    [
      'a context that is no JSON, in words that are not of JavaScript',
      { definition: task, mock: result, context: '{x' },
      'ValidationException',
      /^Invalid Context object provided: a key in double quotes or } was expected, not x/,
    ],
    [
      'variables that are no object',
      { definition: { Type: 'Succeed' }, variables: '[]' },
      'ValidationException',
      /variables/,
    ],
    ['a Parallel without a mock', { definition: parallel }, 'InvalidDefinition', /does not support Map or Parallel/],
    ['a Task without a role', { definition: task }, 'ValidationException', /^RoleArn must be specified/],
    [
      'a mock of a Pass',
      { definition: { Type: 'Pass', End: true }, mock: result },
      'ValidationException',
      /^State type 'Pass'/,
    ],
    [
      'a result and an error',
      { definition: task, mock: { ...result, errorOutput: { error: 'E' } } },
      'ValidationException',
      /only one of the following fields: \[result, errorOutput\]/,
    ],
    ['a mock of nothing', { definition: task, mock: {} }, 'ValidationException', /\[result, errorOutput\]/],
    [
      'a result that is no JSON',
      { definition: task, mock: { result: '{' } },
      'ValidationException',
      /must be valid JSON/,
    ],
    [
      'a result of too few branches',
      { definition: parallel, mock: { result: '[]' } },
      'ValidationException',
      /each branch/,
    ],
    [
      'a result of a Parallel that is no list',
      { definition: parallel, mock: result },
      'ValidationException',
      /must be an array/,
    ],
    [
      'secrets of a mock',
      { definition: task, mock: result, revealSecrets: true },
      'ValidationException',
      /RevealSecrets/,
    ],
    ['a context without a mock', { definition: { Type: 'Succeed' }, context: '{}' }, 'ValidationException', /context/],
    [
      'work that is waited for, without a mock',
      { definition: { ...task, Resource: `${LAMBDA}.waitForTaskToken` }, roleArn: ROLE },
      'ValidationException',
      /waitForTaskToken/,
    ],
    [
      'failures of what is no Map',
      { definition: task, mock: result, stateConfiguration: { mapIterationFailureCount: 1 } },
      'ValidationException',
      /mapIterationFailureCount/,
    ],
  ];

  it.each(cases)('is one with %s', async (_, given, name, message) => {
    await expect(run(given)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });
});

describe('a mocked result', () => {
  const run1 = (Resource: string, result: unknown, fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE') =>
    run({
      definition: {
        Type: 'Task',
        Resource,
        Parameters: PARAMETERS[Resource.split(/[:.]/).at(-1) ?? ''] ?? {},
        End: true,
      },
      mock: { result: JSON.stringify(result), ...(fieldValidationMode !== undefined && { fieldValidationMode }) },
    });
  const PARAMETERS: { readonly [action: string]: object } = {
    invoke: { FunctionName: 'f' },
    startExecution: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:m' },
    getItem: { TableName: 't', Key: { id: { S: '1' } } },
  };
  const START = 'arn:aws:states:::states:startExecution';
  const started = {
    ExecutionArn: 'arn:aws:states:us-east-1:123456789012:execution:m:e',
    StartDate: '2026-01-01T00:00:00Z',
  };

  it.each([
    ['what the API answers', START, started, undefined],
    ['fields that the API does not have', START, { ...started, New: 1 }, undefined],
    ['a missing field, where only those present are checked', START, { ExecutionArn: 'a' }, 'PRESENT'],
    ['anything, where nothing is checked', START, 5, 'NONE'],
    ['a payload that is JSON', LAMBDA, { StatusCode: 200, Payload: { ok: true } }, undefined],
    ['nothing, of an API without required fields', LAMBDA, {}, undefined],
    ['any answer of a Lambda function', 'arn:aws:lambda:us-east-1:123456789012:function:f', [1], undefined],
    [
      'an item of DynamoDB',
      'arn:aws:states:::dynamodb:getItem',
      { Item: { id: { S: '1' }, n: { L: [{ N: '2' }] } } },
      undefined,
    ],
  ] as const)('may be %s', async (_, resource, result, mode) => {
    expect(await run1(resource, result, mode)).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify(result) });
  });

  it.each([
    ['lacks a field', START, { ExecutionArn: 'a' }, undefined, "Required field 'StartDate' is missing"],
    [
      'has a field of a wrong type',
      START,
      { ...started, ExecutionArn: 1 },
      'PRESENT',
      "Field 'ExecutionArn' must be a string",
    ],
    ['has a number as a text', LAMBDA, { StatusCode: '200' }, undefined, "Field 'StatusCode' must be a number"],
    [
      'has a fault deep inside',
      'arn:aws:states:::dynamodb:getItem',
      { Item: { id: { L: [{ S: 1 }] } } },
      undefined,
      "Field 'S' must be a string",
    ],
    ['is of another API', `${START}.sync:2`, started, undefined, "Required field 'StateMachineArn' is missing"],
    ['is no object', START, [], undefined, 'The result must be an object'],
  ] as const)('is refused where it %s', async (_, resource, result, mode, message) => {
    await expect(run1(resource, result, mode)).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Mock result schema validation error: ${message}`,
    });
  });
});

describe('whatever is asked', () => {
  const text = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ maxLength: 20 }),
    fc.constantFrom('{}', '[]', 'null', '"{% $x %}"'),
  );
  const field = fc.constantFrom(
    'Type',
    'Next',
    'End',
    'Choices',
    'Default',
    'Resource',
    'Arguments',
    'Branches',
    'Retry',
    'Catch',
  );
  const kind = fc.constantFrom('Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map');
  const state = fc
    .tuple(kind, fc.dictionary(field, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }))
    .map(([Type, fields]) => JSON.stringify({ Type, End: true, ...fields }));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const request = fc.record({
    definition: fc.oneof(state, text),
    stateName: maybe(fc.constantFrom('a', '')),
    input: maybe(text),
    variables: maybe(text),
    context: maybe(text),
    mock: maybe(
      fc.record({
        result: maybe(text),
        errorOutput: maybe(fc.record({ error: maybe(fc.string()), cause: maybe(fc.string()) })),
      }),
    ),
    stateConfiguration: maybe(
      fc.record({
        retrierRetryCount: maybe(fc.integer()),
        mapIterationFailureCount: maybe(fc.double()),
        mapItemReaderData: maybe(text),
      }),
    ),
    inspectionLevel: fc.constantFrom('INFO', 'DEBUG', 'TRACE'),
    roleArn: maybe(fc.constant(ROLE)),
  });

  it('is answered, or refused by an exception of the API', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        try {
          const { status } = await run(JSON.parse(JSON.stringify(given)));
          expect(['SUCCEEDED', 'FAILED', 'RETRIABLE', 'CAUGHT_ERROR']).toContain(status);
        } catch (error) {
          expect(error).toBeInstanceOf(TestStateRefusal);
        }
      }),
      { numRuns: 500 },
    );
  });
});
