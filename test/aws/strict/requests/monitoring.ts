import { type AwsCall, textOf } from '../protocol/call.ts';
import { type Account, type IamRequest, type Requests, tagContext, tagsIn } from './request.ts';

function groupArn(name: string, { partition, region, account }: Account): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}

/**
 * All actions on a log group but those on its tags are authorised on its ARN with `:*` behind it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const onGroup = (call: AwsCall, account: Account): IamRequest[] => {
  const name = textOf(call, 'logGroupName') || nameIn(textOf(call, 'logGroupIdentifier'));
  return [{ action: `logs:${call.operation}`, resource: `${groupArn(name, account)}:*` }];
};

/** The name in what may be an ARN. */
function nameIn(identifier: string): string {
  return identifier.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
}

const onTags = (call: AwsCall): IamRequest[] => [
  {
    action: `logs:${call.operation}`,
    resource: textOf(call, 'resourceArn'),
    context: tagContext(tagsIn(call.parameters.tags)),
  },
];

export const LOGS: Requests = {
  CreateLogGroup: (call, account) => {
    const context = tagContext(tagsIn(call.parameters.tags));
    const tagging = { action: 'logs:TagResource', resource: groupArn(textOf(call, 'logGroupName'), account), context };
    const making = onGroup(call, account).map((request) => ({ ...request, context }));
    return [...making, ...(Object.keys(context).length > 0 ? [tagging] : [])];
  },
  PutRetentionPolicy: onGroup,
  DeleteRetentionPolicy: onGroup,
  AssociateKmsKey: onGroup,
  DisassociateKmsKey: onGroup,
  DeleteLogGroup: onGroup,
  DescribeLogStreams: onGroup,
  FilterLogEvents: onGroup,
  GetLogEvents: (call, account) => [
    {
      action: 'logs:GetLogEvents',
      resource: `${groupArn(textOf(call, 'logGroupName'), account)}:log-stream:${textOf(call, 'logStreamName')}`,
    },
  ],
  DescribeLogGroups: () => [{ action: 'logs:DescribeLogGroups', resource: '*' }],
  ListTagsForResource: onTags,
  TagResource: onTags,
  UntagResource: onTags,
};

function alarmArn(name: string, { partition, region, account }: Account): string {
  return `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
}

export const CLOUDWATCH: Requests = {
  PutMetricAlarm: (call, account) => {
    const resource = alarmArn(textOf(call, 'AlarmName'), account);
    const context = tagContext(tagsIn(call.parameters.Tags));
    return [
      { action: 'cloudwatch:PutMetricAlarm', resource, context },
      ...(Object.keys(context).length > 0 ? [{ action: 'cloudwatch:TagResource', resource, context }] : []),
    ];
  },
  DescribeAlarms: ({ parameters }, account) => {
    const names = (parameters.AlarmNames ?? []) as readonly string[];
    return [
      {
        action: 'cloudwatch:DescribeAlarms',
        resource: names.length === 1 ? alarmArn(names[0]!, account) : alarmArn('*', account),
      },
    ];
  },
  DeleteAlarms: ({ parameters }, account) =>
    ((parameters.AlarmNames ?? []) as readonly string[]).map((name) => ({
      action: 'cloudwatch:DeleteAlarms',
      resource: alarmArn(name, account),
    })),
  ListTagsForResource: (call) => [{ action: 'cloudwatch:ListTagsForResource', resource: textOf(call, 'ResourceARN') }],
  TagResource: (call) => [
    {
      action: 'cloudwatch:TagResource',
      resource: textOf(call, 'ResourceARN'),
      context: tagContext(tagsIn(call.parameters.Tags)),
    },
  ],
};
