import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { machine, PASS, ROLE, refused, startServer, until, WAIT } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let waiting: string;
let passing: string;
beforeAll(async () => {
  server = await startServer();
  waiting = await create('waiting', WAIT);
  passing = await create('passing', PASS);
});
afterAll(() => server.stop());

async function create(name: string, definition: string, more = {}): Promise<string> {
  const made = await server.sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE, ...more }));
  return made.stateMachineArn as string;
}

async function start(stateMachineArn: string, more = {}): Promise<string> {
  const { executionArn } = await server.sfn.send(new StartExecutionCommand({ stateMachineArn, ...more }));
  return executionArn as string;
}

const describeIt = (executionArn: string) => server.sfn.send(new DescribeExecutionCommand({ executionArn }));
const ended = (executionArn: string) =>
  until(
    () => describeIt(executionArn),
    ({ status }) => status !== 'RUNNING',
  );

describe('StartExecution', () => {
  test('is the same request while the execution runs, with the same name and input', async () => {
    const arn = await start(waiting, { name: 'same', input: '{"a":1}' });
    const first = await describeIt(arn);
    expect(await start(waiting, { name: 'same', input: '{"a":1}' })).toBe(arn);
    expect((await describeIt(arn)).startDate).toEqual(first.startDate);
    const exists = ['ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`];
    expect(await refused(start(waiting, { name: 'same', input: '{"a":2}' }))).toEqual(exists);
    await server.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    expect(await refused(start(waiting, { name: 'same', input: '{"a":1}' }))).toEqual(exists);
  });

  test('many at one time are one execution', async () => {
    const arns = await Promise.all(Array.from({ length: 20 }, () => start(waiting, { name: 'twenty' })));
    expect(new Set(arns).size).toBe(1);
    await server.sfn.send(new StopExecutionCommand({ executionArn: arns[0] }));
  });

  test.each([
    [{ input: '{' }, 'InvalidExecutionInput', 'Invalid State Machine Execution Input: '],
    [{ input: '' }, 'InvalidExecutionInput', 'Invalid State Machine Execution Input: '],
    [{ name: 'a b' }, 'InvalidName', "Invalid Name: 'a b'"],
    [{ name: 'x'.repeat(81) }, 'ValidationException', 'Member must have length less than or equal to 80'],
    [{ stateMachineArn: 'nothing' }, 'InvalidArn', "Invalid Arn: 'Invalid ARN prefix: nothing'"],
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:execution:a:b' },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:none' },
      'StateMachineDoesNotExist',
      "State Machine Does Not Exist: 'arn:aws:states:us-east-1:123456789012:stateMachine:none'",
    ],
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:passing:7' },
      'StateMachineDoesNotExist',
      'passing:7',
    ],
    [
      { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:passing/label' },
      'ValidationException',
      '',
    ],
  ])('of %j is refused as %s', async (more, name, message) => {
    const [given, text] = await refused(start(passing, more));
    expect(given).toBe(name);
    expect(text).toContain(message);
  });

  test('keeps the trace header, gives a name, and its output and history', async () => {
    const arn = await start(passing, { input: '{"x":1}', traceHeader: 'Root=1' });
    expect(arn).toMatch(/:execution:passing:[0-9a-f-]{36}$/);
    const done = await ended(arn);
    expect(done).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"x":1}',
      outputDetails: { included: true },
      traceHeader: 'Root=1',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const bare = await server.sfn.send(
      new DescribeExecutionCommand({ executionArn: arn, includedData: 'METADATA_ONLY' }),
    );
    expect([bare.input, bare.output, bare.inputDetails]).toEqual([undefined, undefined, { included: false }]);
    expect(await refused(server.sfn.send(new RedriveExecutionCommand({ executionArn: arn })))).toMatchObject([
      'ExecutionNotRedrivable',
      expect.stringContaining('SUCCEEDED'),
    ]);
    const stop = await server.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    expect(stop.stopDate).toEqual(done.stopDate);
  });
});

