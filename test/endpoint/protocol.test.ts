import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PASS, ROLE, startServer } from './support.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const TYPE = 'application/x-amz-json-1.0';

function post(action: string | undefined, body: string, headers = {}): Promise<Response> {
  const target = action === undefined ? {} : { 'x-amz-target': `AWSStepFunctions.${action}` };
  return fetch(server.endpoint.url, { method: 'POST', body, headers: { 'content-type': TYPE, ...target, ...headers } });
}

async function errorOf(response: Response): Promise<{ readonly type: string; readonly message: string }> {
  const { __type: type, message } = (await response.json()) as { __type: string; message: string };
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.headers.get('x-amzn-errortype')).toBe(type.split('#')[1]);
  return { type, message };
}

test('an answer has the service’s content type, a request id, and dates as seconds', async () => {
  const body = JSON.stringify({ name: 'wire', definition: PASS, roleArn: ROLE });
  const response = await post('CreateStateMachine', body);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(TYPE);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  const answer = (await response.json()) as { stateMachineArn: string; creationDate: number };
  expect(Object.keys(answer)).toEqual(['stateMachineArn', 'creationDate']);
  expect(Math.abs(answer.creationDate - Date.now() / 1000)).toBeLessThan(60);
});

test('an error has its type in the body and in a header', async () => {
  const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:none';
  const response = await post('DescribeStateMachine', JSON.stringify({ stateMachineArn: arn }));
  expect(response.status).toBe(400);
  expect(await errorOf(response)).toEqual({
    type: 'com.amazonaws.sfn#StateMachineDoesNotExist',
    message: `State Machine Does Not Exist: '${arn}'`,
  });
});

test.each([
  ['an unknown action', 'Dance', '{}', 'UnknownOperationException'],
  ['no action', undefined, '{}', 'UnknownOperationException'],
  ['a name that every object has', 'constructor', '{}', 'UnknownOperationException'],
  ['no JSON', 'ListStateMachines', '{', 'SerializationException'],
  ['another type', 'DescribeStateMachine', '{"stateMachineArn": 1}', 'SerializationException'],
  ['no object', 'ListStateMachines', '[]', 'SerializationException'],
])('%s is refused', async (_, action, body, type) => {
  expect((await errorOf(await post(action, body))).type).toBe(`com.amazon.coral.service#${type}`);
});

describe('the model’s constraints are said in the service’s words', () => {
  test.each([
    [
      'DescribeStateMachine',
      {},
      "Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'ListStateMachines',
      { maxResults: 1001 },
      "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'CreateActivity',
      { name: '' },
      "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'ListExecutions',
      { stateMachineArn: 'arn', statusFilter: 'DONE' },
      "Value 'DONE' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE]",
    ],
    [
      'CreateActivity',
      { name: 'a', tags: [{ key: '' }] },
      "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'CreateStateMachineAlias',
      { name: '7', routingConfiguration: [{ stateMachineVersionArn: 'a', weight: 1 }] },
      "Value '7' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$",
    ],
    [
      'StartExecution',
      { stateMachineArn: 'arn', input: JSON.stringify('é'.repeat(131_072)) },
      "Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    ],
    [
      'SendTaskSuccess',
      { taskToken: 'none', output: JSON.stringify(`${'é'.repeat(131_071)}x`) },
      "Value at 'output' failed to satisfy constraint: Member must have length less than or equal to 262144",
    ],
  ])('%s', async (action, body, message) => {
    expect(await errorOf(await post(action, JSON.stringify(body)))).toEqual({
      type: 'com.amazonaws.sfn#ValidationException',
      message: `1 validation error detected: ${message}`,
    });
  });

  test('an output of 262,144 bytes is none too many', async () => {
    const output = JSON.stringify('é'.repeat(131_071));
    expect(Buffer.byteLength(output)).toBe(262_144);
    const { type } = await errorOf(await post('SendTaskSuccess', JSON.stringify({ taskToken: 'none', output })));
    expect(type).toBe('com.amazonaws.sfn#InvalidToken');
  });

  test('all of them at once', async () => {
    const { message } = await errorOf(await post('CreateStateMachine', '{}'));
    expect(message).toBe(
      `3 validation errors detected: ${['name', 'definition', 'roleArn']
        .map((name) => `Value null at '${name}' failed to satisfy constraint: Member must not be null`)
        .join('; ')}`,
    );
  });
});

test('a definition of just 1 MB is taken, one byte more is refused', async () => {
  const definition = (bytes: number) => {
    const frame = PASS.replace('{', '{"Comment":"",').length;
    return PASS.replace('{', `{"Comment":"${'x'.repeat(bytes - frame)}",`);
  };
  const create = (bytes: number) =>
    post('CreateStateMachine', JSON.stringify({ name: `of${bytes}`, definition: definition(bytes), roleArn: ROLE }));
  expect((await create(1_048_576)).status).toBe(200);
  expect((await errorOf(await create(1_048_577))).message).toContain(
    "Value at 'definition' failed to satisfy constraint",
  );
});

test('a request without end is refused before it is read', async () => {
  const response = await post('ListStateMachines', ' '.repeat(9 * 1024 * 1024)).catch((error: unknown) => error);
  if (response instanceof Response) expect(response.status).toBe(413);
  expect((await post('ListStateMachines', '{}')).status).toBe(200);
});

test('web pages are not answered', async () => {
  const { port } = server.endpoint;
  const status = await new Promise((resolve, reject) => {
    const headers = { origin: 'http://evil.example', 'x-amz-target': 'AWSStepFunctions.ListStateMachines' };
    const asked = request({ port, host: '127.0.0.1', method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end('{}');
  });
  expect(status).toBe(403);
});

test('a client that goes in the middle of a request does no harm', async () => {
  const { port } = server.endpoint;
  await new Promise<void>((resolve) => {
    const asked = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 1000 } });
    asked.on('error', () => resolve());
    asked.write('{');
    setTimeout(() => asked.destroy(), 50);
  });
  expect((await post('ListStateMachines', '{}')).status).toBe(200);
});
