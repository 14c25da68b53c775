import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DeleteActivityCommand,
  DescribeActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListTagsForResourceCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { machine, PASS, ROLE, refused, startServer, until, WAIT } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

let made = 0;

/** Starts a machine of one task. */
async function startTask(
  task: { readonly [field: string]: Json },
  input: Json = {},
  states: { readonly [name: string]: Json } = {},
): Promise<string> {
  const { sfn } = server;
  const definition = machine({ Task: { Type: 'Task', ...task, End: true }, ...states });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name: `task${made++}`, definition, roleArn: ROLE }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return executionArn as string;
}

const describeIt = (executionArn: string) => server.sfn.send(new DescribeExecutionCommand({ executionArn }));
const ended = (executionArn: string) =>
  until(
    () => describeIt(executionArn),
    ({ status }) => status !== 'RUNNING',
  );
async function history(executionArn: string) {
  return (await server.sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events ?? [];
}

describe('activities', () => {
  async function activity(name: string): Promise<string> {
    return (await server.sfn.send(new CreateActivityCommand({ name }))).activityArn as string;
  }

  test('are made once, described, listed, tagged and deleted', async () => {
    const { sfn } = server;
    const request = { name: 'act', tags: [{ key: 'a', value: '1' }] };
    const first = await sfn.send(new CreateActivityCommand(request));
    const arn = first.activityArn as string;
    expect(arn).toBe('arn:aws:states:us-east-1:123456789012:activity:act');
    expect((await sfn.send(new CreateActivityCommand({ name: 'act' }))).creationDate).toEqual(first.creationDate);
    expect(await sfn.send(new DescribeActivityCommand({ activityArn: arn }))).toMatchObject({
      name: 'act',
      creationDate: first.creationDate,
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
    expect((await sfn.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual(request.tags);
    await activity('act2');
    const { activities, nextToken } = await sfn.send(new ListActivitiesCommand({ maxResults: 1 }));
    expect(activities?.map(({ name }) => name)).toEqual(['act']);
    const rest = await sfn.send(new ListActivitiesCommand({ nextToken }));
    expect(rest.activities?.map(({ name }) => name)).toContain('act2');
    const encrypted = {
      name: 'act',
      encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY' as const, kmsKeyId: 'k' },
    };
    expect(await refused(sfn.send(new CreateActivityCommand(encrypted)))).toMatchObject(['ActivityAlreadyExists', {}]);
    await sfn.send(new DeleteActivityCommand({ activityArn: arn }));
    await sfn.send(new DeleteActivityCommand({ activityArn: arn }));
    expect(await refused(sfn.send(new DescribeActivityCommand({ activityArn: arn })))).toEqual([
      'ActivityDoesNotExist',
      `Activity Does Not Exist: '${arn}'`,
    ]);
  });

  test('hand their work to a worker that waits, and to one that comes later', async () => {
    const { sfn } = server;
    const activityArn = await activity('worked');
    const early = sfn.send(new GetActivityTaskCommand({ activityArn, workerName: 'early' }));
    const first = await startTask({ Resource: activityArn }, { n: 1 });
    const task = await early;
    expect(task.input).toBe('{"n":1}');
    await sfn.send(new SendTaskHeartbeatCommand({ taskToken: task.taskToken }));
    await sfn.send(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: '{"done":1}' }));
    expect(await ended(first)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":1}' });
    const events = await history(first);
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[3]?.activityStartedEventDetails).toEqual({ workerName: 'early' });

    const second = await startTask({ Resource: activityArn }, { n: 2 });
    await until(
      () => history(second),
      (all) => all.some(({ type }) => type === 'ActivityScheduled'),
    );
    expect((await history(second)).some(({ type }) => type === 'ActivityStarted')).toBe(false);
    const late = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    await sfn.send(new SendTaskFailureCommand({ taskToken: late.taskToken, error: 'No', cause: 'luck' }));
    expect(await ended(second)).toMatchObject({ status: 'FAILED', error: 'No', cause: 'luck' });
    // Who fails it need not say why.
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.why', Next: 'Caught' }];
    const third = await startTask({ Resource: activityArn, Catch }, { n: 3 }, { Caught: { Type: 'Succeed' } });
    const silent = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    await sfn.send(new SendTaskFailureCommand({ taskToken: silent.taskToken }));
    expect(JSON.parse((await ended(third)).output as string)).toEqual({ n: 3, why: { Error: null, Cause: null } });
    const gone = ['TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'"];
    expect(await refused(sfn.send(new SendTaskSuccessCommand({ taskToken: late.taskToken, output: '1' })))).toEqual(
      gone,
    );
    expect(await refused(sfn.send(new SendTaskHeartbeatCommand({ taskToken: late.taskToken })))).toEqual(gone);
  });

  test('keep their work for the next worker when one has gone', async () => {
    const { sfn } = server;
    const activityArn = await activity('patient');
    const leaving = new AbortController();
    const gone = sfn.send(new GetActivityTaskCommand({ activityArn }), { abortSignal: leaving.signal });
    await new Promise((resolve) => setTimeout(resolve, 100));
    leaving.abort();
    await expect(gone).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const executionArn = await startTask({ Resource: activityArn });
    const { taskToken } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"x"' }));
    expect((await ended(executionArn)).output).toBe('"x"');
  });

  test('give no work of executions that were stopped', async () => {
    const { sfn } = server;
    const activityArn = await activity('stopped');
    const first = await startTask({ Resource: activityArn }, { n: 1 });
    await until(
      () => history(first),
      (all) => all.some(({ type }) => type === 'ActivityScheduled'),
    );
    await sfn.send(new StopExecutionCommand({ executionArn: first }));
    const second = await startTask({ Resource: activityArn }, { n: 2 });
    const { input, taskToken } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    expect(input).toBe('{"n":2}');
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '2' }));
    expect((await ended(second)).status).toBe('SUCCEEDED');
  });

  test('that do not exist fail their tasks', async () => {
    const executionArn = await startTask({ Resource: 'arn:aws:states:us-east-1:123456789012:activity:none' });
    expect(await ended(executionArn)).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining('Does Not Exist'),
    });
    expect((await history(executionArn)).map(({ type }) => type)).toContain('ActivityScheduleFailed');
  });

  test('miss their heartbeat', async () => {
    const activityArn = await activity('silent');
    const executionArn = await startTask({ Resource: activityArn, HeartbeatSeconds: 1, TimeoutSeconds: 60 });
    const { taskToken } = await server.sfn.send(new GetActivityTaskCommand({ activityArn }));
    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await refused(server.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '1' })))).toMatchObject([
      'TaskTimedOut',
      {},
    ]);
  });
});