test('a history is read forwards and backwards, page by page, with and without data', async () => {
  const states = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [
      `S${i}`,
      { Type: 'Pass', ...(i < 9 ? { Next: `S${i + 1}` } : { End: true }) },
    ]),
  );
  const executionArn = await start(await create('ten', machine(states)), { input: '{"k":1}' });
  await ended(executionArn);
  const read = async (more: { reverseOrder?: boolean; includeExecutionData?: boolean; maxResults?: number }) => {
    const ids: (number | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await server.sfn.send(new GetExecutionHistoryCommand({ executionArn, ...more, nextToken }));
      ids.push(...(answer.events ?? []).map(({ id }) => id));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return ids;
  };
  const all = Array.from({ length: 22 }, (_, i) => i + 1);
  expect(await read({})).toEqual(all);
  expect(await read({ maxResults: 5 })).toEqual(all);
  expect(await read({ maxResults: 7, reverseOrder: true })).toEqual([...all].reverse());
  const { events } = await server.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false, maxResults: 2 }),
  );
  expect(events?.[0]?.executionStartedEventDetails).toEqual({ inputDetails: expect.anything(), roleArn: ROLE });
  expect(events?.[1]).toMatchObject({ type: 'PassStateEntered', timestamp: expect.any(Date), previousEventId: 0 });

  const { nextToken } = await server.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 2 }));
  const invalid = ['InvalidToken', "Invalid Token: 'Invalid token'"];
  for (const wrong of [{ nextToken: 'x' }, { nextToken: `${nextToken}x` }, { nextToken, reverseOrder: true }]) {
    expect(await refused(server.sfn.send(new GetExecutionHistoryCommand({ executionArn, ...wrong })))).toEqual(invalid);
  }
  expect(await refused(server.sfn.send(new ListExecutionsCommand({ stateMachineArn: passing, nextToken })))).toEqual(
    invalid,
  );
  expect(await refused(server.sfn.send(new GetExecutionHistoryCommand({ executionArn: `${executionArn}x` })))).toEqual([
    'ExecutionDoesNotExist',
    `Execution Does Not Exist: '${executionArn}x'`,
  ]);
});

test('executions are listed by machine and status, the latest first', async () => {
  const arn = await create('listed', WAIT);
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) {
    await start(arn, { name });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const list = async (more = {}) => {
    const found: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await server.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: arn, maxResults: 2, nextToken, ...more }),
      );
      found.push(...(answer.executions ?? []).map(({ name }) => name));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return found;
  };
  expect(await list()).toEqual([...names].reverse());
  await new Promise((resolve) => setTimeout(resolve, 2));
  await server.sfn.send(
    new StopExecutionCommand({ executionArn: arn.replace(':stateMachine:', ':execution:').concat(':b') }),
  );
  expect(await list({ statusFilter: 'ABORTED' })).toEqual(['b']);
  expect(await list({ statusFilter: 'RUNNING' })).toEqual(['e', 'd', 'c', 'a']);
  expect(await list()).toEqual(['b', 'e', 'd', 'c', 'a']);
  expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual([]);
  expect(await refused(list({ statusFilter: 'PENDING_REDRIVE' }))).toMatchObject(['ValidationException', {}]);
  expect(await refused(server.sfn.send(new ListExecutionsCommand({})))).toEqual([
    'ValidationException',
    'Must provide a StateMachine ARN or MapRun ARN',
  ]);
});

