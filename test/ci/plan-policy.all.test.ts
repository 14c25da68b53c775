import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Clients, createClients } from '../../aws/clients.ts';
import { deploy, plan } from '../../deploy/deploy.ts';
import type { Environment } from '../../project/environment.ts';
import { ACCOUNT, type Ministack, startMinistack, useEndpoint } from '../aws/ministack.ts';
import { ENVIRONMENT, makeBucket, optionsOf, project, REGION } from '../deploy/support.ts';
import { REPOSITORY } from '../local/support.ts';

let server: Ministack;
beforeAll(async () => {
  server = await startMinistack();
  useEndpoint(server.url);
  await makeBucket();
}, 600_000);
afterAll(() => server.stop());

/** By the SDK's names of services and calls; STS tells everybody who they are. */
const PREFIXES: { readonly [client: string]: string } = {
  CloudWatch: 'cloudwatch',
  CloudWatchLogs: 'logs',
  EventBridge: 'events',
  IAM: 'iam',
  S3: 's3',
  SFN: 'states',
  Scheduler: 'scheduler',
};
const NAMES: { readonly [call: string]: string } = { 's3:ListObjectsV2': 's3:ListBucket' };

interface Called {
  readonly clientName: string;
  readonly commandName: string;
}

/** The real clients, which write down what they are asked. */
async function recording(called: Set<string>): Promise<Clients> {
  const clients = createClients({ region: REGION });
  for (const name of ['s3', 'iam', 'sfn', 'scheduler', 'events', 'logs', 'cloudwatch'] as const) {
    const client = await clients[name]();
    const stack = client.middlewareStack as unknown as {
      add(middleware: (next: never, call: Called) => unknown): void;
    };
    stack.add((next, { clientName, commandName }) => {
      const call = `${PREFIXES[clientName.replace(/Client$/, '')]}:${commandName.replace(/Command$/, '')}`;
      called.add(NAMES[call] ?? call);
      return next;
    });
  }
  return clients;
}

test('the policy in docs/ci.md is what plan calls, and no more', async () => {
  const docs = await readFile(join(REPOSITORY, 'docs/ci.md'), 'utf8');
  const [, policy] = [...docs.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json!));
  const allowed = policy.Statement.flatMap(({ Action }: { Action: string[] }) => Action).sort();

  const called = new Set<string>();
  const at = await project();
  const managed: Environment = {
    ...ENVIRONMENT,
    env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' },
    alarms: { topic: `arn:aws:sns:${REGION}:${ACCOUNT}:alarms` },
  };
  const planned = async (environment: Environment) => {
    const clients = await recording(called);
    await plan(optionsOf(at, { environment, clients }));
    clients.destroy();
  };
  await planned(managed);
  await deploy(optionsOf(at, { environment: managed }));
  await planned(managed);
  const iam = new IAM({ region: REGION });
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await iam.createRole({ RoleName: 'given', AssumeRolePolicyDocument });
  iam.destroy();
  await expect(planned({ ...managed, role: `arn:aws:iam::${ACCOUNT}:role/given` })).rejects.toMatchObject({
    diagnostics: [{ code: 'DEP009' }],
  });
  expect([...called].sort()).toEqual(allowed);
});
