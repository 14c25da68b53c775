import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource } from '../resource.ts';
import { tagList, tagsOf } from '../resource.ts';
import { onceShown } from './waits.ts';

/** Where a machine's log goes. Properties: `retentionInDays`, and `kmsKey` where one is wanted. */
export const logGroup: Handler = {
  async observe(aws, { name, arn }) {
    const logs = await aws.logs();
    const [{ logGroups = [] }, tags] = await Promise.all([
      logs.describeLogGroups({ logGroupNamePrefix: name, limit: 50 }),
      orUndefined(logs.listTagsForResource({ resourceArn: arn }), 'ResourceNotFoundException'),
    ]);
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found === undefined) return undefined;
    return {
      properties: {
        retentionInDays: found.retentionInDays ?? null,
        ...(found.kmsKeyId !== undefined && { kmsKey: found.kmsKeyId }),
      },
      tags: { ...tags?.tags },
    };
  },

  async create(context, { name, tags, properties }) {
    const logs = await context.aws.logs();
    await logs.createLogGroup({
      logGroupName: name,
      tags: { ...tags },
      ...(properties.kmsKey !== undefined && { kmsKeyId: properties.kmsKey as string }),
    });
    await onceShown(context, `the log group ${name}`, ['ResourceNotFoundException', 'OperationAbortedException'], () =>
      logs.putRetentionPolicy({ logGroupName: name, retentionInDays: properties.retentionInDays as number }),
    );
  },

  async update({ aws }, { name, arn, tags, properties }, _observed, changed) {
    const logs = await aws.logs();
    if (changed.has('tags')) await logs.tagResource({ resourceArn: arn, tags: { ...tags } });
    if (changed.has('kmsKey'))
      await logs.associateKmsKey({ logGroupName: name, kmsKeyId: properties.kmsKey as string });
    if (changed.has('retentionInDays'))
      await logs.putRetentionPolicy({ logGroupName: name, retentionInDays: properties.retentionInDays as number });
  },

  async remove(aws, { name }) {
    await orUndefined((await aws.logs()).deleteLogGroup({ logGroupName: name }), 'ResourceNotFoundException');
  },
};

/** Tells a topic of what a metric counts. Properties: `namespace`, `metric`, `dimension` with its `value`, `topic`. */
export const alarm: Handler = {
  async observe(aws, { name, arn }) {
    const cloudwatch = await aws.cloudwatch();
    const [{ MetricAlarms = [] }, tags] = await Promise.all([
      cloudwatch.describeAlarms({ AlarmNames: [name] }),
      orUndefined(
        cloudwatch.listTagsForResource({ ResourceARN: arn }),
        'ResourceNotFoundException',
        'ResourceNotFound',
      ),
    ]);
    const [found] = MetricAlarms;
    if (found === undefined) return undefined;
    return {
      properties: {
        namespace: found.Namespace ?? null,
        metric: found.MetricName ?? null,
        dimension: found.Dimensions?.[0]?.Name ?? null,
        value: found.Dimensions?.[0]?.Value ?? null,
        topic: found.AlarmActions?.[0] ?? null,
      },
      tags: tagsOf(tags?.Tags),
    };
  },

  async create({ aws }, resource) {
    await (await aws.cloudwatch()).putMetricAlarm({ ...settings(resource), Tags: tagList(resource.tags) });
  },

  async update({ aws }, resource, _observed, changed) {
    const cloudwatch = await aws.cloudwatch();
    if (changed.has('tags')) await cloudwatch.tagResource({ ResourceARN: resource.arn, Tags: tagList(resource.tags) });
    if ([...changed].some((key) => key !== 'tags')) await cloudwatch.putMetricAlarm(settings(resource));
  },

  async remove(aws, { name }) {
    await (await aws.cloudwatch()).deleteAlarms({ AlarmNames: [name] });
  },
};

function settings({ name, properties }: Resource) {
  return {
    AlarmName: name,
    AlarmDescription: 'Made by dagwright',
    Namespace: properties.namespace as string,
    MetricName: properties.metric as string,
    Dimensions: [{ Name: properties.dimension as string, Value: properties.value as string }],
    Statistic: 'Sum' as const,
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
    TreatMissingData: 'notBreaching',
    AlarmActions: [properties.topic as string],
  };
}
