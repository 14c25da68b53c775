import type { Duration } from '../../authoring/duration.ts';
import { type ChecksOf, duration, durationMs, required, type Template, template } from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, formed, type OtherNames, shortText, textOrJson } from '../checked.ts';
import { type AttributeValue, attributesOf, fifoConflicts, isFifo, messageAttributes } from '../messages.ts';
import { sqs } from './service.ts';

/** A message into a queue. */
export interface SendParameters {
  /** The queue's URL, `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`; a value of `dag.env` too. */
  readonly queue: string;
  /** What is sent: a text, or an object or a list, which is sent as its JSON. At most 256 KiB: more a state cannot hold. */
  readonly body: unknown;
  /** After what time it is seen by whoever reads the queue, at most 15 minutes. Default: as the queue says. Not of a FIFO queue. */
  readonly delay?: Duration;
  /** At most ten. A text is a String, a number a Number, a reference a String. */
  readonly attributes?: { readonly [name: string]: AttributeValue };
  /** Of a FIFO queue, which needs it: messages of one group are read in their order. Of a standard queue: the tenant, for fair queues. */
  readonly groupId?: string;
  /** Of a FIFO queue: a message with the id of one that was sent within the last five minutes is not sent again. */
  readonly deduplicationId?: string;
}

export interface SendOutput {
  readonly MessageId: string;
  /** Of a FIFO queue. */
  readonly SequenceNumber?: string;
}

/**
 * Sends a message into an SQS queue. The task ends when SQS has it, and does not wait until somebody has read it:
 * `aws({ service: 'sqs', action: 'sendMessage', pattern: 'callback', … })` with `taskToken` does.
 *
 * @example
 * ```ts
 * const queue = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders';
 * dag.task('ask', sqs.send({ queue, body: { day: dag.logicalDate }, delay: '5m' }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html, for the limits
 */
export function send(parameters: SendParameters): Template<SendOutput> {
  return checkedTemplate('sqs.send', parameters, SEND, made, OTHER_NAMES, together);
}

const QUEUE = 'the URL of a queue, `https://sqs.eu-west-1.amazonaws.com/111122223333/orders`';
const SEND: ChecksOf<SendParameters> = {
  queue: required(formed(QUEUE, (text) => /^https?:\/\/[^/\s]+\/\S+$/.test(text))),
  body: required(textOrJson),
  delay: duration('0s', '15m'),
  attributes: messageAttributes(false),
  groupId: shortText(128),
  deduplicationId: shortText(128),
};

const OTHER_NAMES: OtherNames = {
  sqsqueue: 'queue',
  queueurl: 'queue',
  url: 'queue',
  queuename: 'queue',
  queuearn: 'queue',
  messagecontent: 'body',
  messagebody: 'body',
  message: 'body',
  payload: 'body',
  content: 'body',
  delayseconds: 'delay',
  messageattributes: 'attributes',
  messagegroupid: 'groupId',
  group: 'groupId',
  messagededuplicationid: 'deduplicationId',
  dedupid: 'deduplicationId',
  deduplication: 'deduplicationId',
  awsconnid: 'The machine’s role calls SQS: leave it out.',
};

const MOST_ATTRIBUTES = 10;

function together(checked: SendParameters): Conflict[] {
  const { queue, delay, attributes = {} } = checked;
  const many = Object.keys(attributes).length;
  const found: (Conflict | false)[] = [
    ...fifoConflicts('queue', queue, checked),
    isFifo(queue) &&
      delay !== undefined && {
        detail: 'the queue is a FIFO queue, whose messages have no delay of their own',
        instead: 'Leave delay out: the queue itself may have one.',
      },
    many > MOST_ATTRIBUTES && {
      detail: `a message has at most ${MOST_ATTRIBUTES} attributes, and this one has ${many}`,
      instead: 'Put the others into body.',
    },
  ];
  return found.filter((one) => one !== false);
}

const RESOURCE = 'arn:aws:states:::sqs:sendMessage';

function made(parameters: SendParameters): Template<SendOutput> {
  const { queue, body, delay, attributes, groupId, deduplicationId } = parameters;
  return template({
    service: 'sqs',
    kind: 'sqs.send',
    outputShape: answerShape(RESOURCE, ['MessageId', 'SequenceNumber']),
    sample: sqs.samples.send,
    charge: sqs.prices.send,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          QueueUrl: queue,
          MessageBody: body,
          ...(delay !== undefined && { DelaySeconds: Math.ceil(durationMs(delay)! / 1000) }),
          ...(attributes && { MessageAttributes: attributesOf(attributes) }),
          ...(groupId !== undefined && { MessageGroupId: groupId }),
          ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
        },
        limits,
      ),
    permissions: () => [],
  });
}
