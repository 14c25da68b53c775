import type { Kind } from '../resource.ts';

/** What is done with a thing on AWS. */
export type Step = 'observe' | 'create' | 'update' | 'delete';

/**
 * What deploy/resources calls for each kind of resource, as IAM names the actions. An update's calls depend on which properties of the
 * resource differ (`*`: whichever). From this table follow what deploy asks IAM's simulator beforehand, the deployer's least policy
 * and what `doctor` looks at; a test holds it against the calls that are made.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const CALLS: {
  readonly [kind in Kind]: {
    readonly observe: readonly string[];
    readonly create: readonly string[];
    readonly update: { readonly [property: string]: readonly string[] };
    readonly delete: readonly string[];
  };
} = {
  role: {
    observe: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
    create: ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:PutRolePolicy', 'iam:TagRole'],
    update: {
      tags: ['iam:TagRole'],
      trust: ['iam:UpdateAssumeRolePolicy'],
      boundary: ['iam:PutRolePermissionsBoundary'],
      policy: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      others: ['iam:AttachRolePolicy', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
    },
    delete: ['iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
  },
  'instance-profile': {
    observe: ['iam:GetInstanceProfile'],
    create: ['iam:AddRoleToInstanceProfile', 'iam:CreateInstanceProfile', 'iam:TagInstanceProfile'],
    update: {
      tags: ['iam:TagInstanceProfile'],
      role: ['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile'],
    },
    delete: ['iam:DeleteInstanceProfile', 'iam:RemoveRoleFromInstanceProfile'],
  },
  'log-group': {
    observe: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
    create: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:TagResource'],
    update: {
      tags: ['logs:TagResource'],
      kmsKey: ['logs:AssociateKmsKey'],
      retentionInDays: ['logs:PutRetentionPolicy'],
    },
    delete: ['logs:DeleteLogGroup'],
  },
  function: {
    observe: ['lambda:GetFunction'],
    create: ['lambda:CreateFunction', 'lambda:GetFunctionConfiguration', 'lambda:TagResource'],
    update: {
      tags: ['lambda:TagResource'],
      code: ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
      architecture: [
        'lambda:GetFunctionConfiguration',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
      ],
      '*': ['lambda:GetFunctionConfiguration', 'lambda:UpdateFunctionConfiguration'],
    },
    delete: ['lambda:DeleteFunction'],
  },
  'function-alias': {
    observe: ['lambda:GetAlias'],
    create: ['lambda:CreateAlias', 'lambda:GetFunctionConfiguration', 'lambda:PublishVersion'],
    update: {},
    delete: ['lambda:DeleteAlias', 'lambda:DeleteFunction', 'lambda:GetAlias'],
  },
  machine: {
    observe: ['states:DescribeStateMachine', 'states:ListStateMachineVersions', 'states:ListTagsForResource'],
    create: ['states:CreateStateMachine', 'states:PublishStateMachineVersion', 'states:TagResource'],
    update: { tags: ['states:TagResource'], '*': ['states:PublishStateMachineVersion', 'states:UpdateStateMachine'] },
    delete: ['states:DeleteStateMachine', 'states:DeleteStateMachineVersion'],
  },
  alias: {
    observe: ['states:DescribeStateMachine', 'states:DescribeStateMachineAlias'],
    create: ['states:CreateStateMachineAlias'],
    update: { '*': ['states:UpdateStateMachineAlias'] },
    delete: ['states:DeleteStateMachineAlias'],
  },
  rule: {
    observe: ['events:DescribeRule', 'events:ListTagsForResource', 'events:ListTargetsByRule'],
    create: ['events:PutRule', 'events:PutTargets', 'events:TagResource'],
    update: {
      tags: ['events:TagResource'],
      pattern: ['events:PutRule'],
      state: ['events:PutRule'],
      target: ['events:PutTargets'],
      role: ['events:PutTargets'],
      others: ['events:RemoveTargets'],
    },
    delete: ['events:DeleteRule', 'events:RemoveTargets'],
  },
  'schedule-group': {
    observe: ['scheduler:GetScheduleGroup', 'scheduler:ListTagsForResource'],
    create: ['scheduler:CreateScheduleGroup', 'scheduler:TagResource'],
    update: { '*': ['scheduler:TagResource'] },
    delete: ['scheduler:DeleteScheduleGroup'],
  },
  schedule: {
    observe: ['scheduler:GetSchedule'],
    create: ['scheduler:CreateSchedule'],
    update: { '*': ['scheduler:UpdateSchedule'] },
    delete: ['scheduler:DeleteSchedule'],
  },
  alarm: {
    observe: ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'],
    create: ['cloudwatch:PutMetricAlarm', 'cloudwatch:TagResource'],
    update: { tags: ['cloudwatch:TagResource'], '*': ['cloudwatch:PutMetricAlarm'] },
    delete: ['cloudwatch:DeleteAlarms'],
  },
};

/** To whom the role of a thing (`properties.role`) is handed: the caller must be allowed to pass it. */
export const PASSES_TO: { readonly [kind in Kind]?: string } = {
  function: 'lambda.amazonaws.com',
  'instance-profile': 'ec2.amazonaws.com',
  machine: 'states.amazonaws.com',
  rule: 'events.amazonaws.com',
  schedule: 'scheduler.amazonaws.com',
};

