import type { Json } from '../../../asl/json/value.ts';
import type { Kind, Resource } from '../../resource.ts';
import { archiveIn, descriptionOf, machineFile, policyFile, roleOf } from '../exported.ts';
import { type Block, block, call, type Item, raw, type Value } from './hcl.ts';
import { type Module, variableName } from './module.ts';

/** A resource of deploy's as Terraform has it. */
export function resourceBlocks(resource: Resource, module: Module): Block[] {
  return BLOCKS[resource.kind](resource, module);
}

type Print = (resource: Resource, module: Module) => Block[];
const TAGS: Item = ['tags', raw('var.tags')];

const BLOCKS: Record<Kind, Print> = {
  role(resource, { json, label }) {
    const { trust, policy, path, boundary } = resource.properties;
    const own = label(resource);
    const role = raw(`aws_iam_role.${own}.name`);
    const managed = resource.properties.others as readonly string[];
    return [
      block(
        'resource',
        ['aws_iam_role', own],
        [
          ['name', resource.name],
          ['description', descriptionOf(resource)],
          ...(path === '/' ? [] : [['path', path as string] as const]),
          ...(boundary === undefined ? [] : [['permissions_boundary', boundary as string] as const]),
          ['assume_role_policy', call('jsonencode', json(trust!))],
          TAGS,
        ],
      ),
      ...(policy == null
        ? []
        : [
            block(
              'resource',
              ['aws_iam_role_policy', own],
              [
                ['name', 'dagwright'],
                ['role', role],
                ['policy', template(policyFile(resource))],
              ],
            ),
          ]),
      ...managed.map((arn, i) =>
        block(
          'resource',
          ['aws_iam_role_policy_attachment', i === 0 ? own : `${own}_${i + 1}`],
          [
            ['role', role],
            ['policy_arn', json(arn)],
          ],
        ),
      ),
    ];
  },

  'instance-profile': (resource, { exported, label }) => [
    block(
      'resource',
      ['aws_iam_instance_profile', label(resource)],
      [['name', resource.name], ['role', raw(`aws_iam_role.${label(roleOf(resource, exported))}.name`)], TAGS],
    ),
  ],

  function(resource, { exported, json, value, label }) {
    const { handler, runtime, architecture, memory, timeout, storage, environment, layers, role } = resource.properties;
    return [
      block(
        'resource',
        ['aws_lambda_function', label(resource)],
        [
          ['function_name', resource.name],
          ['description', descriptionOf(resource)],
          ['s3_bucket', raw(`var.${variableName('artifacts')}`)],
          ['s3_key', raw(`aws_s3_object.asset["${archiveIn(resource, exported).asset}"].key`)],
          ['handler', handler as string],
          ['runtime', runtime as string],
          ['architectures', [architecture as string]],
          ['memory_size', memory as number],
          ['timeout', timeout as number],
          ['role', value(role as string)],
          // Each change is a version of its own, which the machine names.
          ['publish', true],
          ...((layers as Json[]).length > 0 ? [['layers', json(layers!)] as const] : []),
          TAGS,
          block('ephemeral_storage', [], [['size', storage as number]]),
          ...(Object.keys(environment as object).length > 0
            ? [block('environment', [], [['variables', json(environment!)]])]
            : []),
        ],
      ),
    ];
  },

  'function-alias': () => [],

  'log-group': (resource, { label }) => [
    block(
      'resource',
      ['aws_cloudwatch_log_group', label(resource)],
      [
        ['name', resource.name],
        ['retention_in_days', resource.properties.retentionInDays as number],
        ...keyItem('kms_key_id', resource),
        TAGS,
      ],
    ),
  ],

  machine(resource, { exported, value, label }) {
    const { role, logLevel, logGroup, tracing } = resource.properties;
    const { names, assets, resources } = exported.desired;
    const isMain = resource.name === names.machine;
    const runsAs = resources.find(({ kind, arn }) => kind === 'role' && arn === role);
    const log = resources.find(({ kind, arn }) => kind === 'log-group' && arn === logGroup);
    const before = [
      ...(runsAs?.properties.policy == null ? [] : [`aws_iam_role_policy.${label(runsAs)}`]),
      ...(isMain && assets.length > 0 ? ['aws_s3_object.asset'] : []),
    ];
    return [
      block(
        'resource',
        ['aws_sfn_state_machine', label(resource)],
        [
          ['name', resource.name],
          ['role_arn', value(role as string)],
          ['definition', template(machineFile(resource))],
          ...(isMain ? [['publish', true] as const] : []),
          TAGS,
          ...(before.length > 0 ? [['depends_on', before.map(raw)] as const] : []),
          ...(log === undefined
            ? []
            : [
                block(
                  'logging_configuration',
                  [],
                  [
                    ['level', logLevel as string],
                    ['include_execution_data', false],
                    ['log_destination', raw(`"\${aws_cloudwatch_log_group.${label(log)}.arn}:*"`)],
                  ],
                ),
              ]),
          ...(tracing ? [block('tracing_configuration', [], [['enabled', true]])] : []),
        ],
      ),
    ];
  },

  alias(resource, { exported, label }) {
    const machine = exported.desired.resources.find(
      ({ name, kind }) => kind === 'machine' && name === exported.desired.names.machine,
    )!;
    return [
      block(
        'resource',
        ['aws_sfn_alias', label(resource)],
        [
          ['name', resource.name],
          ['description', descriptionOf(resource)],
          block(
            'routing_configuration',
            [],
            [
              ['state_machine_version_arn', raw(`aws_sfn_state_machine.${label(machine)}.state_machine_version_arn`)],
              ['weight', 100],
            ],
          ),
        ],
      ),
    ];
  },

  rule(resource, { json, value, label }) {
    const { pattern, state, target, role } = resource.properties;
    const own = label(resource);
    return [
      block(
        'resource',
        ['aws_cloudwatch_event_rule', own],
        [
          ['name', resource.name],
          ['description', descriptionOf(resource)],
          ['state', state as string],
          ['event_pattern', call('jsonencode', json(pattern!))],
          TAGS,
        ],
      ),
      block(
        'resource',
        ['aws_cloudwatch_event_target', own],
        [
          ['rule', raw(`aws_cloudwatch_event_rule.${own}.name`)],
          ['target_id', 'dagwright'],
          ['arn', value(target as string)],
          ['role_arn', value(role as string)],
        ],
      ),
    ];
  },

  'schedule-group': (resource, { label }) => [
    block('resource', ['aws_scheduler_schedule_group', label(resource)], [['name', resource.name], TAGS]),
  ],

  schedule(resource, { exported, value, label }) {
    const { expression, timezone, target, role, input } = resource.properties;
    const group = exported.desired.resources.find(({ kind }) => kind === 'schedule-group')!;
    const alias = exported.desired.resources.find(({ kind }) => kind === 'alias');
    return [
      block(
        'resource',
        ['aws_scheduler_schedule', label(resource)],
        [
          ['name', resource.name],
          ['group_name', raw(`aws_scheduler_schedule_group.${label(group)}.name`)],
          ['description', descriptionOf(resource)],
          ['schedule_expression', expression as string],
          ['schedule_expression_timezone', timezone as string],
          ['state', raw('var.schedule_state')],
          ...keyItem('kms_key_arn', resource),
          ...(alias === undefined ? [] : [['depends_on', [raw(`aws_sfn_alias.${label(alias)}`)]] as const]),
          block('flexible_time_window', [], [['mode', 'OFF']]),
          block(
            'target',
            [],
            [
              ['arn', value(target as string)],
              ['role_arn', value(role as string)],
              ['input', value(input as string)],
            ],
          ),
        ],
      ),
    ];
  },

  alarm: (resource, { value, label }) => [
    block(
      'resource',
      ['aws_cloudwatch_metric_alarm', label(resource)],
      [
        ['alarm_name', resource.name],
        ['alarm_description', descriptionOf(resource)],
        ['namespace', resource.properties.namespace as string],
        ['metric_name', resource.properties.metric as string],
        ['dimensions', { [resource.properties.dimension as string]: value(resource.properties.value as string) }],
        ['statistic', 'Sum'],
        ['period', 300],
        ['evaluation_periods', 1],
        ['threshold', 1],
        ['comparison_operator', 'GreaterThanOrEqualToThreshold'],
        ['treat_missing_data', 'notBreaching'],
        ['alarm_actions', [value(resource.properties.topic as string)]],
        TAGS,
      ],
    ),
  ],
};

function keyItem(name: string, { properties }: Resource): Item[] {
  return properties.kmsKey === undefined ? [] : [[name, properties.kmsKey as string]];
}

function template(file: string): Value {
  return raw(`templatefile("\${path.module}/${file}", local.values)`);
}
