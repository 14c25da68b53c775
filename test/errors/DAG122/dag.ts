import { Dag, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/111122223333/q';
const dag = new Dag('heartbeats');
dag.task(
  'late',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: { QueueUrl, MessageBody: { token: taskToken } },
  }),
  { heartbeat: '1h', executionTimeout: '1h' },
);
dag.task('alone', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl, MessageBody: 'x' } }), {
  heartbeat: 60,
});

export default dag;
