import { Dag, expr, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/111122223333/q';
const dag = new Dag('tokens');
dag.task('plain', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl, MessageBody: taskToken } }));
dag.task(
  'computed',
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl, MessageBody: expr(() => `at ${taskToken}`) } }),
);
dag.shortCircuit('decides', () => taskToken === 'x');

export default dag;
