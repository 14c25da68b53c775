import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import { DEPLOYER_KEY, deployer } from '../aws/deployer.ts';
import { ACCOUNT, useEndpoint } from '../aws/ministack.ts';
import { type FailingProxy, type Fate, startProxy } from '../aws/proxy.ts';
import { testOfAll } from '../sized.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { ENVIRONMENT, optionsOf, project, REGION } from './support.ts';

const server = emptyEndpoint();
let proxy: FailingProxy;
beforeAll(async () => {
  proxy = await startProxy(server.url);
});
afterAll(() => proxy.stop());
beforeEach(() => useEndpoint(server.url));

/** What a deploy through the proxy says, after which everything stands as it stood. */
async function refusal(options: DeployOptions): Promise<readonly Diagnostic[]> {
  const current = await snapshot();
  useEndpoint(proxy.url);
  const { region } = options.environment;
  const clients = createClients({ region, maxAttempts: 2, requestTimeoutMs: 2_000 });
  const error = await deploy({ ...options, clients }).catch((reason: unknown) => reason);
  clients.destroy();
  useEndpoint(server.url);
  if (!(error instanceof Stop)) throw error;
  expect(await snapshot()).toEqual(current);
  return error.diagnostics;
}

const only = (target: string, fate: { status: number; body: string }) =>
  proxy.begin((_n, call) => (call.includes(target) ? fate : 'pass'));

test('AWS refuses the definition: its own words, before anything is made', async () => {
  const refused = {
    result: 'FAIL',
    diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'no', location: '/States/count' }],
  };
  only('ValidateStateMachineDefinition', { status: 200, body: JSON.stringify(refused) });
  const said = await refusal(optionsOf(await project()));
  expect(said.map(({ code }) => code)).toContain('DEP007');
  expect(said[0]!.message).toContain('at /States/count: SCHEMA_VALIDATION_FAILED no');
});

