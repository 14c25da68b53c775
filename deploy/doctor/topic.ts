import type { SNS } from '@aws-sdk/client-sns';
import type { Clients } from '../../aws/clients.ts';
import { isError } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { type Look, looked, missing, there } from './finding.ts';

export const SNS_CLIENT = { package: '@aws-sdk/client-sns', prefix: 'sns', title: 'SNS' } as const;

/**
 * Whether alarms can be told to the topic: it is there, in the alarms' region, and not encrypted by AWS's own key, with which CloudWatch
 * cannot publish.
 * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export function lookAtTopic(aws: Clients, topic: string): Look {
  const about = `the topic ${topic}`;
  return looked(about, { Action: ['sns:GetTopicAttributes'], Resource: [topic] }, async () => {
    const name = topic.slice(topic.lastIndexOf(':') + 1);
    const actual = topic.split(':')[3] ?? '';
    if (actual !== aws.region) return missing(about, diagnose('DOC016', { topic, actual, region: aws.region }));
    const sns: SNS = await aws.of(SNS_CLIENT, async (config) => new (await import('@aws-sdk/client-sns')).SNS(config));
    try {
      const { Attributes = {} } = await sns.getTopicAttributes({ TopicArn: topic });
      if (Attributes.KmsMasterKeyId === 'alias/aws/sns') return missing(about, diagnose('DOC017', { topic }));
      const confirmed = Number(Attributes.SubscriptionsConfirmed ?? 0);
      return there(about, confirmed === 0 ? 'there; nobody is subscribed to it' : `there, ${confirmed} subscribed`);
    } catch (error) {
      if (!isError(error, 'NotFoundException', 'NotFound')) throw error;
      return missing(about, diagnose('DOC015', { topic, name, region: aws.region }));
    }
  });
}