describe('task tokens', () => {
  test('of a service that is not here are found in the history', async () => {
    const { sfn } = server;
    const executionArn = await startTask({
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'q', MessageBody: { 'token.$': '$$.Task.Token' } },
    });
    const events = await until(
      () => history(executionArn),
      (all) => all.some(({ type }) => type === 'TaskSubmitted'),
    );
    const scheduled = events.find(({ type }) => type === 'TaskScheduled');
    const taskToken = JSON.parse(scheduled?.taskScheduledEventDetails?.parameters as string).MessageBody
      .token as string;
    expect(await refused(sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{' })))).toMatchObject([
      'InvalidOutput',
      {},
    ]);
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}' });
  });

  test('that nobody gave are refused', async () => {
    expect(await refused(server.sfn.send(new SendTaskHeartbeatCommand({ taskToken: 'made up' })))).toEqual([
      'InvalidToken',
      "Invalid Token: 'Invalid token'",
    ]);
  });
});

describe('tasks that call Step Functions', () => {
  let passing: string;
  let failing: string;
  let waiting: string;
  beforeAll(async () => {
    const create = async (name: string, definition: string) =>
      (await server.sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE })))
        .stateMachineArn as string;
    passing = await create('child-pass', PASS);
    failing = await create('child-fail', machine({ F: { Type: 'Fail', Error: 'E', Cause: 'C' } }));
    waiting = await create('child-wait', WAIT);
  });

  test('start an execution and go on', async () => {
    const arn = await startTask({
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: { StateMachineArn: passing, Input: { a: 1 }, Name: 'started' },
    });
    const { output } = await ended(arn);
    const child = passing.replace(':stateMachine:', ':execution:').concat(':started');
    expect(JSON.parse(output as string)).toMatchObject({ ExecutionArn: child, StartDate: expect.anything() });
    expect((await ended(child)).output).toBe('{"a":1}');
  });

  test.each([
    ['.sync', '{"a":1}'],
    ['.sync:2', { a: 1 }],
  ])('wait for it with %s', async (pattern, expected) => {
    const arn = await startTask({
      Resource: `arn:aws:states:::states:startExecution${pattern}`,
      Parameters: { StateMachineArn: passing, Input: { a: 1 } },
    });
    const done = await ended(arn);
    expect(done.status).toBe('SUCCEEDED');
    expect(JSON.parse(done.output as string)).toMatchObject({
      Status: 'SUCCEEDED',
      Output: expected,
      Input: expected,
      StateMachineArn: passing,
      InputDetails: { Included: true },
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  test('fail with a child that fails, and are refused what the API refuses', async () => {
    const arn = await startTask({
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: failing },
    });
    const failed = await ended(arn);
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(failed.cause as string)).toMatchObject({ Status: 'FAILED', Error: 'E', Cause: 'C' });
    const none = await ended(
      await startTask({
        Resource: 'arn:aws:states:::states:startExecution',
        Parameters: { StateMachineArn: `${passing}x` },
      }),
    );
    expect(none.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(none.cause).toContain(`State Machine Does Not Exist: '${passing}x'`);
  });

  test('stop their child when they are stopped', async () => {
    const arn = await startTask({
      Resource: 'arn:aws:states:::states:startExecution.sync',
      Parameters: { StateMachineArn: waiting, Name: 'child' },
    });
    const child = waiting.replace(':stateMachine:', ':execution:').concat(':child');
    await until(
      () => describeIt(child).catch(() => undefined),
      (found) => found?.status === 'RUNNING',
    );
    await server.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    expect((await ended(child)).status).toBe('ABORTED');
  });

  test('call any action of the SDK', async () => {
    const arn = await startTask({
      Resource: 'arn:aws:states:::aws-sdk:sfn:describeStateMachine',
      Parameters: { StateMachineArn: passing },
    });
    expect(JSON.parse((await ended(arn)).output as string)).toMatchObject({ Name: 'child-pass', Definition: PASS });
  });
});

test('a service without an engine fails its task, and says what to do', async () => {
  const arn = await startTask({
    Resource: 'arn:aws:states:::dynamodb:getItem',
    Parameters: { TableName: 't', Key: { a: { S: '1' } } },
  });
  const { status, error, cause } = await ended(arn);
  expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
  expect(cause).toContain('mock');
});

test('this machine’s engines do what they know', async () => {
  const arn = await startTask({
    Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
    Parameters: { Bucket: 'a-bucket', Key: 'k', Body: 'text' },
  });
  expect(await ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
  const read = await ended(
    await startTask({
      Resource: 'arn:aws:states:::aws-sdk:s3:headObject',
      Parameters: { Bucket: 'a-bucket', Key: 'k' },
    }),
  );
  // Step Functions writes a text in quotes.
  expect(JSON.parse(read.output as string)).toMatchObject({ ContentLength: 6 });
});

describe('Lambda, where an endpoint of it is set', () => {
  let lambda: Server;
  let other: Awaited<ReturnType<typeof startServer>>;
  let usual: typeof server;
  beforeAll(async () => {
    lambda = createServer(async (request, response) => {
      const [, name = ''] = /functions\/([^/]+)\/invocations/.exec(request.url as string) ?? [];
      const body = await text(request);
      if (name === 'broken') {
        response.writeHead(200, { 'X-Amz-Function-Error': 'Unhandled' });
        response.end('{"errorType":"ValueError","errorMessage":"no"}');
      } else if (name === 'none') {
        response.writeHead(404, { 'x-amzn-ErrorType': 'ResourceNotFoundException' });
        response.end('{"Message":"Function not found: none"}');
      } else {
        response.writeHead(200, { 'X-Amz-Executed-Version': '$LATEST' });
        response.end(JSON.stringify({ name: decodeURIComponent(name), given: body === '' ? null : JSON.parse(body) }));
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => lambda.once('listening', resolve));
    const { port } = lambda.address() as AddressInfo;
    other = await startServer({ env: { ...process.env, AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}` } });
    usual = server;
    server = other;
  });
  afterAll(async () => {
    server = usual;
    await other.stop();
    await new Promise((resolve) => lambda.close(resolve));
  });

  const invoke = (FunctionName: string) => ({
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName, 'Payload.$': '$' },
  });

  test('functions are called by each of their ways', async () => {
    const one = await ended(await startTask(invoke('f'), { a: 1 }));
    expect(JSON.parse(one.output as string)).toEqual({
      ExecutedVersion: '$LATEST',
      StatusCode: 200,
      Payload: { name: 'f', given: { a: 1 } },
    });
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    const direct = await ended(await startTask({ Resource: arn }, { a: 1 }));
    expect(JSON.parse(direct.output as string)).toEqual({ name: arn, given: { a: 1 } });
  });

  test('errors are named after the function’s exception, or after the service’s', async () => {
    expect(await ended(await startTask(invoke('broken')))).toMatchObject({
      error: 'ValueError',
      cause: '{"errorType":"ValueError","errorMessage":"no"}',
    });
    const none = await ended(await startTask(invoke('none')));
    expect(none.error).toBe('Lambda.ResourceNotFoundException');
    expect(none.cause).toMatch(/^Function not found: none \(Service: AWSLambda; Status Code: 404; /);
  });
});
