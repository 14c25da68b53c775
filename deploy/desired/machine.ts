import type { Json, JsonObject } from '../../asl/json/value.ts';
import { inPartition } from '../../aws/partition.ts';
import type { Resource } from '../resource.ts';
import { contentHash } from '../resources/state-machine.ts';
import { type DesiredContext, smallRole, statesOf } from './context.ts';

/** How long a log is kept: as long as Step Functions keeps an execution's history. */
const RETENTION_DAYS = 90;

/** The machine, what it needs before it, and the alias that runs are started on. */
export function machineOf(context: DesiredContext): Resource[] {
  const { names, environment, built, tags, fill } = context;
  const managed = environment.role === 'managed';
  const logs = environment.logLevel !== 'OFF';
  const role = smallRole(context, {
    name: names.role,
    title: 'the machine’s role',
    assumedBy: statesOf(context.place),
    policy: policyOf(context),
  });
  const machine: Resource = {
    kind: 'machine',
    title: 'the machine',
    name: names.machine,
    arn: names.machineArn,
    properties: {
      definition: inPartition(fill(built.machine), context.place.partition),
      role: managed ? role.arn : environment.role,
      logLevel: environment.logLevel,
      logGroup: logs ? names.logGroupArn : null,
      tracing: environment.tracing,
    },
    tags,
    versioned: true,
  };
  return [
    ...(managed ? [role] : []),
    ...(logs
      ? [
          {
            kind: 'log-group' as const,
            title: 'the machine’s log',
            name: names.logGroup,
            arn: names.logGroupArn,
            properties: {
              retentionInDays: RETENTION_DAYS,
              ...(environment.kmsKeys?.logs !== undefined && { kmsKey: environment.kmsKeys.logs }),
            },
            tags,
          },
        ]
      : []),
    machine,
    {
      kind: 'alias',
      title: 'what runs',
      name: names.alias,
      arn: names.aliasArn,
      properties: { content: contentHash(machine.properties) },
      tags: {},
    },
  ];
}

/** What the machine's role must allow: its tasks' calls, and what delivers its log and its traces. */
export function policyOf({ built, environment, fill }: DesiredContext): JsonObject {
  const { Statement, ...policy } = fill(built.policy);
  return {
    ...policy,
    Statement: [
      ...(Statement as readonly Json[]),
      ...(environment.logLevel !== 'OFF' ? [{ Effect: 'Allow', Action: LOG_ACTIONS, Resource: ['*'] }] : []),
      ...(environment.tracing ? [{ Effect: 'Allow', Action: TRACE_ACTIONS, Resource: ['*'] }] : []),
    ],
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOG_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html */
const TRACE_ACTIONS = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];
