import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClients } from '../../../aws/clients.ts';
import { type DeployOptions, deploy } from '../../../deploy/deploy.ts';
import type { Plan } from '../../../deploy/plan.ts';
import { type Diagnostic, Stop } from '../../../diagnostics/index.ts';
import type { NamedPolicy } from '../../../engines/iam/index.ts';
import { ACCOUNT, DEPLOYER_KEY, deployer, ROOT } from '../../aws/deployer.ts';
import type { Principal } from '../../aws/strict/principals.ts';
import { emptyEndpoint } from '../empty-endpoint.ts';
import { ENVIRONMENT, optionsOf, project, REGION } from '../support.ts';

/** Whoever may do it is not refused, whatever conditions stand in between; whoever may not is told before anything is made. */
const server = emptyEndpoint();
let iam: IAM;
beforeAll(() => {
  iam = new IAM({ region: REGION, credentials: ROOT });
});
afterAll(() => iam.destroy());

interface Deployed {
  readonly plan: Plan;
  readonly warnings: readonly Diagnostic[];
}

/** A first deploy by somebody: what was said of it. */
async function deployedBy(principal: Principal, more: Partial<DeployOptions> = {}): Promise<Deployed> {
  server.aws.callers.set(DEPLOYER_KEY, principal);
  const credentials = { accessKeyId: DEPLOYER_KEY, secretAccessKey: 'x' };
  const clients = createClients({ region: REGION, credentials });
  const warnings: Diagnostic[] = [];
  const onWarning = (warning: Diagnostic) => warnings.push(warning);
  try {
    const { plan, version } = await deploy(optionsOf(await project(), { ...more, clients, onWarning }));
    expect(version).toMatch(/:ratings:1$/);
    return { plan, warnings };
  } finally {
    clients.destroy();
  }
}

/** What somebody is refused with, after which nothing was made. */
async function refused(principal: Principal, more: Partial<DeployOptions> = {}): Promise<readonly string[]> {
  const error = await deployedBy(principal, more).catch((reason: unknown) => reason);
  if (!(error instanceof Stop)) throw error;
  expect(error.exitCode).toBe(3);
  expect((await iam.listRoles({})).Roles ?? []).toEqual([]);
  return error.diagnostics.map(({ message }) => message);
}

const policy = (...Statement: readonly object[]): NamedPolicy['policy'] => ({
  Version: '2012-10-17',
  Statement: Statement as never,
});
const also = (...statements: readonly object[]): Principal => {
  const own = deployer();
  return { ...own, policies: [...own.policies!, { name: 'also', policy: policy(...statements) }] };
};
const withScps = (principal: Principal, ...statements: readonly object[]): Principal => ({
  ...principal,
  scps: [{ name: 'organization', policy: policy(...statements) }],
});
const deny = (Action: string | readonly string[], Condition?: object) => ({
  ...{ Effect: 'Deny', Action, Resource: '*' },
  ...(Condition && { Condition }),
});
const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': [REGION] } };

test('the least policy suffices for the checks too: nothing is left unsaid', async () => {
  const { plan, warnings } = await deployedBy(deployer());
  expect([plan.notes, warnings]).toEqual([[], []]);
  expect(server.aws.calls.filter((call) => call === 'iam:SimulatePrincipalPolicy').length).toBeGreaterThan(5);
  expect(server.aws.denied).toEqual([]);
});

describe('conditions that a deploy fulfils', () => {
  test('a region, of a policy and of the organization', async () => {
    const { plan, warnings } = await deployedBy(withScps(also(deny('*', elsewhere)), deny('*', elsewhere)));
    expect([plan.notes, warnings]).toEqual([[], []]);
  });

  test('tags on what is made', async () => {
    const untagged = { StringNotEquals: { 'aws:RequestTag/team': 'data' } };
    const { warnings } = await deployedBy(also(deny(['states:CreateStateMachine', 'iam:CreateRole'], untagged)));
    expect(warnings).toEqual([]);
  });
});

describe('what IAM’s simulator cannot know is a warning, and the deploy goes on', () => {
  test('a second factor', async () => {
    const without = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
    const context = { 'aws:MultiFactorAuthPresent': 'true' };
    // A Force-MFA policy, as AWS's own documentation has it, lets whoever has none ask who he is, and no more.
    const forced = {
      ...deny('*', without),
      Action: undefined,
      NotAction: ['iam:Get*', 'iam:List*', 'sts:*', 'iam:Simulate*'],
    };
    const { warnings } = await deployedBy({ ...also(forced), context });
    expect(warnings.map(({ code }) => code)).toEqual(['DEP016']);
    expect(warnings[0]!.message).toMatch(/the policies ask for aws:MultiFactorAuthPresent, which only a call has\.$/);
  });

  test('a condition of the organization', async () => {
    const outside = { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } };
    const context = { 'aws:SourceIp': '10.1.2.3' };
    const { warnings } = await deployedBy({ ...withScps(deployer(), deny('states:*', outside)), context });
    expect(warnings.map(({ code }) => code)).toEqual(['DEP016']);
    expect(warnings[0]!.message).toContain('states:CreateStateMachine');
    expect(warnings[0]!.message).toContain('a policy of the organization denies it');
  });
});

