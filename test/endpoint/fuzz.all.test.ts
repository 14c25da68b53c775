import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS, SHAPES } from '../../serve/model.generated.ts';
import { PASS, ROLE, startServer } from './support.ts';

// Whatever is asked, the endpoint answers or refuses; the server's `stop` throws what it saw of its own defects.

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
  const request = { definition: PASS, roleArn: ROLE, publish: true };
  await post('CreateStateMachine', { ...request, name: 'there' });
  await post('CreateStateMachine', { ...request, name: 'express', type: 'EXPRESS' });
});
afterAll(() => server.stop());

async function post(action: string, body: unknown): Promise<void> {
  const response = await fetch(server.endpoint.url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'x-amz-target': `AWSStepFunctions.${action}` },
  });
  const text = await response.text();
  expect([200, 400, 402, 409, `${action}: ${text}`]).toContain(response.status);
  JSON.parse(text);
}

const ACCOUNT = 'arn:aws:states:us-east-1:123456789012';
const text = fc.oneof(
  fc.constantFrom(
    '',
    '{}',
    '{',
    'null',
    '"x"',
    PASS,
    '{"Type":"Pass","End":true}',
    'there',
    'a',
    '0',
    ROLE,
    `${ACCOUNT}:stateMachine:there`,
    `${ACCOUNT}:stateMachine:there:1`,
    `${ACCOUNT}:stateMachine:there:PROD`,
    `${ACCOUNT}:stateMachine:there/label`,
    `${ACCOUNT}:stateMachine:express`,
    `${ACCOUNT}:stateMachine:there:${'9'.repeat(150)}`,
    `${ACCOUNT}:stateMachine:\ud800\u0000`,
    `${ACCOUNT}:execution:there:a`,
    `${ACCOUNT}:express:express:a:b`,
    `${ACCOUNT}:mapRun:there/label:${'é'.repeat(900)}`,
    `${ACCOUNT}:activity:none`,
    `${ACCOUNT}:stateMachine:`,
    'arn:',
    'REDRIVEN',
    'RUNNING',
    'EXPRESS',
    'STANDARD',
    'ALL',
    'WARNING',
    'METADATA_ONLY',
    'CUSTOMER_MANAGED_KMS_KEY',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary', maxLength: 100 }),
);

interface Shape {
  readonly type: string;
  readonly members?: { readonly [name: string]: string };
  readonly member?: string;
  readonly enum?: readonly string[];
}

/** Mostly of the shape's type, sometimes anything. */
function ofShape(name: string): fc.Arbitrary<unknown> {
  const { type, members = {}, member, enum: values } = SHAPES[name as keyof typeof SHAPES] as Shape;
  const fitting: { readonly [type: string]: () => fc.Arbitrary<unknown> } = {
    structure: () =>
      fc.record(Object.fromEntries(Object.entries(members).map(([key, shape]) => [key, ofShape(shape)])), {
        requiredKeys: [],
      }),
    list: () => fc.array(ofShape(member as string), { maxLength: 3 }),
    string: () => (values === undefined ? text : fc.oneof(fc.constantFrom(...values), text)),
    boolean: () => fc.boolean(),
  };
  const made = fitting[type]?.() ?? fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1, 50, 100));
  return fc.oneof({ weight: 12, arbitrary: made }, { weight: 1, arbitrary: fc.jsonValue() });
}

test.each(Object.entries(INPUTS))('%s answers or refuses, whatever is asked', async (action, shape) => {
  await fc.assert(
    fc.asyncProperty(ofShape(shape), (input) => post(action, input)),
    { numRuns: 60 },
  );
});
