import { orUndefined } from '../../aws/errors.ts';
import type { Handler, Resource } from '../resource.ts';
import { tagList, tagsOf } from './tags.ts';

/** Tells a topic of a machine's executions that a metric counts. Properties: `metric`, `machine`, `topic`. */
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
        metric: found.MetricName ?? null,
        machine: found.Dimensions?.[0]?.Value ?? null,
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

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
function settings({ name, properties }: Resource) {
  return {
    AlarmName: name,
    AlarmDescription: 'Made by dagwright',
    Namespace: 'AWS/States',
    MetricName: properties.metric as string,
    Dimensions: [{ Name: 'StateMachineArn', Value: properties.machine as string }],
    Statistic: 'Sum' as const,
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold' as const,
    TreatMissingData: 'notBreaching',
    AlarmActions: [properties.topic as string],
  };
}
