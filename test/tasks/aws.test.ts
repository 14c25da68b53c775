import { expect, test } from '@jest/globals';
import { OPTIMIZED, SDK_OF_OPTIMIZED } from '../../asl/services/index.ts';
import { Dag, env, expr, taskToken } from '../../authoring/index.ts';
import { PLAN_WIDTH } from '../../authoring/internal.ts';
import { compileDag } from '../../compiler/index.ts';
import { Stop } from '../../diagnostics/index.ts';
import { simulate } from '../../simulate/simulate.ts';
import { aws } from '../../tasks/index.ts';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly [name: string]: unknown };
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly [field: string]: unknown;
}
type States = { readonly [name: string]: State };

const call = (service: string, action: string, rest: object = {}) =>
  aws({ service, action, parameters: {}, ...rest } as never);

function machineOf(dag: Dag): { readonly States: States } {
  return JSON.parse(compileDag(dag as never).files.get('step_function.json') as string);
}

const resourceOf = (...[service, action, rest]: Parameters<typeof call>) =>
  call(service, action, rest).lower({ dag: 'd', task: 't', timeoutSeconds: undefined, width: PLAN_WIDTH }).states['']
    ?.Resource;

test.each([
  ['lambda', 'invoke', {}, 'lambda:invoke'],
  ['lambda', 'invoke', { integration: 'sdk' }, 'aws-sdk:lambda:invoke'],
  ['lambda', 'listFunctions', {}, 'aws-sdk:lambda:listFunctions'],
  ['sfn', 'startExecution', { pattern: 'sync' }, 'states:startExecution.sync:2'],
  ['sfn', 'describeExecution', {}, 'aws-sdk:sfn:describeExecution'],
  ['eventbridge', 'putEvents', {}, 'events:putEvents'],
  ['eventbridge', 'putEvents', { pattern: 'callback' }, 'events:putEvents.waitForTaskToken'],
  ['emr', 'addStep', { pattern: 'sync' }, 'elasticmapreduce:addStep.sync'],
  ['emr', 'listSteps', {}, 'aws-sdk:emr:listSteps'],
  ['emrserverless', 'startJobRun', { pattern: 'sync' }, 'emr-serverless:startJobRun.sync'],
  ['emrcontainers', 'startJobRun', {}, 'emr-containers:startJobRun'],
  ['bedrockruntime', 'invokeModel', {}, 'bedrock:invokeModel'],
  ['http', 'invoke', {}, 'http:invoke'],
  ['apigateway', 'invoke', { pattern: 'callback' }, 'apigateway:invoke.waitForTaskToken'],
  ['apigateway', 'getRestApis', {}, 'aws-sdk:apigateway:getRestApis'],
  // Only the SDK's form of it hands a token over.
  ['glue', 'startJobRun', { pattern: 'callback' }, 'aws-sdk:glue:startJobRun.waitForTaskToken'],
  ['glue', 'startJobRun', { integration: 'sdk' }, 'aws-sdk:glue:startJobRun'],
  ['dynamodb', 'putItem', { integration: 'optimized' }, 'dynamodb:putItem'],
])('%s:%s %j is called as %s', (service, action, rest, resource) => {
  expect(resourceOf(service, action, rest)).toBe(resource && `arn:aws:states:::${resource}`);
});

test('every optimized integration can be had, in each of its patterns', () => {
  for (const [optimized, actions] of Object.entries(OPTIMIZED))
    for (const [action, patterns] of Object.entries(actions))
      for (const one of patterns) {
        if (one === 'sync' && patterns.includes('sync:2')) continue;
        const pattern = one === 'waitForTaskToken' ? 'callback' : one === 'sync:2' ? 'sync' : one;
        const template = call(SDK_OF_OPTIMIZED[optimized] ?? optimized, action, { pattern });
        const { states } = template.lower({ dag: 'd', task: 't', timeoutSeconds: undefined, width: PLAN_WIDTH });
        const suffix = one === 'request' ? '' : `.${one}`;
        expect(Object.values(states)[0]!.Resource).toBe(`arn:aws:states:::${optimized}:${action}${suffix}`);
      }
});

