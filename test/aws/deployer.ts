import type { Principal } from './strict/principals.ts';

/** The account of the emulator's ARNs. */
export const ACCOUNT = '000000000000';

/** Credentials that reach everything: tests look with them at what there is. */
export const ROOT = { accessKeyId: 'root', secretAccessKey: 'root' };

/** The key of whoever deploys and operates. */
export const DEPLOYER_KEY = 'test';

export interface DeployerOptions {
  readonly partition?: string;
  /** Actions that its policy denies besides. */
  readonly denied?: readonly string[];
}

/** A user who may do what deploying and operating needs, and no more. */
export function deployer({ partition = 'aws', denied = [] }: DeployerOptions = {}): Principal {
  const denying = denied.length === 0 ? [] : [{ Effect: 'Deny', Action: [...denied], Resource: ['*'] }];
  const policy = { Version: '2012-10-17', Statement: [...statements(partition), ...denying] };
  return { arn: `arn:${partition}:iam::${ACCOUNT}:user/deployer`, policies: [{ name: 'deployer', policy }] };
}

function statements(partition: string) {
  const of = (service: string, resource: string) => `arn:${partition}:${service}:*:${ACCOUNT}:${resource}`;
  const allow = (Action: readonly string[], Resource: readonly string[], Condition?: object) => ({
    Effect: 'Allow',
    Action: [...Action],
    Resource: [...Resource],
    ...(Condition !== undefined && { Condition: Condition as { [operator: string]: { [key: string]: string[] } } }),
  });
  const roles = `arn:${partition}:iam::${ACCOUNT}:role/dagwright-*`;
  const profiles = `arn:${partition}:iam::${ACCOUNT}:instance-profile/dagwright-*`;
  return [
    allow(
      ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:GetBucketLocation'],
      [`arn:${partition}:s3:::my-artifacts`],
    ),
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      [`arn:${partition}:s3:::my-artifacts/dagwright/*`],
    ),
    allow(
      [
        ...['CreateRole', 'GetRole', 'DeleteRole', 'TagRole', 'UpdateAssumeRolePolicy'],
        ...['PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy', 'ListRolePolicies'],
        ...['AttachRolePolicy', 'DetachRolePolicy', 'ListAttachedRolePolicies'],
      ].map((action) => `iam:${action}`),
      [roles],
    ),
    allow(
      [
        ...['CreateInstanceProfile', 'GetInstanceProfile', 'DeleteInstanceProfile', 'TagInstanceProfile'],
        ...['AddRoleToInstanceProfile', 'RemoveRoleFromInstanceProfile'],
      ].map((action) => `iam:${action}`),
      [profiles],
    ),
    allow(['iam:PassRole'], [roles], {
      StringEquals: {
        'iam:PassedToService': ['states', 'events', 'scheduler', 'ec2'].map((name) => `${name}.amazonaws.com`),
      },
    }),
    // Roles that environments of tests name.
    allow(
      ['iam:GetRole', 'iam:PassRole'],
      ['mine', 'nobody'].map((name) => `arn:${partition}:iam::${ACCOUNT}:role/${name}`),
    ),
    allow(['iam:SimulatePrincipalPolicy'], [`arn:${partition}:iam::${ACCOUNT}:*`]),
    allow(['states:*'], [of('states', `stateMachine:*`), of('states', `execution:*`)]),
    allow(['states:ValidateStateMachineDefinition', 'states:ListStateMachines'], ['*']),
    allow(
      [
        ...['PutRule', 'DescribeRule', 'DeleteRule', 'PutTargets', 'RemoveTargets', 'ListTargetsByRule'],
        ...['TagResource', 'ListTagsForResource'],
      ].map((action) => `events:${action}`),
      [of('events', 'rule/dagwright-*')],
    ),
    allow(
      ['CreateSchedule', 'GetSchedule', 'UpdateSchedule', 'DeleteSchedule'].map((action) => `scheduler:${action}`),
      [of('scheduler', 'schedule/*/dagwright-*')],
    ),
    allow(
      ['CreateScheduleGroup', 'GetScheduleGroup', 'DeleteScheduleGroup', 'TagResource', 'ListTagsForResource'].map(
        (action) => `scheduler:${action}`,
      ),
      [of('scheduler', 'schedule-group/dagwright-*')],
    ),
    allow(
      ['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'TagResource', 'ListTagsForResource'].map(
        (action) => `logs:${action}`,
      ),
      [of('logs', `log-group:/aws/vendedlogs/states/*`), of('logs', `log-group:/aws/vendedlogs/states/*:*`)],
    ),
    allow(['logs:DescribeLogGroups'], ['*']),
    allow(
      ['PutMetricAlarm', 'DescribeAlarms', 'DeleteAlarms', 'TagResource', 'ListTagsForResource'].map(
        (action) => `cloudwatch:${action}`,
      ),
      [of('cloudwatch', 'alarm:dagwright-*')],
    ),
  ];
}