/** What is called for scripts, the record and the lock, on the bucket and on the objects in it. */
export const BUCKET_CALLS = {
  bucket: ['s3:ListBucket', 's3:ListBucketMultipartUploads'],
  objects: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
} as const;

/**
 * What run, status, logs, stop, pause, resume, backfill and cost call besides, and destroy, which stops runs and cleans up after them: on the
 * machine, the cleanup machine and the executions of both.
 */
export const RUN_CALLS = {
  machine: ['states:DescribeStateMachineAlias', 'states:ListExecutions', 'states:StartExecution'],
  executions: [
    'states:DescribeExecution',
    'states:DescribeStateMachineForExecution',
    'states:GetExecutionHistory',
    'states:RedriveExecution',
    'states:StopExecution',
  ],
} as const;

/** Actions that IAM decides on no resource, or whose call names none: `*`. */
export const ON_ALL = ['logs:DescribeLogGroups', 'states:ListStateMachines', 'states:ValidateStateMachineDefinition'];

/**
 * The ARN on which IAM decides an action about a thing.
 *
 * - Aliases and versions are decided on their machine, unqualified.
 * - A log group's ARN ends with `:*`, but for the calls about its tags.
 * - Calls on an alias of a function are decided on the function.
 * - DescribeAlarms is decided on all alarms, whichever are named.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export function decidedOn(action: string, arn: string): string {
  if (ON_ALL.includes(action)) return '*';
  if (action === 'cloudwatch:DescribeAlarms') return arn.replace(/:alarm:.*$/, ':alarm:*');
  if (/^logs:(?!TagResource|ListTagsForResource)/.test(action)) return `${arn}:*`;
  if (action.startsWith('lambda:')) return arn.replace(/^(arn:[\w-]+:lambda:[^:]*:[^:]*:function:[^:]+):.*$/, '$1');
  return arn.replace(/^(arn:[\w-]+:states:[^:]*:[^:]*:stateMachine:[^:]+):.*$/, '$1');
}

/** What a step with a kind of thing calls. */
export function callsOf(kind: Kind, step: Step, differs: readonly string[] = []): readonly string[] {
  const calls = CALLS[kind];
  if (step !== 'update') return calls[step];
  const { '*': always = [], ...byProperty } = calls.update;
  const others = differs.some((key) => byProperty[key] === undefined);
  return [...new Set([...differs.flatMap((key) => byProperty[key] ?? []), ...(others ? always : [])])].sort();
}