test('a function that throws fails the task under its own error, and is tried again', async () => {
  const dag = new Dag('throws');
  const load = dag.task(
    'load',
    aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f', Payload: { day: 1 } } }),
    { retries: 2, skipOn: ['Nothing'] },
  );
  dag.task(
    'next',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: `${load.output.Payload.rows} rows` },
    }),
  );
  const machine = machineOf(dag as never);
  // What is never tried again, then Lambda's own errors, then any.
  expect(machine.States.load!.Retry!.map(({ ErrorEquals }) => ErrorEquals[0])).toEqual([
    'Nothing',
    'Lambda.ServiceException',
    'States.ALL',
  ]);
  const goes = (load: object) => simulate(machine, { mocks: { load } as never });
  const failed = await goes({ '0-2': { Throw: { Error: 'ValueError', Cause: '{}' } } });
  expect([failed.status, failed.error]).toEqual(['FAILED', 'ValueError']);
  const late = await goes({
    0: { Throw: { Error: 'Lambda.TooManyRequestsException' } },
    1: { Throw: { Error: 'ValueError' } },
    2: { Return: { StatusCode: 200, Payload: { rows: 7 } } },
  });
  expect(late.status).toBe('SUCCEEDED');
  expect(JSON.stringify(late.events)).toContain('7 rows');
});

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/111122223333/q';

test.each<[string, string, object, object, string]>([
  ['sqs', 'sendMessageBatch', { QueueUrl: QUEUE, Entries: [] }, { Failed: [{ Id: 'a' }] }, 'Sqs.Failed'],
  ['sns', 'publishBatch', { TopicArn: 't', PublishBatchRequestEntries: [] }, { Failed: [{ Id: 'a' }] }, 'Sns.Failed'],
  ['kinesis', 'putRecords', { Records: [] }, { FailedRecordCount: 2, Records: [] }, 'Kinesis.FailedRecordCount'],
  [
    'firehose',
    'putRecordBatch',
    { DeliveryStreamName: 'd', Records: [] },
    { FailedPutCount: 1 },
    'Firehose.FailedPutCount',
  ],
  ['dynamodb', 'batchWriteItem', { RequestItems: {} }, { UnprocessedItems: { t: [{}] } }, 'DynamoDb.UnprocessedItems'],
  [
    'dynamodb',
    'batchExecuteStatement',
    { Statements: [] },
    { Responses: [{}, { Error: { Code: 'x' } }] },
    'DynamoDb.BatchStatementError',
  ],
  ['s3', 'deleteObjects', { Bucket: 'b', Delete: { Objects: [] } }, { Errors: [{ Key: 'k' }] }, 'S3.Errors'],
  [
    'ecs',
    'runTask',
    { TaskDefinition: 't' },
    { Tasks: [], Failures: [{ Reason: 'RESOURCE:CPU' }] },
    'AmazonECS.Unknown',
  ],
  ['glue', 'batchStopJobRun', { JobName: 'j', JobRunIds: [] }, { Errors: [{ JobName: 'j' }] }, 'Glue.Errors'],
  [
    'athena',
    'batchGetQueryExecution',
    { QueryExecutionIds: [] },
    { UnprocessedQueryExecutionIds: ['a'] },
    'Athena.UnprocessedQueryExecutionIds',
  ],
  ['eventbridge', 'putEvents', { Entries: [], integration: 'sdk' }, { FailedEntryCount: 1 }, 'EventBridge.FailedEntry'],
  [
    'lambda',
    'invoke',
    { FunctionName: 'f', integration: 'sdk' },
    { StatusCode: 200, FunctionError: 'Unhandled', Payload: '{"errorType":"ValueError"}' },
    'ValueError',
  ],
  [
    'lambda',
    'invoke',
    { FunctionName: 'f', integration: 'sdk' },
    { FunctionError: 'Unhandled', Payload: '{}' },
    'Lambda.Unknown',
  ],
  ['sfn', 'startSyncExecution', { StateMachineArn: 'm' }, { Status: 'FAILED', Error: 'Mine', Cause: 'c' }, 'Mine'],
  ['sfn', 'startSyncExecution', { StateMachineArn: 'm' }, { Status: 'TIMED_OUT' }, 'States.TaskFailed'],
  [
    'cloudwatchlogs',
    'putLogEvents',
    { LogGroupName: 'g', LogStreamName: 's', LogEvents: [] },
    { RejectedLogEventsInfo: { TooNewLogEventStartIndex: 0 } },
    'CloudWatchLogs.RejectedLogEventsInfo',
  ],
])('%s:%s fails the task by what its answer says', async (service, action, given, answer, error) => {
  const { integration, ...parameters } = given as { readonly integration?: string };
  const dag = new Dag('answers');
  dag.task('t', call(service, action, { parameters, ...(integration && { integration }) }), {
    retries: 1,
    retryDelay: 1,
  });
  const machine = machineOf(dag as never);
  const first = { Return: answer };
  const again = await simulate(machine, { mocks: { t: { 0: first, 1: { Return: {} } } } as never });
  const twice = await simulate(machine, { mocks: { t: { '0-1': first } } as never });
  const startsExecution = action === 'startSyncExecution';
  if (!startsExecution) expect([again.status, again.error]).toEqual(['SUCCEEDED', undefined]);
  expect([twice.status, twice.error]).toEqual(['FAILED', error]);
});

