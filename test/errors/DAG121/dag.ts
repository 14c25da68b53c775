import { Dag, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/111122223333/q';
const dag = new Dag('endless');
dag.task(
  'approve',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: { QueueUrl, MessageBody: { token: taskToken } },
  }),
);
dag.task(
  'watched',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: { QueueUrl, MessageBody: { token: taskToken } },
  }),
  { heartbeat: '1h' },
);

export default dag;
