import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Outputs read in the same scope, out of a branch, and as text within text. */
const dag = new Dag('outputs');
const first = dag.task('first', aws({ service: 'sqs', action: 'getQueueUrl', parameters: { QueueName: 'q' } }));
const left = dag.task(
  'left',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: first.output.QueueUrl as string, MessageBody: 'left' },
  }),
);
const right = dag.task(
  'right',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: first.output.QueueUrl as string, MessageBody: 'right' },
  }),
);
dag.task(
  'last',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: {
      QueueUrl: first.output.QueueUrl as string,
      MessageBody: `sent ${left.output.MessageId} and ${right.output.MessageId}`,
    },
  }),
);

export default dag;