test('an answer that says nothing of a failure is the output, read in a text and whole', async () => {
  const dag = new Dag('output');
  const sent = dag.task(
    'send',
    aws({ service: 'sqs', action: 'sendMessageBatch', parameters: { QueueUrl: QUEUE, Entries: [] } }),
  );
  dag.task(
    'tell',
    aws({
      service: 'sqs',
      action: 'sendMessage',
      parameters: { QueueUrl: QUEUE, MessageBody: { first: sent.output.Successful, all: sent.output } },
    }),
  );
  for (const answer of [{ Successful: ['a'], Failed: [] }, { Successful: ['a'] }]) {
    const { status, events } = await simulate(machineOf(dag as never), {
      mocks: { send: { 0: { Return: answer } } } as never,
    });
    expect(status).toBe('SUCCEEDED');
    const given = JSON.parse(JSON.stringify(events)).flatMap(
      (event: { taskScheduledEventDetails?: { parameters: string } }) =>
        event.taskScheduledEventDetails ? [JSON.parse(event.taskScheduledEventDetails.parameters)] : [],
    );
    expect(given.at(-1).MessageBody).toEqual({ first: ['a'], all: answer });
  }
});

test('an object is handed over as JSON: as it is in the optimized form, as text in the SDK’s', async () => {
  const dag = new Dag('json');
  const first = dag.task('first', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'f' } }));
  const Input = { day: first.output.Payload.day, fixed: { a: [1, 'x'] } };
  const parameters = { StateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:m', Input };
  dag.task('optimized', aws({ service: 'sfn', action: 'startExecution', pattern: 'sync', parameters }));
  dag.task('sdk', aws({ service: 'sfn', action: 'startExecution', integration: 'sdk', parameters }));
  const answer = { Payload: { day: 'he said "hi"' } };
  const { events, error } = await simulate(machineOf(dag as never), {
    mocks: { first: { 0: { Return: answer } } } as never,
  });
  expect(error).toBeUndefined();
  const inputs = events.flatMap((event) => {
    const details = (event as { taskScheduledEventDetails?: { resource: string; parameters: string } })
      .taskScheduledEventDetails;
    return details?.resource.startsWith('startExecution') ? [JSON.parse(details.parameters).Input] : [];
  });
  const wanted = { day: 'he said "hi"', fixed: { a: [1, 'x'] } };
  expect(inputs).toContainEqual(wanted);
  expect(inputs.filter((input) => typeof input === 'string').map((text) => JSON.parse(text))).toEqual([wanted]);
});

