import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  TestStateCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { folderWith } from '../local/support.ts';
import { machine, ROLE, refused, startServer, until } from './support.ts';

const CONFIG = {
  StateMachines: {
    mocked: { TestCases: { Happy: { Call: 'Success' }, Retried: { Call: 'TwiceNot' }, Dead: { Call: 'Never' } } },
  },
  MockedResponses: {
    Success: { '0': { Return: { ok: 1 } } },
    TwiceNot: { '0-1': { Throw: { Error: 'Not', Cause: 'yet' } }, '2': { Return: { ok: 2 } } },
    Never: { '0-9': { Throw: { Error: 'Never', Cause: 'ever' } } },
  },
};
const DEFINITION = machine({
  Call: {
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:getItem',
    Parameters: { TableName: 't', Key: { id: { S: '1' } } },
    Retry: [{ ErrorEquals: ['Not'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2 }],
    End: true,
  },
});

let server: Awaited<ReturnType<typeof startServer>>;
let file: string;
let arn: string;
beforeAll(async () => {
  file = join(await folderWith({ 'MockConfigFile.json': JSON.stringify(CONFIG) }), 'MockConfigFile.json');
  server = await startServer({ mocks: file });
  const request = { name: 'mocked', definition: DEFINITION, roleArn: ROLE };
  arn = (await server.sfn.send(new CreateStateMachineCommand(request))).stateMachineArn as string;
});
afterAll(() => server.stop());

async function run(stateMachineArn: string) {
  const { executionArn } = await server.sfn.send(new StartExecutionCommand({ stateMachineArn }));
  return ended(executionArn as string);
}
const ended = (executionArn: string) =>
  until(
    () => server.sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );

test('a test case is chosen after the machine’s ARN', async () => {
  expect(await run(`${arn}#Happy`)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":1}', stateMachineArn: arn });
  expect(await run(`${arn}#Retried`)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":2}' });
  // Without a case the task is real, and has no engine.
  expect(await run(arn)).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
});

test('a redrive has the mocks of its case, and the file as it is then', async () => {
  const failed = await run(`${arn}#Dead`);
  expect(failed).toMatchObject({ status: 'FAILED', error: 'Never', cause: 'ever' });
  const now = { ...CONFIG, MockedResponses: { ...CONFIG.MockedResponses, Never: { '0': { Return: 'alive' } } } };
  await writeFile(file, JSON.stringify(now));
  await server.sfn.send(new RedriveExecutionCommand({ executionArn: failed.executionArn }));
  expect(await ended(failed.executionArn as string)).toMatchObject({ status: 'SUCCEEDED', output: '"alive"' });
});

test('a case that does not exist is refused with those that do', async () => {
  const [name, message] = await refused(run(`${arn}#Nothing`));
  expect(name).toBe('InvalidName');
  expect(message).toContain('Nothing');
});

test('an Express workflow has test cases too', async () => {
  const express = { name: 'express', definition: DEFINITION, roleArn: ROLE, type: 'EXPRESS' as const };
  const { stateMachineArn } = await server.sfn.send(new CreateStateMachineCommand(express));
  const config = { ...CONFIG, StateMachines: { ...CONFIG.StateMachines, express: CONFIG.StateMachines.mocked } };
  await writeFile(file, JSON.stringify(config));
  const sync = new StartSyncExecutionCommand({ stateMachineArn: `${stateMachineArn}#Happy` });
  expect(await server.sfn.send(sync)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":1}' });
});

test('a state is tested with a mock, and its definition and input are refused as the API does', async () => {
  const state = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'f', 'Payload.$': '$' },
    ResultPath: '$.got',
    Next: 'Other',
  };
  const call = (more: Partial<ConstructorParameters<typeof TestStateCommand>[0]> = {}) =>
    server.sfn.send(
      new TestStateCommand({
        definition: JSON.stringify(state),
        input: '{"a":1}',
        inspectionLevel: 'DEBUG',
        mock: { result: '{"Payload":2,"StatusCode":200}' },
        ...more,
      }),
    );
  expect(await call()).toMatchObject({
    status: 'SUCCEEDED',
    nextState: 'Other',
    output: '{"a":1,"got":{"Payload":2,"StatusCode":200}}',
    inspectionData: { input: '{"a":1}', result: '{"Payload":2,"StatusCode":200}' },
  });
  expect(await call({ mock: { errorOutput: { error: 'E', cause: 'C' } } })).toMatchObject({
    status: 'FAILED',
    error: 'E',
    cause: 'C',
  });
  expect(await refused(call({ definition: '{' }))).toMatchObject(['InvalidDefinition', {}]);
  expect(await refused(call({ input: '{' }))).toMatchObject(['InvalidExecutionInput', {}]);
  expect(
    await server.sfn.send(
      new TestStateCommand({ definition: JSON.stringify({ Type: 'Pass', Result: 3, End: true }), input: '{}' }),
    ),
  ).toMatchObject({ status: 'SUCCEEDED', output: '3' });
});
