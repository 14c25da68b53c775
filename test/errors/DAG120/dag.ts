import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('callback');
dag.task(
  'approve',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/q',
      MessageBody: 'May it be published?',
    },
  }),
  { executionTimeout: '1d' },
);

export default dag;
