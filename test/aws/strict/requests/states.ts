import { type AwsCall, textOf } from '../protocol/call.ts';
import { type Account, type IamRequest, passes, type Requests, tagContext, tagsIn } from './request.ts';

/**
 * Step Functions authorises on the machine itself: what a version's or an alias's ARN adds is the key `states:StateMachineQualifier`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
export function machineRequest(action: string, arn: string): IamRequest {
  const [, machine = arn, qualifier] = /^(arn:(?:[^:]*:){4}stateMachine:[^:/]+)(?::(.+))?$/.exec(arn) ?? [];
  return {
    action: `states:${action}`,
    resource: machine,
    ...(qualifier !== undefined && { context: { 'states:StateMachineQualifier': [qualifier] } }),
  };
}

const on = (parameter: string) => (call: AwsCall) => [machineRequest(call.operation, textOf(call, parameter))];
const onIt = (parameter: string) => (call: AwsCall) => [
  { action: `states:${call.operation}`, resource: textOf(call, parameter) },
];
const onAll = ({ operation }: AwsCall) => [{ action: `states:${operation}`, resource: '*' }];

function made(call: AwsCall, { partition, region, account }: Account): IamRequest[] {
  const arn = `arn:${partition}:states:${region}:${account}:stateMachine:${textOf(call, 'name')}`;
  const tags = tagContext(tagsIn(call.parameters.tags));
  return [
    { action: 'states:CreateStateMachine', resource: arn, context: tags },
    ...(Object.keys(tags).length > 0 ? [{ action: 'states:TagResource', resource: arn, context: tags }] : []),
    ...published(call, arn),
    passes(textOf(call, 'roleArn'), 'states.amazonaws.com'),
  ];
}

function published({ parameters: { publish } }: AwsCall, arn: string): IamRequest[] {
  return publish === true ? [{ action: 'states:PublishStateMachineVersion', resource: arn }] : [];
}

/** An alias is made with the routes to a machine's versions, from which its machine is known. */
function aliasMade(call: AwsCall): IamRequest[] {
  const routes = (call.parameters.routingConfiguration ?? []) as readonly {
    readonly stateMachineVersionArn?: string;
  }[];
  const [{ stateMachineVersionArn = '' } = {}] = routes;
  const machine = stateMachineVersionArn.replace(/:\d+$/, '');
  return [machineRequest(call.operation, `${machine}:${textOf(call, 'name')}`)];
}

export const STATES: Requests = {
  CreateStateMachine: made,
  UpdateStateMachine: (call) => [
    ...on('stateMachineArn')(call),
    ...published(call, textOf(call, 'stateMachineArn')),
    ...(textOf(call, 'roleArn') === '' ? [] : [passes(textOf(call, 'roleArn'), 'states.amazonaws.com')]),
  ],
  DeleteStateMachine: on('stateMachineArn'),
  DescribeStateMachine: on('stateMachineArn'),
  PublishStateMachineVersion: on('stateMachineArn'),
  DeleteStateMachineVersion: on('stateMachineVersionArn'),
  ListStateMachineVersions: on('stateMachineArn'),
  ListStateMachineAliases: on('stateMachineArn'),
  CreateStateMachineAlias: aliasMade,
  UpdateStateMachineAlias: on('stateMachineAliasArn'),
  DeleteStateMachineAlias: on('stateMachineAliasArn'),
  DescribeStateMachineAlias: on('stateMachineAliasArn'),
  StartExecution: on('stateMachineArn'),
  StartSyncExecution: on('stateMachineArn'),
  ListExecutions: (call) => (textOf(call, 'mapRunArn') === '' ? on('stateMachineArn')(call) : onIt('mapRunArn')(call)),
  DescribeExecution: onIt('executionArn'),
  DescribeStateMachineForExecution: onIt('executionArn'),
  GetExecutionHistory: onIt('executionArn'),
  StopExecution: onIt('executionArn'),
  RedriveExecution: onIt('executionArn'),
  ListMapRuns: onIt('executionArn'),
  DescribeMapRun: onIt('mapRunArn'),
  UpdateMapRun: onIt('mapRunArn'),
  TagResource: (call) => [
    {
      action: 'states:TagResource',
      resource: textOf(call, 'resourceArn'),
      context: tagContext(tagsIn(call.parameters.tags)),
    },
  ],
  UntagResource: onIt('resourceArn'),
  ListTagsForResource: onIt('resourceArn'),
  ListStateMachines: onAll,
  ListActivities: onAll,
  ValidateStateMachineDefinition: onAll,
  TestState: onAll,
  SendTaskSuccess: onAll,
  SendTaskFailure: onAll,
  SendTaskHeartbeat: onAll,
};
