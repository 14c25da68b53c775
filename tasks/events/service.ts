import type { Service } from '../service.ts';

/**
 * A million events of one's own, of 64 KB each, are $1.00: in March 2026, from https://aws.amazon.com/eventbridge/pricing/ as quoted by
 * https://cloudburn.io/blog/amazon-eventbridge-pricing
 */
export const PER_EVENT = 1 / 1_000_000;

/** Amazon EventBridge, as plain data. */
export const events = {
  name: 'events',
  title: 'EventBridge',
  integrations: ['events', 'eventbridge'],
  sdk: 'eventbridge',
  account: {
    named: [
      {
        title: 'event bus',
        parameters: ['Entries.EventBusName'],
        madeBy: { createEventBus: 'Name' },
        // Every account has `default`.
        form: '^(?:arn:[^:]+:events:[^:]+:[^:]+:event-bus/)?(?!default$)(?<name>[^:/]+)$',
        asks: {
          client: { package: '@aws-sdk/client-eventbridge', prefix: 'events', title: 'EventBridge' },
          call: 'eventbridge:describeEventBus',
          arguments: { Name: '${given}' },
        },
        none: ['ResourceNotFoundException'],
        make: '`aws events create-event-bus --name ${name} --region ${region}`',
      },
    ],
  },
  samples: { put: { FailedEntryCount: 0, Entries: [{ EventId: '00000000-0000-4000-8000-000000000000' }] } },
  otherNames: {
    '^(?:put_?events?|send\\w*|publish|emit|event_?bridge\\w*)$':
      "`events.put({ source: 'data.sales', detailType: '…', detail: { … } })`",
  },
} as const satisfies Service;