test('a role of the env is a name or an ARN, as the argument takes it', () => {
  const dag = new Dag('roles', { env: { role: env.role(), other: env.string() } });
  const { role, other } = dag.env;
  dag.task(
    'emr',
    call('emrserverless', 'startJobRun', {
      parameters: { ApplicationId: 'a', ClientToken: 'c', ExecutionRoleArn: role },
    }),
  );
  dag.task('fn', call('lambda', 'createFunction', { parameters: { FunctionName: 'f', Code: {}, Role: `${role}` } }));
  dag.task('glue', call('glue', 'createJob', { parameters: { Name: 'j', Role: role, Command: {} } }));
  dag.task(
    'nodes',
    call('eks', 'createNodegroup', {
      parameters: { ClusterName: 'c', NodegroupName: 'n', ClientRequestToken: 'x', Subnets: [], NodeRole: role },
    }),
  );
  dag.task('own', call('cloudformation', 'createStack', { parameters: { StackName: 's', RoleARN: other } }));
  dag.task('convert', call('mediaconvert', 'createJob', { parameters: { Role: role, Settings: {} } }));
  const compiled = compileDag(dag as never);
  const text = compiled.files.get('step_function.json') as string;
  const given = (name: string) => new RegExp(`"${name}": "([^"]*)"`).exec(text)?.[1];
  const arn = 'arn:${partition}:iam::${account}:role/${role}';
  expect(['ExecutionRoleArn', 'NodeRole', 'RoleARN'].map(given)).toEqual([arn, arn, '${other}']);
  expect([...text.matchAll(/"Role": "([^"]*)"/g)].map(([, value]) => value).sort()).toEqual(['${role}', arn, arn]);
  const { Statement } = JSON.parse(compiled.files.get('policy.json') as string) as {
    Statement: { Action: string[]; Resource: string[] }[];
  };
  const passed = Statement.filter(({ Action }) => Action.includes('iam:PassRole')).flatMap(({ Resource }) => Resource);
  expect(new Set(passed)).toEqual(new Set([arn, '${other}']));
});

test('a callback hands the task token over: whole, nested, in a text, in an expression', async () => {
  const dag = new Dag('callbacks');
  const bodies = {
    whole: taskToken,
    nested: { list: [{ token: taskToken }] },
    text: `token=${taskToken};`,
    computed: expr(() => `t:${taskToken}`),
    json: JSON.stringify({ token: taskToken }),
  };
  for (const [id, MessageBody] of Object.entries(bodies))
    for (const integration of ['optimized', 'sdk'] as const)
      dag.task(
        `${id}_${integration}`,
        aws({
          service: 'sqs',
          action: 'sendMessage',
          pattern: 'callback',
          integration,
          parameters: { QueueUrl: QUEUE, MessageBody },
        }),
        { heartbeat: '90s', executionTimeout: '1h' },
      );
  const machine = machineOf(dag as never);
  const { status, error, events } = await simulate(machine, {});
  expect([status, error]).toEqual(['SUCCEEDED', undefined]);
  const sent = events.flatMap((event) => {
    const details = (event as { taskScheduledEventDetails?: { parameters: string; heartbeatInSeconds: number } })
      .taskScheduledEventDetails;
    if (details === undefined) return [];
    expect(details.heartbeatInSeconds).toBe(90);
    return [JSON.stringify(JSON.parse(details.parameters).MessageBody)];
  });
  expect(sent).toHaveLength(10);
  // Each task waits for a token of its own, and nothing of a reference is left.
  const tokens = sent.map((body) => /[\w+/=-]{20,}/.exec(body)?.[0]);
  expect(new Set(tokens).size).toBe(10);
  expect(tokens).not.toContain(undefined);
});

const self: { [key: string]: unknown } = { a: 1 };
self.self = self;
const message = (MessageBody: unknown) => ({
  service: 'sqs',
  action: 'sendMessage',
  integration: 'sdk',
  parameters: { QueueUrl: QUEUE, MessageBody },
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'DAG087'],
  ['no fields', {}, 'DAG088'],
  ['a service that is no text', { service: 5, action: 'x', parameters: {} }, 'DAG006'],
  ['a name of every object', { service: 'sqs', action: 'constructor', parameters: {} }, 'DAG116'],
  ['no parameters', { service: 'sqs', action: 'sendMessage', parameters: null }, 'DAG006'],
  ['an unknown field', { ...message('x'), paterns: 'sync' }, 'DAG085'],
  ['what holds itself', message(self), 'DAG015'],
  ['a function', message({ a: () => 1 }), 'DAG015'],
  ['a Date', message({ a: new Date(0) }), 'DAG015'],
  ['a permission without actions', { ...message('x'), permissions: [{}] }, 'DAG088'],
  ['no permission', { ...message('x'), permissions: [null] }, 'DAG087'],
])('aws() that is given %s is refused as such', (_, given, code) => {
  let said: readonly string[] = [];
  try {
    const dag = new Dag('wrong');
    dag.task('t', aws(given as never));
    compileDag(dag as never);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    said = error.diagnostics.map((one) => one.code);
  }
  expect(new Set(said)).toEqual(new Set([code]));
});
