import type { Json } from '../../../asl/json/value.ts';
import { placeholderNames } from '../../../asl/placeholders/index.ts';
import type { Kind, Resource } from '../../resource.ts';
import { archiveIn, descriptionOf, functionOf, machineFile, roleOf } from '../exported.ts';
import type { Template } from './template.ts';
import { Tagged, type Value } from './template.ts';

type Entry = readonly [id: string, resource: { readonly [key: string]: Value }];
type Print = (resource: Resource, template: Template) => Entry[];

/** A resource of deploy's as CloudFormation has it. An alias is its machine's `AutoPublishAlias`. */
export function resourceEntries(resource: Resource, template: Template): Entry[] {
  return ENTRIES[resource.kind](resource, template);
}

const ENTRIES: Record<Kind, Print> = {
  role(resource, template) {
    const { trust, policy, path, boundary } = resource.properties;
    const managed = resource.properties.others as readonly string[];
    return [
      entry(resource, template, 'AWS::IAM::Role', {
        RoleName: resource.name,
        Description: descriptionOf(resource),
        ...(path !== '/' && { Path: path as string }),
        ...(boundary !== undefined && { PermissionsBoundary: template.value(boundary as string) }),
        AssumeRolePolicyDocument: template.json(trust!),
        ...(policy != null && { Policies: [{ PolicyName: 'dagwright', PolicyDocument: template.json(policy) }] }),
        ...(managed.length > 0 && { ManagedPolicyArns: managed.map(template.value) }),
        ...tags(template),
      }),
    ];
  },

  'instance-profile': (resource, template) => [
    entry(resource, template, 'AWS::IAM::InstanceProfile', {
      InstanceProfileName: resource.name,
      Roles: [new Tagged('Ref', template.id(roleOf(resource, template.exported)))],
    }),
  ],

  function(resource, template) {
    const { handler, runtime, architecture, memory, timeout, storage, environment, layers, role } = resource.properties;
    const { bucket, key } = archiveIn(resource, template.exported);
    return [
      entry(resource, template, 'AWS::Lambda::Function', {
        FunctionName: resource.name,
        Description: descriptionOf(resource),
        Code: { S3Bucket: template.value(bucket), S3Key: template.value(key) },
        Handler: handler as string,
        Runtime: runtime as string,
        Architectures: [architecture as string],
        MemorySize: memory as number,
        Timeout: timeout as number,
        EphemeralStorage: { Size: storage as number },
        ...(Object.keys(environment as object).length > 0 && {
          Environment: { Variables: template.json(environment!) },
        }),
        ...((layers as Json[]).length > 0 && { Layers: template.json(layers!) }),
        Role: template.value(role as string),
        ...tags(template),
      }),
    ];
  },

  // Its name says what the function is: another function is another version, and the old one stays for the machines that name it.
  'function-alias': (resource, template) => {
    const [id, { Type, Properties }] = entry(resource, template, 'AWS::Lambda::Version', {
      FunctionName: new Tagged('Ref', template.id(functionOf(resource, template.exported))),
    });
    return [[id, { Type: Type!, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: Properties! }]];
  },

  'log-group': (resource, template) => [
    entry(resource, template, 'AWS::Logs::LogGroup', {
      LogGroupName: resource.name,
      RetentionInDays: resource.properties.retentionInDays as number,
      ...(resource.properties.kmsKey !== undefined && { KmsKeyId: resource.properties.kmsKey as string }),
      ...tags(template),
    }),
  ],

  machine(resource, template) {
    const { exported } = template;
    const { role, logLevel, logGroup, tracing } = resource.properties;
    const { desired, symbols, files, tags: own } = exported;
    const file = machineFile(resource);
    const log = desired.resources.find(({ kind, arn }) => kind === 'log-group' && arn === logGroup);
    const substitutions = placeholderNames(files.get(file)!).map(
      (name) => [name, template.value(desired.values[name] ?? symbols.of(name))] as const,
    );
    return [
      entry(resource, template, 'AWS::Serverless::StateMachine', {
        Name: resource.name,
        Type: 'STANDARD',
        DefinitionUri: file,
        ...(substitutions.length > 0 && { DefinitionSubstitutions: Object.fromEntries(substitutions) }),
        Role: template.value(role as string),
        ...(resource.name === desired.names.machine && { AutoPublishAlias: desired.names.alias }),
        ...(log !== undefined && {
          Logging: {
            Level: logLevel as string,
            IncludeExecutionData: false,
            Destinations: [
              { CloudWatchLogsLogGroup: { LogGroupArn: new Tagged('GetAtt', `${template.id(log)}.Arn`) } },
            ],
          },
        }),
        ...(tracing === true && { Tracing: { Enabled: true } }),
        ...(Object.keys(own).length > 0 && { Tags: { ...own } }),
      }),
    ];
  },

  alias: () => [],

  rule(resource, template) {
    const { pattern, state, target, role } = resource.properties;
    return [
      entry(resource, template, 'AWS::Events::Rule', {
        Name: resource.name,
        Description: descriptionOf(resource),
        State: state as string,
        EventPattern: template.json(pattern!),
        Targets: [{ Id: 'dagwright', Arn: template.value(target as string), RoleArn: template.value(role as string) }],
        ...tags(template),
      }),
    ];
  },

  'schedule-group': (resource, template) => [
    entry(resource, template, 'AWS::Scheduler::ScheduleGroup', { Name: resource.name, ...tags(template) }),
  ],

  schedule(resource, template) {
    const { expression, timezone, target, role, input } = resource.properties;
    const group = template.exported.desired.resources.find(({ kind }) => kind === 'schedule-group')!;
    return [
      entry(resource, template, 'AWS::Scheduler::Schedule', {
        Name: resource.name,
        GroupName: new Tagged('Ref', template.id(group)),
        Description: descriptionOf(resource),
        ScheduleExpression: expression as string,
        ScheduleExpressionTimezone: timezone as string,
        State: new Tagged('Ref', 'ScheduleState'),
        FlexibleTimeWindow: { Mode: 'OFF' },
        ...(resource.properties.kmsKey !== undefined && { KmsKeyArn: resource.properties.kmsKey as string }),
        Target: {
          Arn: template.value(target as string),
          RoleArn: template.value(role as string),
          Input: template.value(input as string),
        },
      }),
    ];
  },

  alarm: (resource, template) => [
    entry(resource, template, 'AWS::CloudWatch::Alarm', {
      AlarmName: resource.name,
      AlarmDescription: descriptionOf(resource),
      Namespace: resource.properties.namespace as string,
      MetricName: resource.properties.metric as string,
      Dimensions: [
        {
          Name: resource.properties.dimension as string,
          Value: template.value(resource.properties.value as string),
        },
      ],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [template.value(resource.properties.topic as string)],
      ...tags(template),
    }),
  ],
};

function entry(
  resource: Resource,
  { id }: Template,
  Type: string,
  Properties: { readonly [key: string]: Value },
): Entry {
  return [id(resource), { Type, Properties }];
}

function tags({ exported }: Template): { readonly Tags?: Value } {
  const list = Object.entries(exported.tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length > 0 ? { Tags: list } : {};
}
