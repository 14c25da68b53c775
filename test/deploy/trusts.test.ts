import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import type { Place } from '../../aws/names.ts';
import { readBuilt } from '../../deploy/built.ts';
import { desiredOf } from '../../deploy/desired/desired.ts';
import { exportedOf } from '../../deploy/export/exported.ts';
import { deployerPolicies } from '../../deploy/permissions/deployer-policy.ts';
import type { Resource } from '../../deploy/resource.ts';
import type { Environment } from '../../project/environment.ts';
import { ENVIRONMENT, project } from './support.ts';

const PLACE: Place = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const ARNS = 'arn:aws:states:eu-west-1:111122223333:stateMachine';
const MANAGED: Environment = {
  ...ENVIRONMENT,
  env: { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' },
  alarms: { topic: 'arn:aws:sns:eu-west-1:111122223333:ops' },
};

let dist: string;
beforeAll(async () => {
  ({ dist } = await project());
});
async function desired(place = PLACE, environment = MANAGED) {
  return desiredOf(await readBuilt(dist, 'ratings'), environment, place);
}
const named = (resources: readonly Resource[], kind: string, name: string): JsonObject =>
  resources.find((one) => one.kind === kind && one.name === name)!.properties;

describe('what a role may be assumed for', () => {
  const statement = (service: string, source?: string) => ({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(source !== undefined && {
      Condition: { StringEquals: { 'aws:SourceAccount': PLACE.account }, ArnLike: { 'aws:SourceArn': source } },
    }),
  });

  test.each([
    ['dagwright-ratings', statement('states.amazonaws.com', `${ARNS}:*`)],
    ['dagwright-ratings-start', statement('states.amazonaws.com', `${ARNS}:*`)],
    ['dagwright-ratings-cleanup', statement('states.amazonaws.com', `${ARNS}:*`)],
    [
      'dagwright-ratings-rule',
      statement('events.amazonaws.com', 'arn:aws:events:eu-west-1:111122223333:rule/dagwright-ratings-cleanup'),
    ],
    // The group's ARN: AWS refuses that of a schedule for good.
    [
      'dagwright-ratings-schedule',
      statement('scheduler.amazonaws.com', 'arn:aws:scheduler:eu-west-1:111122223333:schedule-group/dagwright-ratings'),
    ],
    [
      'dagwright-ratings-env-emrRole',
      statement('elasticmapreduce.amazonaws.com', 'arn:aws:elasticmapreduce:eu-west-1:111122223333:*'),
    ],
    ['dagwright-ratings-env-emrProfile', statement('ec2.amazonaws.com')],
  ])('%s', async (name, expected) => {
    const { resources } = await desired();
    expect(named(resources, 'role', name).trust).toEqual({ Version: '2012-10-17', Statement: [expected] });
  });

  test('the schedule is in the group that its role is assumed for', async () => {
    const { names, resources } = await desired();
    expect(resources.find(({ kind }) => kind === 'schedule')!.arn).toBe(
      'arn:aws:scheduler:eu-west-1:111122223333:schedule/dagwright-ratings/dagwright-ratings',
    );
    expect(resources.find(({ kind }) => kind === 'schedule-group')!.arn).toBe(names.scheduleGroupArn);
  });
});

describe('what starts something is allowed on a machine, never on its alias', () => {
  test.each([
    ['dagwright-ratings-start', `${ARNS}:ratings`, 'live'],
    ['dagwright-ratings-schedule', `${ARNS}:ratings-start`, undefined],
    ['dagwright-ratings-rule', `${ARNS}:ratings-cleanup`, undefined],
  ])('%s', async (name, machine, qualifier) => {
    const { resources } = await desired();
    const { Statement } = named(resources, 'role', name).policy as { Statement: JsonObject[] };
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: [machine],
        ...(qualifier && {
          Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': qualifier } },
        }),
      },
    ]);
  });
});

test('the cleanup is started at every end, by the machine’s ARN without a version', async () => {
  const { resources } = await desired();
  expect(named(resources, 'rule', 'dagwright-ratings-cleanup').pattern).toEqual({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: { status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [`${ARNS}:ratings`] },
  });
});

test('an alarm for each thing that could fail without anybody seeing it', async () => {
  const { resources } = await desired();
  const watched = resources
    .filter(({ kind }) => kind === 'alarm')
    .map(({ name, properties: { namespace, metric, dimension, value } }) => [
      name,
      namespace,
      metric,
      dimension,
      value,
    ]);
  expect(watched).toEqual([
    ['dagwright-ratings-failed', 'AWS/States', 'ExecutionsFailed', 'StateMachineArn', `${ARNS}:ratings`],
    ['dagwright-ratings-timed-out', 'AWS/States', 'ExecutionsTimedOut', 'StateMachineArn', `${ARNS}:ratings`],
    ['dagwright-ratings-start-failed', 'AWS/States', 'ExecutionsFailed', 'StateMachineArn', `${ARNS}:ratings-start`],
    ['dagwright-ratings-schedule-refused', 'AWS/Scheduler', 'TargetErrorCount', 'ScheduleGroup', 'dagwright-ratings'],
    [
      'dagwright-ratings-schedule-dropped',
      'AWS/Scheduler',
      'InvocationDroppedCount',
      'ScheduleGroup',
      'dagwright-ratings',
    ],
    [
      'dagwright-ratings-cleanup-failed',
      'AWS/States',
      'ExecutionsFailed',
      'StateMachineArn',
      `${ARNS}:ratings-cleanup`,
    ],
    [
      'dagwright-ratings-cleanup-not-started',
      'AWS/Events',
      'FailedInvocations',
      'RuleName',
      'dagwright-ratings-cleanup',
    ],
  ]);
});

