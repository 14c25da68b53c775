import { type AwsCall, textOf } from '../protocol/call.ts';
import { type Account, type IamRequest, passes, type Requests, tagContext, tagsIn } from './request.ts';

function ruleArn(name: string, { partition, region, account }: Account): string {
  return `arn:${partition}:events:${region}:${account}:rule/${name}`;
}

const onRule =
  (parameter: string) =>
  (call: AwsCall, account: Account): IamRequest[] => [
    { action: `events:${call.operation}`, resource: ruleArn(textOf(call, parameter), account) },
  ];

interface Target {
  readonly Arn?: string;
  readonly RoleArn?: string;
}

export const EVENTS: Requests = {
  PutRule: (call, account) => {
    const resource = ruleArn(textOf(call, 'Name'), account);
    const context = tagContext(tagsIn(call.parameters.Tags));
    const isTagged = Object.keys(context).length > 0;
    return [
      { action: 'events:PutRule', resource, context },
      ...(isTagged ? [{ action: 'events:TagResource', resource, context }] : []),
      ...(textOf(call, 'RoleArn') === '' ? [] : [passes(textOf(call, 'RoleArn'), 'events.amazonaws.com')]),
    ];
  },
  PutTargets: (call, account) => {
    const targets = (call.parameters.Targets ?? []) as readonly Target[];
    const resource = ruleArn(textOf(call, 'Rule'), account);
    return [
      { action: 'events:PutTargets', resource, context: { 'events:TargetArn': targets.map(({ Arn = '' }) => Arn) } },
      ...targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : [passes(RoleArn, 'events.amazonaws.com')])),
    ];
  },
  RemoveTargets: onRule('Rule'),
  ListTargetsByRule: onRule('Rule'),
  DescribeRule: onRule('Name'),
  EnableRule: onRule('Name'),
  DisableRule: onRule('Name'),
  DeleteRule: onRule('Name'),
  TagResource: (call) => [
    {
      action: 'events:TagResource',
      resource: textOf(call, 'ResourceARN'),
      context: tagContext(tagsIn(call.parameters.Tags)),
    },
  ],
  UntagResource: (call) => [{ action: 'events:UntagResource', resource: textOf(call, 'ResourceARN') }],
  ListTagsForResource: (call) => [{ action: 'events:ListTagsForResource', resource: textOf(call, 'ResourceARN') }],
  ListRules: () => [{ action: 'events:ListRules', resource: '*' }],
};

function scheduleArn(call: AwsCall, { partition, region, account }: Account): string {
  const group = textOf(call, 'GroupName') || 'default';
  return `arn:${partition}:scheduler:${region}:${account}:schedule/${group}/${textOf(call, 'Name')}`;
}

const onSchedule = (call: AwsCall, account: Account): IamRequest[] => {
  const { RoleArn } = (call.parameters.Target ?? {}) as Target;
  return [
    { action: `scheduler:${call.operation}`, resource: scheduleArn(call, account) },
    ...(RoleArn === undefined ? [] : [passes(RoleArn, 'scheduler.amazonaws.com')]),
  ];
};
const onGroup = (call: AwsCall, { partition, region, account }: Account): IamRequest[] => [
  {
    action: `scheduler:${call.operation}`,
    resource: `arn:${partition}:scheduler:${region}:${account}:schedule-group/${textOf(call, 'Name')}`,
    context: tagContext(tagsIn(call.parameters.Tags)),
  },
];

export const SCHEDULER: Requests = {
  CreateSchedule: onSchedule,
  UpdateSchedule: onSchedule,
  GetSchedule: onSchedule,
  DeleteSchedule: onSchedule,
  CreateScheduleGroup: (call, account) => {
    const [made] = onGroup(call, account) as [IamRequest];
    const isTagged = Object.keys(made.context ?? {}).length > 0;
    return [made, ...(isTagged ? [{ ...made, action: 'scheduler:TagResource' }] : [])];
  },
  GetScheduleGroup: onGroup,
  DeleteScheduleGroup: onGroup,
  ListSchedules: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
  ListScheduleGroups: () => [{ action: 'scheduler:ListScheduleGroups', resource: '*' }],
  ListTagsForResource: (call) => [{ action: 'scheduler:ListTagsForResource', resource: textOf(call, 'ResourceArn') }],
  TagResource: (call) => [
    {
      action: 'scheduler:TagResource',
      resource: textOf(call, 'ResourceArn'),
      context: tagContext(tagsIn(call.parameters.Tags)),
    },
  ],
};