test('a missing permission is named with its action and resource, as IAM says it', async () => {
  const message = `User: arn:aws:iam::${ACCOUNT}:user/ann is not authorized to perform: states:DescribeStateMachine on resource: arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings because no identity-based policy allows the states:DescribeStateMachine action`;
  only('DescribeStateMachine', { status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', message }) });
  expect(await refusal(optionsOf(await project()))).toMatchObject([
    {
      code: 'AWS004',
      message: `arn:aws:iam::${ACCOUNT}:user/ann may not states:DescribeStateMachine on arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings (no identity-based policy allows the states:DescribeStateMachine action).`,
    },
  ]);
});

testOfAll('a user who may only look is told everything that is missing before anything is made', async () => {
  server.aws.callers.set(DEPLOYER_KEY, {
    arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
    policies: [{ name: 'look', policy: LOOK }],
  });
  proxy.begin(() => 'pass');
  const said = await refusal(optionsOf(await project()));
  expect(new Set(said.map(({ code }) => code))).toEqual(new Set(['AWS004']));
  const messages = said.map(({ message }) => message).join('\n');
  const role = `arn:aws:iam::${ACCOUNT}:role/dagwright-ratings`;
  expect(messages).toContain(
    `user/ann may not iam:CreateRole, iam:PutRolePolicy, iam:TagRole, iam:PassRole on ${role}.`,
  );
  expect(messages).toContain(`iam:TagRole, iam:PassRole on ${role}-schedule.`);
  expect(messages).toContain(
    'may not s3:DeleteObject, s3:PutObject on arn:aws:s3:::my-artifacts/dagwright/ratings/record.json.',
  );
});

testOfAll('where IAM’s simulator does not answer, the calls themselves say what is missing', async () => {
  proxy.begin((_n, call) => (call.includes('SimulatePrincipalPolicy') ? 'broken' : 'pass'));
  useEndpoint(proxy.url);
  const clients = createClients({ region: REGION, maxAttempts: 2 });
  const { version } = await deploy(optionsOf(await project(), { clients }));
  clients.destroy();
  expect(version).toMatch(/:ratings:1$/);
  expect(proxy.calls.filter((call) => call.includes('SimulatePrincipalPolicy')).length).toBeGreaterThan(0);
});

/** What is said of a deploy that goes on, and what of it AWS was asked. */
async function deployed(fate: (call: string) => Fate, more: Partial<DeployOptions> = {}) {
  proxy.begin((_n, call) => fate(call));
  useEndpoint(proxy.url);
  const clients = createClients({ region: REGION, maxAttempts: 2 });
  const warnings: Diagnostic[] = [];
  const onWarning = (warning: Diagnostic) => warnings.push(warning);
  const { plan, version } = await deploy(optionsOf(await project(), { clients, onWarning, ...more }));
  clients.destroy();
  expect(version).toMatch(/:ratings:1$/);
  return { notes: plan.notes, warnings, calls: [...proxy.calls] };
}

testOfAll('who may not ask AWS’s validator may deploy', async () => {
  server.aws.callers.set(DEPLOYER_KEY, deployer({ denied: ['states:ValidateStateMachineDefinition'] }));
  const { notes } = await deployed(() => 'pass');
  expect(notes).toEqual([
    'the definitions were not validated by AWS: states:ValidateStateMachineDefinition is denied to the caller',
  ]);
});

testOfAll('who may not ask IAM’s simulator may deploy', async () => {
  server.aws.callers.set(DEPLOYER_KEY, deployer({ denied: ['iam:SimulatePrincipalPolicy'] }));
  const { notes } = await deployed(() => 'pass');
  expect(notes).toEqual([
    `whether arn:aws:iam::${ACCOUNT}:user/deployer may do all of it was not asked: iam:SimulatePrincipalPolicy is denied to it`,
  ]);
});

test('--skip-checks asks nothing beforehand, and the call that is refused says what is missing', async () => {
  const { notes, calls } = await deployed(() => 'pass', { skipChecks: true });
  expect(notes).toEqual(['nothing was asked of AWS beforehand (--skip-checks)']);
  expect(calls.filter((call) => /Simulate|Validate/.test(call))).toEqual([]);
});

test('what a policy of the organization denies halfway: what helps, and what becomes of what was made', async () => {
  const statement = (Effect: string, Action: string, Condition = {}) => ({
    Effect,
    Action,
    Resource: '*',
    ...Condition,
  });
  const owned = { Condition: { StringNotEquals: { 'aws:RequestTag/owner': ['data'] } } };
  const all = { name: 'all', policy: { Version: '2012-10-17', Statement: [statement('Allow', '*')] } };
  const Statement = [statement('Allow', '*'), statement('Deny', 'states:CreateStateMachine', owned)];
  server.aws.callers.set(DEPLOYER_KEY, {
    arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
    policies: [all],
    scps: [{ name: 'owned', policy: { Version: '2012-10-17', Statement } }],
  });
  const env = { ...ENVIRONMENT.env, emrRole: 'managed', emrProfile: 'managed' };
  const options = optionsOf(await project(), { environment: { ...ENVIRONMENT, env } });
  const refused = await deploy(options).catch((reason: unknown) => reason);
  expect((refused as Stop).diagnostics).toMatchObject([
    {
      code: 'AWS004',
      message: expect.stringMatching(
        /ann may not states:CreateStateMachine .*an explicit deny in a service control policy/,
      ),
      remedy: expect.stringMatching(
        /^Whatever else allows states:CreateStateMachine .*`tags`.*`dagwright deploy ratings` goes on with it, `dagwright destroy ratings` removes it\.$/,
      ),
    },
  ]);
  expect(Object.keys(await snapshot())).toContain('role dagwright-ratings');
  await destroy(options);
  expect(await snapshot()).toEqual({});
  // As the organization asks.
  await deploy({ ...options, environment: { ...options.environment, tags: { owner: 'data' } } });
});

const READING = ['s3', 'iam', 'states', 'events', 'scheduler', 'logs', 'cloudwatch'].flatMap((service) =>
  ['Get', 'List', 'Describe'].map((verb) => `${service}:${verb}*`),
);
const LOOK = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [...READING, 'iam:SimulatePrincipalPolicy', 'states:ValidateStateMachineDefinition'],
      Resource: '*',
    },
  ],
};

test('a bucket of somebody else', async () => {
  only('list-type=2', {
    status: 403,
    body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  });
  expect(await refusal(optionsOf(await project()))).toMatchObject([
    { code: 'DEP005', message: expect.stringContaining('belongs to somebody else, or may not be listed') },
  ]);
});

test('a bucket of another region', async () => {
  only('list-type=2', {
    status: 301,
    body: '<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>',
  });
  expect(await refusal(optionsOf(await project()))).toMatchObject([
    { code: 'DEP005', message: expect.stringContaining('is in another region') },
  ]);
});

test('credentials that have expired', async () => {
  const body =
    '<ErrorResponse><Error><Code>ExpiredToken</Code><Message>The token has expired</Message></Error></ErrorResponse>';
  only('GetCallerIdentity', { status: 403, body });
  expect(await refusal(optionsOf(await project()))).toMatchObject([{ code: 'AWS002' }]);
});

test('a region of another partition than the credentials', async () => {
  proxy.begin(() => 'pass');
  const environment = { ...ENVIRONMENT, region: 'us-gov-west-1' };
  expect(await refusal(optionsOf(await project(), { environment }))).toMatchObject([
    { code: 'AWS002', remedy: expect.stringContaining('the partition aws-us-gov: us-gov-west-1 takes') },
  ]);
});

test('a definition over the limit', async () => {
  const at = await project();
  const file = join(at.dist, 'ratings/step_function.json');
  const machine = JSON.parse(await readFile(file, 'utf8'));
  // Compiled it is below the limit, and over it with its placeholders filled.
  machine.Comment = `${'x'.repeat(1_000_000)}${'${assets}'.repeat(3_000)}`;
  await writeFile(file, JSON.stringify(machine));
  proxy.begin(() => 'pass');
  expect(await refusal(optionsOf(at))).toMatchObject([{ code: 'DEP002' }]);
});
