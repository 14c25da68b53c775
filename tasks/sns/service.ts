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
