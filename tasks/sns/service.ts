import type { Service } from '../service.ts';

/**
 * A million publishes to a standard topic are $0.50 in us-east-1, deliveries to mails and HTTP endpoints come on top: in June 2026, from
 * https://aws.amazon.com/sns/pricing/ as quoted by https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/
 */
const PER_PUBLISH = 0.5 / 1_000_000;

/** Amazon SNS, as plain data. */
export const sns = {
  name: 'sns',
  title: 'SNS',
  integrations: ['sns'],
  sdk: 'sns',
  account: {
    named: [
      {
        title: 'topic',
        parameters: ['TopicArn', 'TargetArn'],
        form: '^arn:[^:]+:sns:[^:]+:[^:]+:(?<name>[^:]+)$',
        asks: {
          client: { package: '@aws-sdk/client-sns', prefix: 'sns', title: 'SNS' },
          call: 'sns:getTopicAttributes',
          arguments: { TopicArn: '${given}' },
        },
        none: ['NotFoundException', 'NotFound'],
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        key: { path: ['Attributes', 'KmsMasterKeyId'], actions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
        make: '`aws sns create-topic --name ${name} --region ${region}`',
      },
    ],
  },
  prices: {
    publish: {
      what: '$0.50 per million publishes, and the deliveries',
      least: PER_PUBLISH,
      open: 'what a delivery takes is by the kinds of its subscribers',
      source: 'https://aws.amazon.com/sns/pricing/',
      asOf: 'June 2026',
    },
  },
  samples: { publish: { MessageId: '00000000-0000-4000-8000-000000000000' } },
  otherNames: {
    '^(?:send\\w*|notify|message|publish_?message|sns_?publish\\w*)$': '`sns.publish({ topic, message: … })`',
  },
} as const satisfies Service;
