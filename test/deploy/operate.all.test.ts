import { SFN } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClients } from '../../aws/clients.ts';
import { type DeployOptions, deploy, plan } from '../../deploy/deploy.ts';
import { destroy } from '../../deploy/destroy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { rollback } from '../../deploy/rollback.ts';
import { Stop } from '../../diagnostics/index.ts';
import { ROOT } from '../aws/deployer.ts';
import { ACCOUNT } from '../aws/ministack.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { snapshot } from './snapshot.ts';
import { BUCKET, change, ENVIRONMENT, optionsOf, project, REGION } from './support.ts';

emptyEndpoint();
let sfn: SFN;
beforeAll(() => {
  sfn = new SFN({ region: REGION, credentials: ROOT });
});
afterAll(() => sfn.destroy());

const MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:ratings`;
const live = async () => {
  const { routingConfiguration } = await sfn.describeStateMachineAlias({ stateMachineAliasArn: `${MACHINE}:live` });
  return routingConfiguration!.map(({ stateMachineVersionArn }) => stateMachineVersionArn!.split(':').at(-1));
};
const policyOf = async (role: string) => {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const { PolicyDocument } = await (await aws.iam()).getRolePolicy({ RoleName: role, PolicyName: 'dagwright' });
  aws.destroy();
  return decodeURIComponent(PolicyDocument!);
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stop)) throw error ?? new Error('it did not stop');
  return error.diagnostics.map(({ code }) => code).join(' ');
}

describe('rollback', () => {
  test('moves the alias to what was live before, with what it may do; the next deploy moves it again', async () => {
    const at = await project();
    const options = optionsOf(at);
    await deploy(options);
    await change(at.project, { extra: 'SELECT 3' });
    await deploy(options);
    expect(await live()).toEqual(['2']);
    expect(await policyOf('dagwright-ratings')).toContain('database/other');

    expect(await rollback(options)).toEqual({ from: `${MACHINE}:2`, to: `${MACHINE}:1` });
    expect(await live()).toEqual(['1']);
    expect(await policyOf('dagwright-ratings')).not.toContain('database/other');
    const { changes } = await plan(options);
    expect(changes.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['role', []],
      ['alias', [{ field: 'version', from: 1, to: 'the version of this machine' }]],
    ]);
    expect((await deploy(options)).version).toBe(`${MACHINE}:2`);
    expect(isEmpty(await plan(options))).toBe(true);
  });

  test('to a version by its number, as long as it is kept', async () => {
    const at = await project();
    const options = optionsOf(at);
    for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 4', 'SELECT 5']) {
      await change(at.project, { sql });
      await deploy(options);
    }
    const { stateMachineVersions } = await sfn.listStateMachineVersions({ stateMachineArn: MACHINE });
    expect(stateMachineVersions!.map(({ stateMachineVersionArn }) => stateMachineVersionArn!.slice(-1)).sort()).toEqual(
      ['3', '4', '5'],
    );
    await rollback({ ...options, to: 3 });
    expect(await live()).toEqual(['3']);
    expect(await codeOf(rollback({ ...options, to: 1 }))).toBe('DEP014');
    expect(await live()).toEqual(['3']);
  });

  test('of what is not deployed, and of the first version', async () => {
    const options = optionsOf(await project());
    expect(await codeOf(rollback(options))).toBe('DEP013');
    await deploy(options);
    expect(await codeOf(rollback(options))).toBe('DEP014');
  });
});

describe('destroy', () => {
  test('removes all that was made, and nothing else', async () => {
    const aws = createClients({ region: REGION, credentials: ROOT });
    const s3 = await aws.s3();
    await s3.putObject({ Bucket: BUCKET, Key: 'dagwright/other/record.json', Body: 'somebody’s' });
    await sfn.createStateMachine({ name: 'other', definition: PASS, roleArn: `arn:aws:iam::${ACCOUNT}:role/other` });
    const before = await snapshot();
    const at = await project();
    const environment = {
      ...ENVIRONMENT,
      env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' },
      alarms: { topic: `arn:aws:sns:${REGION}:${ACCOUNT}:ops` },
    };
    const options = optionsOf(at, { environment });
    await deploy(options);
    expect(Object.keys(await snapshot())).toEqual(
      expect.arrayContaining([
        'role dagwright-ratings-env-emrProfile',
        'profile dagwright-ratings-env-emrProfile',
        'alarm dagwright-ratings-timed-out',
      ]),
    );
    await change(at.project, { sql: 'SELECT 2', script: 'print("better")\n' });
    await deploy(options);
    expect((await destroy(options))!.kept).toEqual([]);
    expect(await snapshot()).toEqual(before);
    expect(await destroy(options)).toBeUndefined();
    aws.destroy();
  });

  test('what a no keeps, stays', async () => {
    const options = optionsOf(await project());
    await deploy(options);
    const before = await snapshot();
    expect(await destroy(options, async () => false)).toBeUndefined();
    expect(await snapshot()).toEqual(before);
  });
});

const PASS = JSON.stringify({ StartAt: 'a', States: { a: { Type: 'Pass', End: true } } });

describe('what was changed by hand', () => {
  test('is seen, said so, and put right by the next deploy', async () => {
    const options = optionsOf(await project());
    await deploy(options);
    const before = await snapshot();
    const aws = createClients({ region: REGION, credentials: ROOT });
    await sfn.updateStateMachine({ stateMachineArn: MACHINE, definition: PASS });
    const iam = await aws.iam();
    await iam.putRolePolicy({ RoleName: 'dagwright-ratings', PolicyName: 'by-hand', PolicyDocument: POLICY });
    await (await aws.events()).disableRule({ Name: 'dagwright-ratings-cleanup' });

    const { changes } = await plan(options);
    expect(changes.map(({ kind, drift }) => `${kind}: ${drift}`)).toEqual([
      'role: others',
      'machine: definition',
      'rule: state',
    ]);
    await deploy(options);
    expect(isEmpty(await plan(options))).toBe(true);
    expect(await snapshot()).toEqual(before);
    aws.destroy();
  });

  test('a schedule that was paused stays so', async () => {
    const options = optionsOf(await project());
    await deploy(options);
    const aws = createClients({ region: REGION, credentials: ROOT });
    const scheduler = await aws.scheduler();
    const pause = async () => {
      const found = await scheduler.getSchedule({ Name: 'dagwright-ratings', GroupName: 'dagwright-ratings' });
      const { Name, GroupName, Description, ScheduleExpression, ScheduleExpressionTimezone, Target } = found;
      await scheduler.updateSchedule({
        ...{ Name, GroupName, Description, ScheduleExpression, ScheduleExpressionTimezone, Target },
        FlexibleTimeWindow: found.FlexibleTimeWindow!,
        State: 'DISABLED',
      });
    };
    await pause();
    const planned = await plan(options);
    expect(isEmpty(planned)).toBe(true);
    expect(planned.notes).toEqual(['the schedule is paused, and stays so']);
    aws.destroy();
  });
});

const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
});

describe('refused, and nothing is changed', () => {
  async function refuses(code: string, more: Partial<DeployOptions>, before?: () => Promise<unknown>) {
    const options = optionsOf(await project(), more);
    await before?.();
    const current = await snapshot();
    expect(await codeOf(deploy(options))).toBe(code);
    expect(await snapshot()).toEqual(current);
  }
  const environment = (more: object): Partial<DeployOptions> => ({ environment: { ...ENVIRONMENT, ...more } });

  test('credentials of another account', () => refuses('AWS003', environment({ account: '111122223333' })));
  test('a bucket that does not exist', () => refuses('DEP005', environment({ artifacts: 'no-such-bucket' })));
  test('an env without a value', () => refuses('CFG006', environment({ env: { lake: 'my-lake', emrRole: 'r' } })));
  test('a value that is no name', () =>
    refuses('CFG007', environment({ env: { ...ENVIRONMENT.env, lake: 's3://my-lake' } })));
  test('a role that does not exist', () =>
    refuses('DEP008', environment({ role: `arn:aws:iam::${ACCOUNT}:role/nobody` })));
  test('a role of another account', () => refuses('DEP008', environment({ role: 'arn:aws:iam::111122223333:role/r' })));
  test('a role that does not suffice', () =>
    refuses('DEP009', environment({ role: `arn:aws:iam::${ACCOUNT}:role/mine` }), async () => {
      const aws = createClients({ region: REGION, credentials: ROOT });
      await (await aws.iam()).createRole({ RoleName: 'mine', AssumeRolePolicyDocument: TRUST });
      aws.destroy();
    }));

  test('a machine of the same name that dagwright did not make, until it is told to take it over', async () => {
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/other`;
    await refuses('DEP006', {}, () => sfn.createStateMachine({ name: 'ratings', definition: PASS, roleArn }));
    const options = optionsOf(await project());
    expect((await deploy({ ...options, adopt: true })).version).toBe(`${MACHINE}:1`);
    expect(isEmpty(await plan(options))).toBe(true);
    // It was there before, so that it stays.
    const { kept } = (await destroy(options))!;
    expect(kept.map(({ name }) => name)).toEqual(['live', 'ratings']);
    expect((await sfn.listStateMachines({})).stateMachines!.map(({ name }) => name)).toEqual(['ratings']);
  });
});

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

test('a role that is given and suffices is used as it is', async () => {
  const at = await project();
  const role = `arn:aws:iam::${ACCOUNT}:role/mine`;
  const aws = createClients({ region: REGION, credentials: ROOT });
  const iam = await aws.iam();
  await iam.createRole({ RoleName: 'mine', AssumeRolePolicyDocument: TRUST });
  const all = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  await iam.putRolePolicy({ RoleName: 'mine', PolicyName: 'all', PolicyDocument: all });
  await deploy(optionsOf(at, { environment: { ...ENVIRONMENT, role } }));
  expect((await sfn.describeStateMachine({ stateMachineArn: MACHINE })).roleArn).toBe(role);
  expect((await iam.listRolePolicies({ RoleName: 'mine' })).PolicyNames).toEqual(['all']);
  aws.destroy();
});