describe('what is denied is refused before anything is made', () => {
  test('one of several resources, by its name', async () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/dagwright-ratings-rule`;
    const said = await refused(also({ Effect: 'Deny', Action: 'iam:CreateRole', Resource: role }));
    expect(said).toEqual([
      `arn:aws:iam::${ACCOUNT}:user/deployer may not iam:CreateRole on ${role} (a policy denies it).`,
    ]);
  });

  test('on whichever page of the answers it stands', async () => {
    server.aws.set({ pageSize: 1 });
    const said = await refused(also(deny('scheduler:CreateSchedule')));
    server.aws.set({ pageSize: 100 });
    expect(said).toEqual([expect.stringContaining('may not scheduler:CreateSchedule on arn:aws:scheduler:')]);
  });

  test('a role that may not be handed to the service', async () => {
    const to = { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } };
    expect(await refused(also(deny('iam:PassRole', to)))).toEqual([
      expect.stringContaining(`may not iam:PassRole on arn:aws:iam::${ACCOUNT}:role/dagwright-ratings-schedule`),
    ]);
  });

  test('what neither the organization nor a policy allows', async () => {
    const outside = { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } };
    const principal = withScps(also(deny('events:PutRule')), deny('events:PutRule', outside));
    expect(await refused({ ...principal, context: { 'aws:SourceIp': '10.1.2.3' } })).toEqual([
      expect.stringContaining('may not events:PutRule on'),
    ]);
  });

  test('what a permissions boundary leaves out', async () => {
    const all = { Effect: 'Allow', NotAction: ['states:CreateStateMachine'], Resource: '*' };
    const boundary = { name: 'boundary', policy: policy(all) };
    const said = await refused({ ...deployer(), boundary });
    expect(said.every((message) => message.includes('may not states:CreateStateMachine on'))).toBe(true);
    expect(said).toHaveLength(3);
  });
});

test('a session of a role with a path', async () => {
  const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' };
  const about = { RoleName: 'ci', Path: '/teams/data/', AssumeRolePolicyDocument: JSON.stringify(policy(trust)) };
  await iam.createRole(about);
  const arn = `arn:aws:iam::${ACCOUNT}:role/teams/data/ci`;
  const look = { Effect: 'Allow', Action: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'], Resource: arn };
  const policies = [...deployer().policies!, { name: 'look', policy: policy(look) }];
  for (const { name, policy: document } of policies)
    await iam.putRolePolicy({ RoleName: 'ci', PolicyName: name, PolicyDocument: JSON.stringify(document) });
  const session: Principal = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/build-7`, role: 'ci' };
  const { plan, warnings } = await deployedBy(session);
  expect([plan.notes, warnings]).toEqual([[], []]);
  await iam.putRolePolicy({
    ...{ RoleName: 'ci', PolicyName: 'no' },
    PolicyDocument: JSON.stringify(policy(deny('states:CreateStateMachine'))),
  });
  const error = await deployedBy(session, { environment: { ...ENVIRONMENT, prefix: 'other-' } }).catch(
    (one: unknown) => one,
  );
  expect((error as Stop).diagnostics[0]!.message).toMatch(
    /assumed-role\/ci\/build-7 may not states:CreateStateMachine on/,
  );
});

test('--skip-checks: a call that AWS refuses says who lacks what on what, and what was made stays known', async () => {
  const error = await deployedBy(also(deny('states:CreateStateMachine')), { skipChecks: true }).catch(
    (one: unknown) => one,
  );
  if (!(error instanceof Stop)) throw error;
  const machine = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;
  expect([error.exitCode, error.diagnostics[0]!.message]).toEqual([
    3,
    `arn:aws:iam::${ACCOUNT}:user/deployer may not states:CreateStateMachine on ${machine} (an explicit deny in an identity-based policy).`,
  ]);
  // The next deploy completes it.
  const { plan } = await deployedBy(deployer());
  expect(plan.interrupted).toBe(true);
});

test('the account’s root is not asked about: nothing is denied to it', async () => {
  const { plan, warnings } = await deployedBy({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  expect([plan.notes, warnings]).toEqual([[], []]);
});

describe('what a thing’s own policy may allow is a warning', () => {
  test('a bucket’s, where it has one or could have one', async () => {
    const own = deployer();
    const without = (...statements: readonly object[]): Principal => ({
      ...own,
      policies: [
        ...own.policies!.map((one) => ({
          ...one,
          policy: JSON.parse(JSON.stringify(one.policy).replace('"s3:PutObject"', '"s3:PutObjectTagging"')),
        })),
        { name: 'look', policy: policy(...statements) },
      ],
    });
    const looks = { Effect: 'Allow', Action: 's3:GetBucketPolicy', Resource: 'arn:aws:s3:::my-artifacts' };
    // There is none: it is certain, and said of each object beforehand.
    const said = await refused(without(looks));
    expect(said).toEqual(expect.arrayContaining([expect.stringMatching(/may not s3:PutObject on .*record\.json/)]));
    expect(said.length).toBeGreaterThan(2);
    // It may not be looked at: the first call that needs it says it, which is that of the lock, and nothing was made.
    expect(await refused(without({ ...looks, Action: 's3:GetBucketTagging' }))).toEqual([
      expect.stringMatching(/may not s3:PutObject on .*lock\.json/),
    ]);
  });

  test('a key’s', async () => {
    const kmsKeys = { artifacts: `arn:aws:kms:${REGION}:${ACCOUNT}:key/a` };
    const { warnings } = await deployedBy(deployer(), { environment: { ...ENVIRONMENT, kmsKeys } });
    expect(warnings.map(({ message }) => message)).toEqual([
      `AWS could not say whether arn:aws:iam::${ACCOUNT}:user/deployer is allowed kms:Decrypt, kms:GenerateDataKey on ${kmsKeys.artifacts}: no policy of its own allows it; the key’s policy may.`,
    ]);
  });
});
