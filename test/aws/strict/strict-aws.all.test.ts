import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SFN } from '@aws-sdk/client-sfn';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startServer } from '../../endpoint/support.ts';
import { ACCOUNT, ROOT } from '../deployer.ts';
import { type Ministack, startMinistack } from '../ministack.ts';
import type { Principal } from './principals.ts';
import { type StrictAws, startStrictAws } from './strict-aws.ts';
import { executionEnded, tick } from './triggers.ts';

/** A proxy that refuses nothing would be worth nothing: here is what it refuses, in AWS's words, and what it does not. */

const REGION = 'eu-west-1';
const ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role`;
let server: Ministack;
let aws: StrictAws;
let now = 0;
beforeAll(async () => {
  server = await startMinistack();
  aws = await startStrictAws({ endpoint: server.url, callers: {}, now: () => now });
}, 600_000);
afterAll(async () => {
  await aws.stop();
  await server.stop();
});
beforeEach(async () => {
  aws.forget();
  aws.set({ propagationMs: 0, lag: 0, pageSize: 100 });
  await server.reset();
});

const made: { destroy(): void }[] = [];
afterAll(() => {
  for (const client of made) client.destroy();
});
function settings(accessKeyId: string) {
  return {
    endpoint: aws.url,
    region: REGION,
    credentials: accessKeyId === 'root' ? ROOT : { accessKeyId, secretAccessKey: 'x' },
    maxAttempts: 1,
  };
}
function clients(key = 'root') {
  const s3 = new S3Client({ ...settings(key), forcePathStyle: true });
  const iam = new IAM(settings(key));
  const sfn = new SFN(settings(key));
  const sts = new STS(settings(key));
  const events = new EventBridge(settings(key));
  const scheduler = new Scheduler(settings(key));
  made.push(s3, iam, sfn, sts, events, scheduler);
  return { s3, iam, sfn, sts, events, scheduler };
}

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement }) as const;
const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const policy = (...statements: object[]) => [{ name: 'own', policy: document(...statements) as never }];
const trust = (service: string, source?: string) =>
  document({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(source !== undefined && { Condition: { ArnLike: { 'aws:SourceArn': source } } }),
  });

/** A user who may do what the statements say. */
function ann(...statements: object[]): ReturnType<typeof clients> {
  aws.callers.set('ANN', { arn: `arn:aws:iam::${ACCOUNT}:user/ann`, policies: policy(...statements) });
  return clients('ANN');
}
async function makeRole(name: string, service: string, statements: readonly object[] = [], source?: string) {
  const { iam } = clients();
  await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust(service, source)) });
  if (statements.length > 0)
    await iam.putRolePolicy({
      RoleName: name,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify(document(...statements)),
    });
}
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason as Error & { readonly $metadata?: { readonly httpStatusCode?: number } },
  );
  return error === undefined ? 'allowed' : `${error.name} ${error.$metadata?.httpStatusCode}: ${error.message}`;
}

const PASS = JSON.stringify({ StartAt: 'a', States: { a: { Type: 'Pass', End: true } } });
const DONE = JSON.stringify({ StartAt: 'a', States: { a: { Type: 'Succeed' } } });
const MACHINE = { name: 'm', definition: PASS, roleArn: `${ROLE}/r` };

describe('IAM decides each call', () => {
  test('in the words of each service', async () => {
    const { s3, iam, sfn, events, scheduler } = ann(allow('s3:GetObject', 'arn:aws:s3:::other/*'));
    expect(await refusal(sfn.listStateMachines({}))).toBe(
      `AccessDeniedException 400: User: arn:aws:iam::${ACCOUNT}:user/ann is not authorized to perform: states:ListStateMachines on resource: * because no identity-based policy allows the states:ListStateMachines action`,
    );
    expect(await refusal(iam.getRole({ RoleName: 'x' }))).toMatch(
      /^AccessDenied 403: User: .* iam:GetRole on resource: arn:aws:iam::000000000000:role\/x because/,
    );
    expect(await refusal(events.describeRule({ Name: 'x' }))).toMatch(/^AccessDeniedException 400: .*:rule\/x because/);
    expect(await refusal(scheduler.getSchedule({ Name: 'x' }))).toMatch(
      /^AccessDeniedException 403: .*:schedule\/default\/x because/,
    );
    expect(await refusal(s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' })))).toMatch(
      /^AccessDenied 403: .* s3:PutObject on resource: "arn:aws:s3:::b\/k" because/,
    );
  });

  test('on the unqualified machine, with the qualifier as a key', async () => {
    await makeRole('r', 'states.amazonaws.com');
    const root = clients().sfn;
    const { stateMachineVersionArn } = await root.createStateMachine({ ...MACHINE, publish: true });
    await root.createStateMachineAlias({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: stateMachineVersionArn!, weight: 100 }],
    });
    const start = (arn: string, ...statements: object[]) =>
      refusal(ann(...statements).sfn.startExecution({ stateMachineArn: arn }));
    const qualified = { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': 'live' } };
    expect(await start(`${ARN}:m:live`, allow('states:StartExecution', `${ARN}:m:live`))).toMatch(/^AccessDenied/);
    expect(await start(`${ARN}:m:live`, allow('states:StartExecution', `${ARN}:m`))).toBe('allowed');
    expect(await start(`${ARN}:m:live`, allow('states:StartExecution', `${ARN}:m`, qualified))).toBe('allowed');
    expect(await start(`${ARN}:m`, allow('states:StartExecution', `${ARN}:m`, qualified))).toMatch(/^AccessDenied/);
  });

  test('what hands on a role needs to be allowed to', async () => {
    await makeRole('r', 'states.amazonaws.com');
    const create = allow('states:CreateStateMachine', `${ARN}:*`);
    const pass = (service: string) =>
      allow('iam:PassRole', `${ROLE}/*`, { StringEquals: { 'iam:PassedToService': service } });
    expect(await refusal(ann(create).sfn.createStateMachine(MACHINE))).toMatch(/iam:PassRole on resource: .*role\/r/);
    expect(await refusal(ann(create, pass('glue.amazonaws.com')).sfn.createStateMachine(MACHINE))).toMatch(/PassRole/);
    expect(await refusal(ann(create, pass('states.amazonaws.com')).sfn.createStateMachine(MACHINE))).toBe('allowed');
  });

  test('an explicit denial, a boundary, a service control policy', async () => {
    const all = allow('*', '*');
    const deny = { ...allow('states:*', '*'), Effect: 'Deny' };
    const of = (more: Partial<Principal>) => {
      aws.callers.set('ANN', { arn: `arn:aws:iam::${ACCOUNT}:user/ann`, policies: policy(all), ...more });
      return refusal(clients('ANN').sfn.listStateMachines({}));
    };
    expect(await of({})).toBe('allowed');
    expect(await of({ policies: policy(all, deny) })).toMatch(/with an explicit deny in an identity-based policy$/);
    expect(await of({ boundary: policy(allow('s3:*', '*'))[0]! })).toMatch(/because no permissions boundary allows/);
    const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    expect(await of({ scps: policy({ ...deny, Condition: elsewhere }) })).toMatch(
      /with an explicit deny in a service control policy$/,
    );
  });

  test('a key that nobody has, and a session of a role', async () => {
    expect(await refusal(clients('NOBODY').sfn.listStateMachines({}))).toMatch(/^UnrecognizedClientException/);
    const { iam } = clients();
    const AssumeRolePolicyDocument = JSON.stringify(
      document({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/ann` }, Action: 'sts:AssumeRole' }),
    );
    await iam.createRole({ RoleName: 'ci', Path: '/team/', AssumeRolePolicyDocument });
    await iam.putRolePolicy({
      RoleName: 'ci',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify(document(allow('states:ListStateMachines', '*'))),
    });
    const RoleArn = `${ROLE}/team/ci`;
    expect(await refusal(ann().sts.assumeRole({ RoleArn, RoleSessionName: 's' }))).toMatch(/sts:AssumeRole on/);
    const { Credentials } = await ann(allow('sts:AssumeRole', RoleArn)).sts.assumeRole({
      RoleArn,
      RoleSessionName: 's',
    });
    const session = clients(Credentials!.AccessKeyId!);
    expect((await session.sts.getCallerIdentity({})).Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/ci/s`);
    expect(await refusal(session.sfn.listStateMachines({}))).toBe('allowed');
    expect(await refusal(session.sfn.describeStateMachine({ stateMachineArn: `${ARN}:m` }))).toMatch(/^AccessDenied/);
  });

  test('an object that is not there is 404 only to who may list the bucket', async () => {
    await clients().s3.send(new CreateBucketCommand({ Bucket: 'bbb' }));
    const get = (...statements: object[]) =>
      refusal(ann(...statements).s3.send(new GetObjectCommand({ Bucket: 'bbb', Key: 'k' })));
    const read = allow('s3:GetObject', 'arn:aws:s3:::bbb/*');
    expect(await get(read)).toMatch(/^AccessDenied 403/);
    expect(await get(read, allow('s3:ListBucket', 'arn:aws:s3:::bbb'))).toMatch(/^NoSuchKey 404/);
  });
});

test('the name of a bucket that was deleted is not free at once', async () => {
  const { s3 } = ann(allow('s3:*', '*'));
  for (const Bucket of ['bbb', 'ccc']) {
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket })))).toBe('allowed');
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket })))).toBe('allowed');
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket })))).toMatch(/^OperationAborted 409: A conflicting/);
  }
});

describe('documents are read as IAM reads them', () => {
  const put = (resource: string) =>
    refusal(
      ann(allow('*', '*')).iam.putRolePolicy({
        RoleName: 'r',
        PolicyName: 'own',
        PolicyDocument: JSON.stringify(document(allow('s3:GetObject', resource))),
      }),
    );
  beforeEach(() => makeRole('r', 'states.amazonaws.com'));
  test.each([
    ['mine', 'MalformedPolicyDocumentException 400: Resource mine must be in ARN format or "*".'],
    [
      'arn:aws-cn:s3:::b/*',
      'MalformedPolicyDocumentException 400: Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::b/*".',
    ],
    ['arn:aws:s3:::b/*', 'allowed'],
    ['arn:*:s3:::b/*', 'allowed'],
    ['*', 'allowed'],
  ])('%s', async (resource, says) => expect(await put(resource)).toBe(says));

  test('who may assume a role must exist in some form', async () => {
    const AssumeRolePolicyDocument = JSON.stringify(trust('states'));
    expect(await refusal(ann(allow('*', '*')).iam.createRole({ RoleName: 'x', AssumeRolePolicyDocument }))).toBe(
      'MalformedPolicyDocumentException 400: Invalid principal in policy: "SERVICE":"states"',
    );
  });
});

describe('a role that a service has not heard of yet', () => {
  const all = () => ann(allow('*', '*'));
  const group = `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule-group/default`;
  const schedule = {
    Name: 's',
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: { Arn: `${ARN}:m`, RoleArn: `${ROLE}/r`, Input: '{}' },
  };

  test('is refused by Step Functions until it has', async () => {
    aws.set({ propagationMs: 30_000 });
    await makeRole('r', 'states.amazonaws.com');
    const create = () => refusal(all().sfn.createStateMachine(MACHINE));
    expect(await create()).toBe(
      'AccessDeniedException 400: Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
    now += 29_999;
    expect(await create()).toMatch(/^AccessDeniedException/);
    now += 1;
    expect(await create()).toBe('allowed');
  });

  test('so is one whose policy changed: for the log, for a rule that Step Functions manages', async () => {
    const logs = [
      ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
      ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
    ].map((action) => `logs:${action}`);
    await makeRole('r', 'states.amazonaws.com');
    aws.set({ propagationMs: 5_000 });
    now += 5_000;
    const definition = JSON.stringify({
      StartAt: 'a',
      States: { a: { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob.sync', Parameters: {}, End: true } },
    });
    const loggingConfiguration = {
      level: 'ERROR' as const,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:x:*` } }],
    };
    const create = (more: object) => refusal(all().sfn.createStateMachine({ ...MACHINE, ...more }));
    const put = (...statements: object[]) =>
      clients().iam.putRolePolicy({
        RoleName: 'r',
        PolicyName: 'own',
        PolicyDocument: JSON.stringify(document(...statements)),
      });
    expect(await create({ loggingConfiguration })).toBe(
      'AccessDeniedException 400: The state machine IAM Role is not authorized to access the Log Destination',
    );
    await put(allow(logs, '*'));
    expect(await create({ loggingConfiguration })).toMatch(/Log Destination$/);
    now += 5_000;
    expect(await create({ definition })).toBe(
      `AccessDeniedException 400: '${ROLE}/r' is not authorized to create managed-rule.`,
    );
    await put(allow(logs, '*'), allow(['events:PutRule', 'events:PutTargets', 'events:DescribeRule'], '*'));
    expect(await create({ definition })).toMatch(/managed-rule\.$/);
    now += 5_000;
    expect(await create({ definition, loggingConfiguration })).toBe('allowed');
  });

  test('is refused by Scheduler, and for good where its trust names the schedule in place of the group', async () => {
    const create = () => refusal(all().scheduler.createSchedule(schedule));
    const says =
      'ValidationException 400: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.';
    aws.set({ propagationMs: 5_000 });
    await makeRole('r', 'scheduler.amazonaws.com', [], `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/default/s`);
    now += 3_600_000;
    expect(await create()).toBe(says);
    await clients().iam.updateAssumeRolePolicy({
      RoleName: 'r',
      PolicyDocument: JSON.stringify(trust('scheduler.amazonaws.com', group)),
    });
    expect(await create()).toBe(says);
    now += 5_000;
    expect(await create()).toBe('allowed');
  });

  test('is refused by EventBridge', async () => {
    aws.set({ propagationMs: 5_000 });
    await makeRole('r', 'events.amazonaws.com');
    const { events } = all();
    await events.putRule({ Name: 'x', EventPattern: '{"source": ["a"]}' });
    const put = () =>
      refusal(events.putTargets({ Rule: 'x', Targets: [{ Id: '1', Arn: `${ARN}:m`, RoleArn: `${ROLE}/r` }] }));
    expect(await put()).toBe(
      `ValidationException 400: Provided role '${ROLE}/r' cannot be assumed by principal 'events.amazonaws.com'.`,
    );
    now += 5_000;
    expect(await put()).toBe('allowed');
  });
});

describe('Step Functions is eventually consistent', () => {
  beforeEach(() => makeRole('r', 'states.amazonaws.com'));
  const arn = `${ARN}:m`;

  test('reads answer as of before a write, so often', async () => {
    aws.set({ lag: 2 });
    const { sfn } = ann(allow('*', '*'));
    await sfn.createStateMachine(MACHINE);
    const definition = async () => (await sfn.describeStateMachine({ stateMachineArn: arn })).definition;
    for (let i = 0; i < 2; i += 1) expect(await refusal(definition())).toMatch(/^StateMachineDoesNotExist/);
    expect(await definition()).toBe(PASS);
    await sfn.updateStateMachine({ stateMachineArn: arn, definition: DONE });
    expect([await definition(), await definition(), await definition()]).toEqual([PASS, PASS, DONE]);
    const { executionArn } = await sfn.startExecution({ stateMachineArn: arn });
    for (let i = 0; i < 2; i += 1)
      expect(await refusal(sfn.describeExecution({ executionArn }))).toMatch(/^ExecutionDoesNotExist/);
    expect((await sfn.describeExecution({ executionArn })).executionArn).toBe(executionArn);
  });

  test('an update answers its revision; a version is of the revision that is named, and of the one before where none is', async () => {
    const { sfn } = ann(allow('*', '*'));
    await sfn.createStateMachine({ ...MACHINE, publish: true });
    expect((await sfn.describeStateMachine({ stateMachineArn: arn })).revisionId).toBeUndefined();
    aws.set({ lag: 3 });
    const update = await sfn.updateStateMachine({ stateMachineArn: arn, definition: DONE });
    expect(update.revisionId).toMatch(/./);
    // The revision before has its version already.
    expect((await sfn.publishStateMachineVersion({ stateMachineArn: arn })).stateMachineVersionArn).toBe(`${arn}:1`);
    const publish = (revisionId: string) => sfn.publishStateMachineVersion({ stateMachineArn: arn, revisionId });
    expect(await refusal(publish('another'))).toMatch(/^ConflictException 409/);
    expect(await refusal(publish(update.revisionId!))).toMatch(/^ConflictException 409/);
    expect((await publish(update.revisionId!)).stateMachineVersionArn).toBe(`${arn}:2`);
    expect((await publish(update.revisionId!)).stateMachineVersionArn).toBe(`${arn}:2`);
  });

  test('of two writes of a machine at once one is a conflict', async () => {
    const { sfn } = ann(allow('*', '*'));
    await sfn.createStateMachine(MACHINE);
    const update = (definition: string) => refusal(sfn.updateStateMachine({ stateMachineArn: arn, definition }));
    const said = await Promise.all([update(PASS), update(DONE), update(PASS)]);
    expect(said).toContain('allowed');
    expect(said.filter((one) => one.startsWith('ConflictException 409')).length).toBeGreaterThan(0);
  });

  test('an alias may start what it pointed to before', async () => {
    // The emulator runs the same whatever version is started; `serve` does not.
    const serve = await startServer({ region: REGION, account: ACCOUNT });
    const other = await startStrictAws({
      ...{ endpoint: server.url, states: serve.endpoint.url, lag: 1 },
      callers: { ANN: { arn: `arn:aws:iam::${ACCOUNT}:user/ann`, policies: policy(allow('*', '*')) } },
    });
    const sfn = new SFN({ ...settings('ANN'), endpoint: other.url });
    try {
      await sfn.createStateMachine({ ...MACHINE, publish: true });
      await sfn.updateStateMachine({ stateMachineArn: arn, definition: DONE, publish: true });
      const routes = (version: number) => [{ stateMachineVersionArn: `${arn}:${version}`, weight: 100 }];
      await sfn.createStateMachineAlias({ name: 'live', routingConfiguration: routes(1) });
      await sfn.updateStateMachineAlias({ stateMachineAliasArn: `${arn}:live`, routingConfiguration: routes(2) });
      const version = async () => {
        const { executionArn } = await sfn.startExecution({ stateMachineArn: `${arn}:live` });
        const asked = () => sfn.describeExecution({ executionArn });
        return (await asked().catch(asked)).stateMachineVersionArn;
      };
      expect([await version(), await version()]).toEqual([`${arn}:1`, `${arn}:2`]);
    } finally {
      sfn.destroy();
      await other.stop();
      await serve.stop();
    }
  });
});

describe('what fires', () => {
  const start = (Resource: string) => allow('states:StartExecution', Resource);
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'start',
    States: {
      start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sfn:startExecution',
        Arguments: {
          StateMachineArn: `${ARN}:m:live`,
          Name: "{% $exists($states.input.name) ? $states.input.name : 'ended' %}",
        },
        End: true,
      },
    },
  });
  /** A schedule and a rule that start the starter, which starts an alias. */
  async function made(starterMay: object, scheduleMay: object, group?: string) {
    const root = clients();
    await makeRole('r', 'states.amazonaws.com');
    await makeRole('starter', 'states.amazonaws.com', [starterMay]);
    await makeRole('schedule', 'scheduler.amazonaws.com', [scheduleMay], group);
    await makeRole('rule', 'events.amazonaws.com', [scheduleMay]);
    await root.sfn.createStateMachine({ ...MACHINE, publish: true });
    await root.sfn.createStateMachineAlias({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${ARN}:m:1`, weight: 100 }],
    });
    await root.sfn.createStateMachine({ name: 'start', definition, roleArn: `${ROLE}/starter` });
    await root.scheduler.createSchedule({
      Name: 's',
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `${ARN}:start`, RoleArn: `${ROLE}/schedule`, Input: '{"name": "<aws.scheduler.scheduled-time>"}' },
    });
    await root.events.putRule({
      Name: 'ended',
      EventPattern: JSON.stringify({
        source: ['aws.states'],
        detail: { status: ['FAILED'], stateMachineArn: [`${ARN}:m`] },
      }),
    });
    await root.events.putTargets({
      Rule: 'ended',
      Targets: [{ Id: '1', Arn: `${ARN}:start`, RoleArn: `${ROLE}/rule` }],
    });
    return tick(aws, { name: 's', at: 'monday' }, { region: REGION });
  }

  test('is decided by the roles that are there', async () => {
    expect(await made(start(`${ARN}:m`), start(`${ARN}:start`))).toMatchObject({ status: 'SUCCEEDED' });
    const executionArn = `arn:aws:states:${REGION}:${ACCOUNT}:execution:m:monday`;
    expect((await clients().sfn.describeExecution({ executionArn })).executionArn).toBe(executionArn);
    expect(await executionEnded(aws, { arn: executionArn, status: 'SUCCEEDED' }, { region: REGION })).toEqual([]);
    const [cleanup] = await executionEnded(aws, { arn: executionArn, status: 'FAILED' }, { region: REGION });
    expect(cleanup).toMatchObject({ status: 'SUCCEEDED', calls: [expect.stringContaining('startExecution')] });
  });

  test('a starter that may start the alias’s ARN starts nothing', async () => {
    expect(await made(start(`${ARN}:m:live`), start(`${ARN}:start`))).toMatchObject({
      status: 'FAILED',
      error: 'Sfn.AccessDeniedException',
      cause: expect.stringContaining(`states:StartExecution on resource: ${ARN}:m because`),
    });
  });

  test('a schedule whose role may start something else, and one whose role Scheduler cannot assume', async () => {
    expect(await made(start(`${ARN}:m`), start(`${ARN}:m`))).toEqual({
      refused: expect.stringMatching(
        /assumed-role\/schedule\/scheduler is not authorized to perform: states:StartExecution on/,
      ),
    });
    await server.reset();
    aws.forget();
    const schedule = `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/default/s`;
    expect(await made(start(`${ARN}:m`), start(`${ARN}:start`), schedule)).toEqual({
      refused: `scheduler.amazonaws.com cannot assume ${ROLE}/schedule`,
    });
  });
});

describe('IAM’s simulator', () => {
  test('answers once an action, and of each resource in ResourceSpecificResults', async () => {
    const { iam } = ann(
      allow('iam:*', '*'),
      allow('s3:GetObject', 'arn:aws:s3:::b/*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    );
    aws.set({ pageSize: 1 });
    const asked = {
      PolicySourceArn: `arn:aws:iam::${ACCOUNT}:user/ann`,
      ActionNames: ['s3:GetObject', 'iam:GetRole'],
      ResourceArns: ['arn:aws:s3:::b/k', 'arn:aws:s3:::c/k'],
    };
    const first = await iam.simulatePrincipalPolicy(asked);
    expect(first).toMatchObject({ IsTruncated: true, Marker: '1' });
    expect(first.EvaluationResults).toMatchObject([
      {
        EvalActionName: 's3:GetObject',
        EvalDecision: 'implicitDeny',
        EvalResourceName: expect.stringContaining('${'),
        MissingContextValues: [],
        ResourceSpecificResults: [
          {
            EvalResourceName: 'arn:aws:s3:::b/k',
            EvalResourceDecision: 'implicitDeny',
            MissingContextValues: ['aws:MultiFactorAuthPresent'],
          },
          { EvalResourceName: 'arn:aws:s3:::c/k', EvalResourceDecision: 'implicitDeny' },
        ],
      },
    ]);
  });
});
