import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { REPOSITORY } from '../local/support.ts';
import { clientOf, machine, PASS, ROLE, until, WAIT } from './support.ts';

// These drive the built command (`npm run build`), in processes of their own, so that they can be killed.

let project: string;
const children: ChildProcess[] = [];
const clients: SFNClient[] = [];
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'dagwright-restart-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const client of clients.splice(0)) client.destroy();
  await rm(project, { recursive: true, force: true });
});

function spawnServer(...args: string[]): ChildProcess {
  const command = [join(REPOSITORY, 'bin/dagwright.js'), 'serve', '--port', '0', '--json', ...args];
  const child = spawn(process.execPath, command, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function start(): Promise<{ readonly child: ChildProcess; readonly sfn: SFNClient; readonly recovered: number }> {
  const child = spawnServer();
  const [line] = await Promise.race([
    (async () => {
      for await (const first of createInterface({ input: child.stdout! })) return [first];
      throw new Error(await text(child.stderr!));
    })(),
  ]);
  const { url, recovered } = JSON.parse(line as string) as { url: string; recovered: number };
  const sfn = clientOf(url);
  clients.push(sfn);
  return { child, sfn, recovered };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill(signal);
  return ended;
}

async function create(sfn: SFNClient, name: string, definition: string, more = {}): Promise<string> {
  const made = await sfn.send(new CreateStateMachineCommand({ name, definition, roleArn: ROLE, ...more }));
  return made.stateMachineArn as string;
}

test('killed in the middle of executions, it has lost no definition and no finished execution', async () => {
  const first = await start();
  const tags = [{ key: 'a', value: '1' }];
  const passing = await create(first.sfn, 'passing', PASS, { publish: true, tags });
  const waiting = await create(first.sfn, 'waiting', WAIT);
  await first.sfn.send(new CreateActivityCommand({ name: 'act' }));
  const slow = await create(
    first.sfn,
    'slow',
    machine({
      Before: { Type: 'Pass', Result: { kept: true }, Next: 'Wait' },
      Wait: { Type: 'Wait', Seconds: 3, Next: 'After' },
      After: { Type: 'Pass', End: true },
    }),
  );
  const running: string[] = [];
  for (let i = 0; i < 5; i++) {
    const { executionArn } = await first.sfn.send(
      new StartExecutionCommand({ stateMachineArn: waiting, name: `w${i}` }),
    );
    running.push(executionArn as string);
  }

  // Finished executions come and go all the while; what was seen as finished before the kill is what counts.
  const seen = new Map<string, string | undefined>();
  let stopped = false;
  const load = (async () => {
    for (let i = 0; !stopped; i++) {
      try {
        const { executionArn } = await first.sfn.send(
          new StartExecutionCommand({ stateMachineArn: passing, name: `p${i}`, input: `{"i":${i}}` }),
        );
        const done = await first.sfn.send(new DescribeExecutionCommand({ executionArn }));
        if (done.status === 'SUCCEEDED') seen.set(executionArn as string, done.output);
      } catch {
        return;
      }
    }
  })();
  await until(
    async () => seen.size,
    (size) => size >= 50,
  );
  const redriven = (await first.sfn.send(new StartExecutionCommand({ stateMachineArn: slow, name: 's' }))).executionArn;
  const started = new GetExecutionHistoryCommand({ executionArn: redriven });
  await until(
    () => first.sfn.send(started),
    ({ events }) => events?.at(-1)?.type === 'WaitStateEntered',
  );
  await end(first.child, 'SIGKILL');
  stopped = true;
  await load;

  const second = await start();
  expect(second.recovered).toBeGreaterThanOrEqual(6);
  const { sfn } = second;
  const { stateMachines } = await sfn.send(new ListStateMachinesCommand({}));
  expect(stateMachines?.map(({ name }) => name)).toEqual(['passing', 'slow', 'waiting']);
  expect((await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: passing }))).definition).toBe(PASS);
  const { stateMachineVersions } = await sfn.send(new ListStateMachineVersionsCommand({ stateMachineArn: passing }));
  expect(stateMachineVersions).toHaveLength(1);
  expect((await sfn.send(new ListTagsForResourceCommand({ resourceArn: passing }))).tags).toEqual(tags);

  for (const [executionArn, output] of seen) {
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output,
    });
    const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  }
  for (const executionArn of running) {
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'Dagwright.ServerEnded',
      cause: expect.stringContaining('RedriveExecution'),
      redriveStatus: 'REDRIVABLE',
      stopDate: expect.any(Date),
    });
    const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'Dagwright.ServerEnded' },
    });
  }
  const aborted = await sfn.send(new ListExecutionsCommand({ stateMachineArn: waiting, statusFilter: 'ABORTED' }));
  expect(aborted.executions).toHaveLength(5);

  await sfn.send(new RedriveExecutionCommand({ executionArn: redriven }));
  const done = await until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn: redriven })),
    ({ status }) => status !== 'RUNNING',
  );
  expect(done).toMatchObject({ status: 'SUCCEEDED', output: '{"kept":true}', redriveCount: 1 });
  const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: redriven }));
  const types = events?.map(({ type }) => type) ?? [];
  expect(types.filter((type) => type === 'PassStateEntered')).toHaveLength(2);
  expect(types).toContain('ExecutionRedriven');
  expect(events?.map(({ id }) => id)).toEqual(types.map((_, i) => i + 1));
  expect(await end(second.child, 'SIGTERM')).toBe(0);
});

