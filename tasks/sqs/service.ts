import type { Service } from '../service.ts';

/**
 * A million requests, of 64 KB each, are $0.40 of a standard queue and $0.50 of a FIFO queue in us-east-1: in March 2026, from
 * https://aws.amazon.com/sqs/pricing/ as quoted by https://cloudburn.io/blog/amazon-sqs-pricing
 */
const PER_REQUEST = 0.4 / 1_000_000;

/** Amazon SQS, as plain data. */
export const sqs = {
  name: 'sqs',
  title: 'SQS',
  integrations: ['sqs'],
  sdk: 'sqs',
  account: {
    named: [
      {
        title: 'queue',
        parameters: ['QueueUrl'],
        form: '^https://sqs\\.(?<region>[a-z0-9-]+)\\.[^/]+/(?<account>\\d{12})/(?<name>[^/]+)$',
        asks: {
          client: { package: '@aws-sdk/client-sqs', prefix: 'sqs', title: 'SQS' },
          // By its name: a client would call the address that the DAG gives, whatever is there.
          call: 'sqs:getQueueUrl',
          arguments: { QueueName: '${name}', QueueOwnerAWSAccountId: '${account}' },
        },
        none: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
        make: '`aws sqs create-queue --queue-name ${name} --region ${region}`',
      },
    ],
  },
  prices: {
    send: {
      what: '$0.40 per million requests of 64 KB, $0.50 of a FIFO queue',
      least: PER_REQUEST,
      source: 'https://aws.amazon.com/sqs/pricing/',
      asOf: 'March 2026',
    },
  },
  samples: { send: { MessageId: '00000000-0000-4000-8000-000000000000' } },
  otherNames: {
    '^(?:publish|send_?message\\w*|message|put|enqueue|sqs_?publish\\w*)$': '`sqs.send({ queue, body: … })`',
  },
} as const satisfies Service;
