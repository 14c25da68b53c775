import { type ChecksOf, required, type Template, template } from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, formed, type OtherNames, shortText, textOrJson } from '../checked.ts';
import { type AttributeValue, attributesOf, fifoConflicts, messageAttributes } from '../messages.ts';
import { arnOf } from '../own-names.ts';
import { sns } from './service.ts';

/** A message to the subscribers of a topic. */
export interface PublishParameters {
  /** The topic's ARN, also as a value of `dag.env`; or the name of one in the machine's own account and region, `alerts`. */
  readonly topic: string;
  /** What is sent: a text, or an object or a list, which is sent as its JSON. At most 256 KiB. */
  readonly message: unknown;
  /** The subject of mails, at most 100 characters. */
  readonly subject?: string;
  /** What subscriptions filter by: a text is a String, a number a Number, a list a String.Array, a reference a String. */
  readonly attributes?: { readonly [name: string]: AttributeValue | readonly AttributeValue[] };
  /**
   * Of a FIFO topic, which needs it: messages of one group arrive in their order. Of a standard topic: the tenant, for fair queues of SQS.
   */
  readonly groupId?: string;
  /** Of a FIFO topic: a message with the id of one that was sent within the last five minutes is not sent again. */
  readonly deduplicationId?: string;
}

export interface PublishOutput {
  readonly MessageId: string;
  /** Of a FIFO topic. */
  readonly SequenceNumber?: string;
}

/**
 * Publishes a message to an SNS topic. The task ends when SNS has it; what becomes of its deliveries, the topic's own alarms tell.
 *
 * @example
 * ```ts
 * dag.task('tell', sns.publish({ topic: 'alerts', subject: 'Rows are missing', message: { day: dag.logicalDate } }));
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, for the limits
 */
export function publish(parameters: PublishParameters): Template<PublishOutput> {
  return checkedTemplate('sns.publish', parameters, PUBLISH, made, OTHER_NAMES, (checked) =>
    fifoConflicts('topic', checked.topic, checked),
  );
}

const TOPIC = 'the ARN of a topic, `arn:aws:sns:eu-west-1:111122223333:alerts`, or the name of one of this account';
const PUBLISH: ChecksOf<PublishParameters> = {
  topic: required(formed(TOPIC, (text) => /^(?:arn:[^:]+:sns:[^:]+:\d{12}:)?[\w-]{1,256}(?:\.fifo)?$/.test(text))),
  message: required(textOrJson),
  subject: shortText(100),
  attributes: messageAttributes(true),
  groupId: shortText(128),
  deduplicationId: shortText(128),
};

const OTHER_NAMES: OtherNames = {
  targetarn: 'topic',
  topicarn: 'topic',
  topicname: 'topic',
  arn: 'topic',
  body: 'message',
  text: 'message',
  content: 'message',
  messageattributes: 'attributes',
  title: 'subject',
  messagegroupid: 'groupId',
  group: 'groupId',
  messagededuplicationid: 'deduplicationId',
  dedupid: 'deduplicationId',
  deduplication: 'deduplicationId',
  messagestructure: "`aws({ service: 'sns', action: 'publish' })` takes it.",
  phonenumber: "`aws({ service: 'sns', action: 'publish' })` takes it.",
  awsconnid: 'The machine’s role calls SNS: leave it out.',
};

const RESOURCE = 'arn:aws:states:::sns:publish';

function made(parameters: PublishParameters): Template<PublishOutput> {
  const { topic, message, subject, attributes, groupId, deduplicationId } = parameters;
  return template({
    service: 'sns',
    kind: 'sns.publish',
    outputShape: answerShape(RESOURCE, ['MessageId', 'SequenceNumber']),
    sample: sns.samples.publish,
    charge: sns.prices.publish,
    lower: (limits) =>
      callFragment(
        RESOURCE,
        {
          TopicArn: arnOf(topic, 'sns'),
          ...(subject !== undefined && { Subject: subject }),
          Message: message,
          ...(attributes && { MessageAttributes: attributesOf(attributes) }),
          ...(groupId !== undefined && { MessageGroupId: groupId }),
          ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
        },
        limits,
      ),
    permissions: () => [],
  });
}
