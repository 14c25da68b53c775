import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { Stop } from '../../diagnostics/index.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer } from '../aws/deployer.ts';
import { useEndpoint } from '../aws/ministack.ts';
import { type FailingProxy, type Fate, startProxy } from '../aws/proxy.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { optionsOf, project, REGION } from './support.ts';

/** Deploys that AWS refuses in the middle: at a quota, or with a denial that nobody looked for. */
const server = emptyEndpoint();
let proxy: FailingProxy;
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());
beforeEach(() => useEndpoint(server.url));

/** What a deploy through the proxy says, and what it had begun. */
async function refused(options: DeployOptions, fate: (call: string) => Fate) {
  proxy.begin((_n, call) => fate(call));
  useEndpoint(proxy.url);
  const clients = createClients({ region: REGION, maxAttempts: 2 });
  const steps: string[] = [];
  const error = await deploy({ ...options, clients, onProgress: (text) => steps.push(text) }).catch(
    (reason: unknown) => reason,
  );
  clients.destroy();
  useEndpoint(server.url);
  if (!(error instanceof Stop)) throw error ?? new Error('it succeeded');
  return { said: error.diagnostics, steps };
}

/** Everything that was begun is there or was refused last; destroy removes it, and the next deploy goes on. */
async function goesOnOrGoes(
  options: DeployOptions,
  steps: readonly string[],
  again: (call: string) => Fate,
): Promise<void> {
  const made = Object.keys(await snapshot()).length;
  expect(made).toBeGreaterThan(0);
  expect(steps.filter((step) => step.startsWith('create ')).length).toBeGreaterThanOrEqual(made - 1);
  await deploy(options);
  await destroy(options);
  expect(await snapshot()).toEqual({});
  await refused(options, again);
  await destroy(options);
  expect(await snapshot()).toEqual({});
}

const xml = (code: string, message: string) => ({
  status: 409,
  body: `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
});
const json = (type: string, message: string, status = 400) => ({
  status,
  body: JSON.stringify({ __type: type, message, Message: message }),
});
const LIMIT = 'The requested resource exceeds the maximum number allowed.';

const QUOTAS: readonly (readonly [call: string, fate: Fate, said: string, nth?: number])[] = [
  [
    'CreateRole',
    xml('LimitExceeded', 'Cannot exceed quota for RolesPerAccount: 1000'),
    'IAM: CreateRole was refused with LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000 (RoleName dagwright-ratings-cleanup).',
    2,
  ],
  [
    'CreateStateMachine',
    json('StateMachineLimitExceeded', 'Exceeded the maximum number of state machines'),
    'Step Functions: CreateStateMachine was refused with StateMachineLimitExceeded: Exceeded the maximum number of state machines (name ratings).',
  ],
  [
    'PutRule',
    json('LimitExceededException', LIMIT),
    'EventBridge: PutRule was refused with LimitExceededException: The requested resource exceeds the maximum number allowed (Name dagwright-ratings-cleanup).',
  ],
  [
    'CreateLogGroup',
    json('LimitExceededException', 'Resource limit exceeded.'),
    'CloudWatch Logs: CreateLogGroup was refused with LimitExceededException: Resource limit exceeded (logGroupName /aws/vendedlogs/states/ratings).',
  ],
  [
    'POST /schedules/',
    json('ServiceQuotaExceededException', 'The request exceeds a service quota.', 402),
    'EventBridge Scheduler: CreateSchedule was refused with ServiceQuotaExceededException: The request exceeds a service quota (Name dagwright-ratings).',
  ],
];

describe('a quota that is reached is said as one; what was made is gone on with, or removed', () => {
  test.each(QUOTAS)('%s', async (name, fate, message, nth = 1) => {
    const options = optionsOf(await project());
    const reached = () => {
      let count = 0;
      return (call: string): Fate => (call.includes(name) && ++count >= nth ? fate : 'pass');
    };
    const { said, steps } = await refused(options, reached());
    expect(said.map((one) => `${one.code} ${one.message}`)).toEqual([`AWS009 ${message}`]);
    expect(said[0]!.remedy).toContain('`dagwright destroy` removes');
    await goesOnOrGoes(options, steps, reached());
  });
});

test('a denial that --skip-checks did not look for is the call’s own, and what was made before it can be removed', async () => {
  const options = { ...optionsOf(await project()), skipChecks: true };
  server.aws.callers.set(DEPLOYER_KEY, deployer({ denied: ['states:CreateStateMachine'] }));
  const { said, steps } = await refused(options, () => 'pass');
  const machine = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;
  expect(said.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `AWS004 arn:aws:iam::${ACCOUNT}:user/deployer may not states:CreateStateMachine on ${machine} (an explicit deny in an identity-based policy).`,
  ]);
  expect(steps).toContain('create the machine ratings');
  expect(Object.keys(await snapshot())).toContain('role dagwright-ratings');
  await destroy(options);
  expect(await snapshot()).toEqual({});
});
