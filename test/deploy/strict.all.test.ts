import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../aws/deployer.ts';
import { executionEnded, tick } from '../aws/strict/triggers.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { change, ENVIRONMENT, optionsOf, project, REGION } from './support.ts';

/** Deploys on an account that is as slow, as forgetful and as strict as AWS. */
const clock = { now: 0 };
const server = emptyEndpoint({ now: () => clock.now });
const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;
const made: { destroy(): void }[] = [];
afterAll(() => {
  for (const client of made) client.destroy();
});
beforeEach(() => server.aws.set({ propagationMs: 0, lag: 0 }));

/** Deploys in virtual time: who sleeps lets time pass, which is all that IAM needs. */
async function deployed(
  options: DeployOptions,
): Promise<{ readonly version?: string; readonly said: readonly string[] }> {
  const said: string[] = [];
  const sleep = async (ms: number) => {
    clock.now += ms;
  };
  const { version } = await deploy({ ...options, sleep, onProgress: (text) => said.push(text) });
  return { said, ...(version !== undefined && { version }) };
}

function sfn(): SFN {
  const client = new SFN({ region: REGION, credentials: ROOT });
  made.push(client);
  return client;
}

const ALL_MANAGED = { ...ENVIRONMENT, env: { ...ENVIRONMENT.env, emrRole: 'managed', emrProfile: 'managed' } };

describe.each([5, 30, 120])('roles and policies take %d s to the services', (seconds) => {
  test('a first deploy into an empty account succeeds and says what it waits for; so does a deploy of more permissions', async () => {
    server.aws.set({ propagationMs: seconds * 1000 });
    const at = await project();
    const options = optionsOf(at, { environment: ALL_MANAGED });
    const before = clock.now;
    const { said, version } = await deployed(options);
    expect(version).toBe(`${MACHINE}:1`);
    expect(clock.now - before).toBeGreaterThanOrEqual(seconds * 1000);
    const waits = said.filter((text) => /^waiting until IAM has spread the role/.test(text)).join('\n');
    for (const role of ['', '-cleanup', '-rule', '-start', '-schedule'])
      expect(waits).toContain(`dagwright-ratings${role}: `);

    await change(at.project, { extra: 'SELECT 3', sql: 'SELECT 2' });
    expect((await deployed(options)).version).toBe(`${MACHINE}:2`);
    clock.now += seconds * 1000;
    expect(isEmpty(await plan(options))).toBe(true);
    expect(server.aws.denied).toEqual([]);
  });
});

describe.each([1, 3])('reads lag %d behind writes', (lag) => {
  test('a changed deploy, started at once, runs the new definition', async () => {
    const at = await project();
    const options = optionsOf(at);
    server.aws.set({ lag });
    const times = 20;
    for (let i = 1; i <= times; i += 1) {
      await change(at.project, { sql: `SELECT ${i}` });
      const { version } = await deployed(options);
      const { definition } = await sfn().describeStateMachine({ stateMachineArn: version! });
      expect(definition).toContain(`SELECT ${i}`);
      const { routingConfiguration } = await sfn().describeStateMachineAlias({
        stateMachineAliasArn: `${MACHINE}:live`,
      });
      expect(routingConfiguration).toEqual([{ stateMachineVersionArn: version, weight: 100 }]);
    }
    server.aws.set({ lag: 0 });
    expect(isEmpty(await plan(options))).toBe(true);
  });
});

describe('what deploy made is fired', () => {
  const WHERE = { region: REGION };
  const execution = `arn:aws:states:${REGION}:${ACCOUNT}:execution:ratings:20260131T000000Z-1`;
  const due = () =>
    tick(server.aws, { name: 'dagwright-ratings', group: 'dagwright-ratings', at: '2026-01-31T00:00:00Z' }, WHERE);

  test('the schedule starts the run of its date, once', async () => {
    await deployed(optionsOf(await project()));
    expect(await due()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await sfn().describeExecution({ executionArn: execution })).name).toBe('20260131T000000Z-1');
    expect(await due()).toMatchObject({ status: 'SUCCEEDED' });
    expect(server.aws.denied).toEqual([]);
  });

  test('a starter’s role that lacks its permission starts nothing', async () => {
    await deployed(optionsOf(await project()));
    const aws = createClients({ region: REGION, credentials: ROOT });
    made.push(aws);
    const iam = await aws.iam();
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: `${MACHINE}:live` }],
    });
    await iam.putRolePolicy({ RoleName: 'dagwright-ratings-start', PolicyName: 'dagwright', PolicyDocument });
    expect(await due()).toMatchObject({ status: 'FAILED', error: 'Sfn.AccessDeniedException' });
  });

  test.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'])(
    'the cleanup runs when an execution ends as %s',
    async (status) => {
      await deployed(optionsOf(await project()));
      await due();
      const fired = await executionEnded(server.aws, { arn: execution, status }, WHERE);
      expect(fired).toMatchObject([{ status: 'SUCCEEDED' }]);
      expect(server.aws.denied).toEqual([]);
      const other = execution.replace(':ratings:', ':ratings-of-others:');
      expect(await executionEnded(server.aws, { arn: other, status }, WHERE)).toEqual([]);
    },
  );
});

describe('callers whose policies have conditions', () => {
  const deny = (Condition: object, NotAction = ['iam:*', 'sts:*']) => ({
    name: 'conditions',
    policy: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', NotAction, Resource: '*', Condition }] } as never,
  });

  test('a service control policy that allows this region', async () => {
    const elsewhere = deny({ StringNotEquals: { 'aws:RequestedRegion': REGION } });
    server.aws.callers.set(DEPLOYER_KEY, { ...deployer(), scps: [elsewhere] });
    expect((await deployed(optionsOf(await project()))).version).toBe(`${MACHINE}:1`);
  });

  test('multi-factor authentication, which the caller has and the simulator does not know of', async () => {
    const { policies = [], ...own } = deployer();
    const forced = deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } });
    server.aws.callers.set(DEPLOYER_KEY, {
      ...own,
      policies: [...policies, forced],
      context: { 'aws:MultiFactorAuthPresent': 'true' },
    });
    expect((await deployed(optionsOf(await project()))).version).toBe(`${MACHINE}:1`);
  });

  test('another region than it allows: refused before anything is made', async () => {
    const elsewhere = deny({ StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } });
    server.aws.callers.set(DEPLOYER_KEY, { ...deployer(), scps: [elsewhere] });
    await expect(deployed(optionsOf(await project()))).rejects.toThrow(/AWS00|DEP/);
  });
});

test('two refusals of every read for too many calls', async () => {
  const refused = new Map<string, number>();
  server.aws.set({
    throttle: ({ service, operation, parameters }) => {
      if (!/^(Get|List|Describe|Head)/.test(operation)) return false;
      const key = `${service}:${operation} ${JSON.stringify(parameters)}`;
      refused.set(key, (refused.get(key) ?? 0) + 1);
      return refused.get(key)! <= 2;
    },
  });
  expect((await deployed(optionsOf(await project()))).version).toBe(`${MACHINE}:1`);
  server.aws.set({ throttle: () => false });
}, 120_000);
