import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { INSTANT, type Project, projectOn, type SmallDag } from './support.ts';

/** What the proxy does with a call, by its action and how often it came. */
type Fault = 'lose the answer' | 'throttle' | 'fail' | undefined;

const SLOW: SmallDag = {
  id: 'slow',
  definition: { StartAt: 'wait', States: { wait: { Type: 'Wait', Seconds: 3, End: true } } },
  tasks: [{ id: 'wait' }],
};

let project: Project;
let proxy: Server;
let fault: (action: string, time: number) => Fault = () => undefined;
const times = new Map<string, number>();

beforeAll(async () => {
  project = await projectOn({}, INSTANT, SLOW);
  proxy = createServer(forward);
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await project.close();
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
});
afterEach(() => {
  fault = () => undefined;
  times.clear();
});

function forward(incoming: IncomingMessage, answer: ServerResponse): void {
  const action = String(incoming.headers['x-amz-target']).split('.').at(-1)!;
  const time = (times.get(action) ?? 0) + 1;
  times.set(action, time);
  const what = fault(action, time);
  if (what === 'throttle' || what === 'fail') {
    const [status, name] = what === 'throttle' ? [400, 'ThrottlingException'] : [500, 'InternalFailure'];
    incoming.resume();
    answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    answer.end(JSON.stringify({ __type: name, message: 'Rate exceeded' }));
    return;
  }
  const { method, headers } = incoming;
  const on = request(project.strict.url, { method, headers }, (reply) => {
    if (what === 'lose the answer') {
      // The call has done what it does; nobody learns of it.
      reply.resume().once('end', () => setTimeout(() => incoming.socket.destroy(), 200));
      return;
    }
    answer.writeHead(reply.statusCode!, reply.headers);
    reply.pipe(answer);
  });
  incoming.pipe(on);
}

const through = () => {
  const { port } = proxy.address() as { port: number };
  return { AWS_ENDPOINT_URL_SFN: `http://127.0.0.1:${port}` };
};

async function names(dag: string): Promise<string[]> {
  const stateMachineArn = `arn:aws:states:us-east-1:123456789012:stateMachine:${dag}`;
  return (await project.sfn.send(new ListExecutionsCommand({ stateMachineArn })))
    .executions!.map(({ name }) => name!)
    .sort();
}

test('a start whose answer was lost is one’s own run, though it has ended since', async () => {
  fault = (action, time) => (action === 'StartExecution' && time === 1 ? 'lose the answer' : undefined);
  const { code, out, err } = await project.runWith(through(), 'run', 'daily', '--logical-date', '2026-01-01');
  expect(err).toBe('');
  expect(out).toMatch(/daily 20260101T000000Z-1 succeeded/);
  expect(code).toBe(0);
  expect(times.get('StartExecution')).toBe(2);
  expect(await names('daily')).toEqual(['20260101T000000Z-1']);
});

test('a backfill goes on through throttling, failures and lost answers', async () => {
  fault = (action, time) => {
    if (action === 'StartExecution') return ([undefined, 'lose the answer', 'throttle'] as const)[time % 3];
    return action === 'ListExecutions' && time % 4 === 1 ? 'fail' : undefined;
  };
  const args = ['backfill', 'daily', '--from', '2026-02-01', '--to', '2026-02-10', '--max-active', '3'];
  const { code, out } = await project.runWith(through(), ...args);
  expect(out).toMatch(/daily: 10 started, 10 succeeded\n/);
  expect(code).toBe(0);
  expect((await names('daily')).filter((name) => name.startsWith('202602'))).toHaveLength(10);
});

test('following goes on when AWS is away for longer than the SDK waits', async () => {
  // The SDK's clients try five times.
  fault = (action, time) => (action === 'GetExecutionHistory' && time >= 2 && time <= 7 ? 'fail' : undefined);
  const { code, out } = await project.runWith(through(), 'run', 'slow');
  expect(out).toMatch(/slow \S+ succeeded/);
  expect(code).toBe(0);
  expect(times.get('GetExecutionHistory')).toBeGreaterThan(7);
});

test('an error that stays is one clear message', async () => {
  fault = (action) => (action === 'DescribeStateMachineAlias' ? 'throttle' : undefined);
  const { code, err } = await project.runWith(through(), 'run', 'daily');
  expect(err).toMatch(
    /^error AWS006 {2}Step Functions: DescribeStateMachineAlias failed with ThrottlingException: Rate exceeded\./,
  );
  expect(code).toBe(3);
});
