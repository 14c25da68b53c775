import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineForExecutionCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { machine, ROLE, refused, startServer, until } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('a distributed Map’s run and children are described, changed and redriven', async () => {
  const { sfn } = server;
  const { activityArn } = await sfn.send(new CreateActivityCommand({ name: 'item' }));
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: 'mapping',
      roleArn: ROLE,
      definition: machine({
        Each: {
          Type: 'Map',
          Label: 'each',
          MaxConcurrency: 1,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Work',
            States: { Work: { Type: 'Task', Resource: activityArn as string, End: true } },
          },
          End: true,
        },
      }),
    }),
  );
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: 'm', input: '["a","b","c"]' }),
  );
  const one = await sfn.send(new GetActivityTaskCommand({ activityArn }));
  expect(one.input).toBe('"a"');

  const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  expect(mapRuns).toEqual([
    { executionArn, mapRunArn: expect.any(String), stateMachineArn: expect.any(String), startDate: expect.any(Date) },
  ]);
  const mapRunArn = mapRuns?.[0]?.mapRunArn as string;
  expect(mapRunArn).toMatch(/^arn:aws:states:us-east-1:123456789012:mapRun:mapping\/each:[0-9a-f-]{36}$/);
  const describeRun = () => sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(await describeRun()).toMatchObject({
    status: 'RUNNING',
    executionArn,
    maxConcurrency: 1,
    itemCounts: { total: 3, running: 1, pending: 2 },
    executionCounts: { running: 1 },
    redriveCount: 0,
  });

  await sfn.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 }));
  const two = await sfn.send(new GetActivityTaskCommand({ activityArn }));
  expect(two.input).toBe('"b"');
  expect(await describeRun()).toMatchObject({ maxConcurrency: 2, itemCounts: { running: 2, pending: 1 } });

  await sfn.send(new SendTaskSuccessCommand({ taskToken: one.taskToken, output: '"A"' }));
  const listed = async (more = {}) =>
    (await sfn.send(new ListExecutionsCommand({ mapRunArn, ...more }))).executions ?? [];
  await until(listed, (all) => all.some(({ status }) => status === 'SUCCEEDED'));
  await sfn.send(new SendTaskFailureCommand({ taskToken: two.taskToken, error: 'E', cause: 'C' }));
  const failed = await until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );
  expect(failed).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
  expect(await describeRun()).toMatchObject({
    status: 'FAILED',
    stopDate: expect.any(Date),
    itemCounts: { succeeded: 1, failed: 1 },
  });
  expect(await refused(sfn.send(new UpdateMapRunCommand({ mapRunArn, maxConcurrency: 2 })))).toMatchObject([
    'ValidationException',
    {},
  ]);

  const [child] = await listed({ statusFilter: 'FAILED' });
  expect(child).toMatchObject({ mapRunArn, itemCount: 1, stateMachineArn: `${stateMachineArn}/each` });
  const described = await sfn.send(new DescribeExecutionCommand({ executionArn: child?.executionArn }));
  expect(described).toMatchObject({
    status: 'FAILED',
    error: 'E',
    cause: 'C',
    input: '"b"',
    mapRunArn,
    redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
  });
  const history = await sfn.send(new GetExecutionHistoryCommand({ executionArn: child?.executionArn }));
  expect(history.events?.map(({ type }) => type)).toContain('ActivityFailed');
  expect(
    await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn: child?.executionArn })),
  ).toMatchObject({ mapRunArn, label: 'each' });
  expect(await refused(sfn.send(new RedriveExecutionCommand({ executionArn: child?.executionArn })))).toMatchObject([
    'ExecutionNotRedrivable',
    {},
  ]);
  // Only what belongs to the machine itself is listed under it.
  const own = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(own.executions?.map((execution) => execution.executionArn)).toEqual([executionArn]);

  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  for (let i = 0; i < 2; i++) {
    const { taskToken, input } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    expect(input).toMatch(/"b"|"c"/);
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: (input as string).toUpperCase() }));
  }
  const done = await until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );
  expect(done).toMatchObject({ status: 'SUCCEEDED', output: '["A","B","C"]', redriveCount: 1 });
  expect(await describeRun()).toMatchObject({
    status: 'SUCCEEDED',
    redriveCount: 1,
    itemCounts: { succeeded: 3, failed: 0, total: 3 },
  });
});