describe('an Express workflow', () => {
  let express: string;
  beforeAll(async () => {
    express = await create(
      'express',
      machine({
        Choose: { Type: 'Choice', Choices: [{ Variable: '$.fail', IsPresent: true, Next: 'Fail' }], Default: 'Done' },
        Fail: { Type: 'Fail', Error: 'Wanted', Cause: 'so' },
        Done: { Type: 'Pass', Parameters: { 'id.$': '$$.Execution.Id', 'name.$': '$$.Execution.Name' }, End: true },
      }),
      { type: 'EXPRESS' },
    );
  });

  test('runs while its caller waits', async () => {
    const done = await server.sfn.send(
      new StartSyncExecutionCommand({ stateMachineArn: express, name: 'n', input: '{"a":1}' }),
    );
    expect(done).toMatchObject({
      status: 'SUCCEEDED',
      input: '{"a":1}',
      name: 'n',
      stateMachineArn: express,
      inputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: 100, billedMemoryUsedInMB: 64 },
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
    });
    expect(done.executionArn).toMatch(/^arn:aws:states:us-east-1:123456789012:express:express:n:[0-9a-f-]{36}$/);
    expect(JSON.parse(done.output as string)).toEqual({ id: done.executionArn, name: 'n' });
    const failed = await server.sfn.send(
      new StartSyncExecutionCommand({ stateMachineArn: express, input: '{"fail":1}' }),
    );
    expect(failed).toMatchObject({ status: 'FAILED', error: 'Wanted', cause: 'so' });
    expect(failed.output).toBeUndefined();
  });

  test('leaves nothing to be described, and may have one name twice', async () => {
    const first = await start(express, { name: 'twice' });
    expect(await start(express, { name: 'twice' })).not.toBe(first);
    const context = ['InvalidArn', "Invalid Arn: 'Resource type not valid in this context: express'"];
    expect(await refused(describeIt(first))).toEqual(context);
    expect(await refused(server.sfn.send(new GetExecutionHistoryCommand({ executionArn: first })))).toEqual(context);
    const unsupported = [
      'StateMachineTypeNotSupported',
      'This operation is not supported by this type of state machine',
    ];
    expect(await refused(server.sfn.send(new ListExecutionsCommand({ stateMachineArn: express })))).toEqual(
      unsupported,
    );
    expect(await refused(server.sfn.send(new StartSyncExecutionCommand({ stateMachineArn: passing })))).toEqual(
      unsupported,
    );
  });
});

test('a failed execution goes on from the state that failed; the same client token redrives once', async () => {
  const definition = machine({
    Before: { Type: 'Pass', Result: 1, Next: 'Fail' },
    Fail: { Type: 'Fail', Error: 'E', Cause: 'C' },
  });
  const executionArn = await start(await create('failing', definition));
  expect(await ended(executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'E',
    cause: 'C',
    redriveStatus: 'REDRIVABLE',
  });
  const redrive = () => server.sfn.send(new RedriveExecutionCommand({ executionArn, clientToken: 'once' }));
  const { redriveDate } = await redrive();
  expect((await redrive()).redriveDate).toEqual(redriveDate);
  const again = await ended(executionArn);
  expect(again).toMatchObject({ status: 'FAILED', redriveCount: 1, redriveDate });
  const { events } = await server.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'PassStateEntered',
    'PassStateExited',
    'FailStateEntered',
    'ExecutionFailed',
    'ExecutionRedriven',
    'FailStateEntered',
    'ExecutionFailed',
  ]);
  expect(events?.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('a hundred executions run beside each other', async () => {
  const arn = await create(
    'hundred',
    machine({ Wait: { Type: 'Wait', Seconds: 1, Next: 'Pass' }, Pass: { Type: 'Pass', End: true } }),
  );
  const arns = await Promise.all(Array.from({ length: 100 }, (_, i) => start(arn, { input: String(i) })));
  const all = await Promise.all(arns.map(ended));
  expect(all.map(({ status, output }) => [status, output])).toEqual(arns.map((_, i) => ['SUCCEEDED', String(i)]));
});

test('a loop without end fails at the history’s limit, and its whole history is there', async () => {
  const definition = machine({
    Loop: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 2, Next: 'End' }], Default: 'Loop' },
    End: { Type: 'Succeed' },
  });
  const executionArn = await start(await create('endless', definition), { input: '{"x":1}' });
  expect(await ended(executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    redriveStatusReason: 'Execution history event limit exceeded',
  });
  const latest = new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 2 });
  const { events } = await server.sfn.send(latest);
  expect(events?.map(({ id, type }) => [id, type])).toEqual([
    [25_000, 'ExecutionFailed'],
    [24_999, 'ChoiceStateExited'],
  ]);
});
