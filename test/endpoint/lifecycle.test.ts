import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  PublishStateMachineVersionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROLE, startServer, until, WAIT } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('the SDK’s client drives a machine from its creation to a redrive', async () => {
  const { sfn } = server;
  const { stateMachineArn, creationDate } = await sfn.send(
    new CreateStateMachineCommand({ name: 'whole', definition: WAIT, roleArn: ROLE }),
  );
  expect(stateMachineArn).toBe('arn:aws:states:us-east-1:123456789012:stateMachine:whole');
  expect(creationDate).toBeInstanceOf(Date);
  expect(Math.abs(Date.now() - (creationDate as Date).getTime())).toBeLessThan(60_000);

  const { stateMachineVersionArn } = await sfn.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
  expect(stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
  const { stateMachineAliasArn } = await sfn.send(
    new CreateStateMachineAliasCommand({
      name: 'PROD',
      routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
    }),
  );

  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn: stateMachineAliasArn, name: 'one', input: '{"a":1}' }),
  );
  expect(executionArn).toBe('arn:aws:states:us-east-1:123456789012:execution:whole:one');
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect(described).toMatchObject({
    status: 'RUNNING',
    input: '{"a":1}',
    inputDetails: { included: true },
    stateMachineArn,
    stateMachineVersionArn,
    stateMachineAliasArn,
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
  });
  const history = () => sfn.send(new GetExecutionHistoryCommand({ executionArn }));
  const typesOf = ({ events }: Awaited<ReturnType<typeof history>>) => events?.map(({ type }) => type);
  await until(history, ({ events }) => events?.at(-1)?.type === 'WaitStateEntered');

  const { stopDate } = await sfn.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'of it' }));
  expect(stopDate).toBeInstanceOf(Date);
  expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    status: 'ABORTED',
    error: 'Enough',
    cause: 'of it',
    redriveStatus: 'REDRIVABLE',
    stopDate,
  });
  const ended = await history();
  expect(typesOf(ended)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted']);
  expect(ended.events?.at(-1)?.executionAbortedEventDetails).toEqual({ error: 'Enough', cause: 'of it' });

  const { redriveDate } = await sfn.send(new RedriveExecutionCommand({ executionArn }));
  expect(redriveDate).toBeInstanceOf(Date);
  await until(history, (answer) => typesOf(answer)?.includes('ExecutionRedriven') === true);
  const again = await sfn.send(new DescribeExecutionCommand({ executionArn }));
  expect(again).toMatchObject({ status: 'RUNNING', redriveCount: 1, redriveDate });
  expect(again.stopDate).toBeUndefined();
  const listed = await sfn.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter: 'REDRIVEN' }));
  expect(listed.executions?.map((one) => one.executionArn)).toEqual([executionArn]);
  await sfn.send(new StopExecutionCommand({ executionArn }));
});