describe.each(['aws-cn', 'aws-us-gov', 'aws-eusc'])('in the partition %s', (partition) => {
  const place: Place = { partition, region: 'xx-north-1', account: '111122223333' };

  test('no ARN is of another partition, in any machine, policy or trust', async () => {
    const { resources } = await desired(place);
    const texts: string[] = [];
    const walk = (json: Json): void => {
      if (typeof json === 'string') texts.push(json);
      else if (json !== null && typeof json === 'object') for (const one of Object.values(json)) walk(one as Json);
    };
    for (const { kind, arn, properties } of resources) if (kind !== 'alarm') walk({ arn, ...properties });
    const arns = texts.filter((text) => text.includes('arn:'));
    expect(arns.length).toBeGreaterThan(40);
    expect(arns.filter((text) => !text.includes(`arn:${partition}:`))).toEqual([]);
    expect(arns.filter((text) => /arn:aws:/.test(text))).toEqual([]);
  });

  test('EMR bears the name that it has there', async () => {
    const { resources } = await desired(place);
    const own = partition === 'aws-cn' ? 'elasticmapreduce.amazonaws.com.cn' : 'elasticmapreduce.amazonaws.com';
    const trust = named(resources, 'role', 'dagwright-ratings-env-emrRole').trust as { Statement: JsonObject[] };
    expect(trust.Statement[0]!.Principal).toEqual({ Service: own });
    const passed = JSON.stringify(named(resources, 'role', 'dagwright-ratings').policy);
    expect(passed).toContain(`"${own}"`);
    const ec2 = named(resources, 'role', 'dagwright-ratings-env-emrProfile').trust as { Statement: JsonObject[] };
    expect(ec2.Statement[0]!.Principal).toEqual({ Service: 'ec2.amazonaws.com' });
  });

  test('the service-linked role of EMR may be made under the name that it has there', async () => {
    const { resources } = await desired(place);
    const { Statement } = named(resources, 'role', 'dagwright-ratings').policy as { Statement: JsonObject[] };
    const makes = Statement.filter(({ Action }) => [Action].flat().includes('iam:CreateServiceLinkedRole'));
    const own = partition === 'aws-cn' ? ['elasticmapreduce.amazonaws.com.cn'] : [];
    expect(makes.flatMap(({ Resource }) => Resource)).toEqual(
      ['elasticmapreduce.amazonaws.com', ...own].map(
        (name) => `arn:${partition}:iam::111122223333:role/aws-service-role/${name}/AWSServiceRoleForEMRCleanup`,
      ),
    );
  });

  test('roles are handed to services by each name that they may bear there', async () => {
    const { resources } = await desired(place);
    const both = (service: string) => (partition === 'aws-cn' ? [service, `${service}.cn`] : [service]);
    const passedTo = (policy: JsonObject) =>
      (policy.Statement as readonly JsonObject[]).flatMap(({ Condition }) => {
        const { 'iam:PassedToService': services } = ((Condition as JsonObject)?.StringEquals ?? {}) as JsonObject;
        return services === undefined ? [] : [[services].flat()];
      });
    const machine = named(resources, 'role', 'dagwright-ratings').policy as JsonObject;
    expect(passedTo(machine)).toEqual(
      expect.arrayContaining([both('ec2.amazonaws.com'), both('elasticmapreduce.amazonaws.com')]),
    );
    // EMR starts machines with the role.
    const emr = named(resources, 'role', 'dagwright-ratings-env-emrRole').policy as JsonObject;
    expect(passedTo(emr)).toEqual([both('ec2.amazonaws.com')]);
    const environment = { ...MANAGED, prefix: 'team-' };
    const [policy] = deployerPolicies({ environment, place, manifests: [(await readBuilt(dist, 'ratings')).manifest] });
    expect(passedTo(policy as unknown as JsonObject)).toEqual(expect.arrayContaining([both('ec2.amazonaws.com')]));
  });

  test('an export has the same names, in the region of the environment', async () => {
    const region = { 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1', 'aws-eusc': 'eusc-de-east-1' }[partition]!;
    const exported = exportedOf(await readBuilt(dist, 'ratings'), { ...MANAGED, region }, new Map());
    const { resources } = await desired(place);
    for (const role of ['dagwright-ratings', 'dagwright-ratings-env-emrRole', 'dagwright-ratings-env-emrProfile']) {
      const services = (of: JsonObject) => JSON.stringify(of).match(/[\w-]+\.amazonaws\.com[.\w]*/g)!;
      expect(services(named(exported.desired.resources, 'role', role))).toEqual(
        services(named(resources, 'role', role)),
      );
    }
  });
});