test('a Map run that was killed is ABORTED, and goes on with what it had not done', async () => {
  const first = await start();
  const { activityArn } = await first.sfn.send(new CreateActivityCommand({ name: 'item' }));
  const arn = await create(
    first.sfn,
    'mapping',
    machine({
      Each: {
        Type: 'Map',
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Work',
          States: { Work: { Type: 'Task', Resource: activityArn as string, End: true } },
        },
        End: true,
      },
    }),
  );
  const { executionArn } = await first.sfn.send(
    new StartExecutionCommand({ stateMachineArn: arn, input: '["a","b","c"]' }),
  );
  const work = async (sfn: SFNClient) => {
    const { taskToken, input } = await sfn.send(new GetActivityTaskCommand({ activityArn }));
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: (input as string).toUpperCase() }));
  };
  const runOf = async (sfn: SFNClient) => {
    const { mapRuns } = await sfn.send(new ListMapRunsCommand({ executionArn }));
    return sfn.send(new DescribeMapRunCommand({ mapRunArn: mapRuns?.[0]?.mapRunArn }));
  };
  await work(first.sfn);
  await until(
    () => runOf(first.sfn),
    ({ itemCounts }) => itemCounts?.succeeded === 1 && itemCounts.running === 2,
  );
  await end(first.child, 'SIGKILL');

  const { sfn, child } = await start();
  const run = await runOf(sfn);
  expect(run).toMatchObject({
    status: 'ABORTED',
    stopDate: expect.any(Date),
    itemCounts: { succeeded: 1, aborted: 2, running: 0, pending: 0, total: 3 },
    executionCounts: { succeeded: 1, aborted: 2, total: 3 },
  });
  const { executions } = await sfn.send(new ListExecutionsCommand({ mapRunArn: run.mapRunArn }));
  expect(executions?.map(({ status }) => status).sort()).toEqual(['ABORTED', 'ABORTED', 'SUCCEEDED']);
  await sfn.send(new RedriveExecutionCommand({ executionArn }));
  await work(sfn);
  await work(sfn);
  const done = await until(
    () => sfn.send(new DescribeExecutionCommand({ executionArn })),
    ({ status }) => status !== 'RUNNING',
  );
  expect(done).toMatchObject({ status: 'SUCCEEDED', output: '["A","B","C"]' });
  expect(await runOf(sfn)).toMatchObject({
    status: 'SUCCEEDED',
    redriveCount: 1,
    itemCounts: { succeeded: 3, total: 3 },
  });
  expect(await end(child, 'SIGTERM')).toBe(0);
});

test('stopped by Ctrl-C, it aborts what runs, and says so', async () => {
  const first = await start();
  const arn = await create(first.sfn, 'waiting', WAIT);
  const { executionArn } = await first.sfn.send(new StartExecutionCommand({ stateMachineArn: arn }));
  expect(await end(first.child, 'SIGINT')).toBe(0);
  const second = await start();
  expect(second.recovered).toBe(0);
  expect(await second.sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
    status: 'ABORTED',
    error: 'Dagwright.ServerStopped',
  });
  expect(await end(second.child, 'SIGTERM')).toBe(0);
});

test('a second server on one data folder is refused', async () => {
  const { child } = await start();
  const second = spawnServer();
  const [err, code] = await Promise.all([
    text(second.stderr!),
    new Promise<number | null>((resolve) => second.once('close', resolve)),
  ]);
  expect(code).toBe(1);
  expect(err).toContain('SRV001');
  expect(err).toContain(String(child.pid));
});

test('a port that is taken is said to be', async () => {
  const { sfn } = await start();
  const { port } = await sfn.config.endpoint!();
  const second = spawnServer('--data', 'other', '--port', String(port));
  const [err, code] = await Promise.all([
    text(second.stderr!),
    new Promise<number | null>((resolve) => second.once('close', resolve)),
  ]);
  expect(code).toBe(3);
  expect(err).toContain('SRV002');
});
