import { Dag, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Work on a machine of our own: it is asked by a queue, shows signs of life, and sends the token back. */
const dag = new Dag('callback-with-a-heartbeat', { schedule: '@daily' });
const render = dag.task(
  'render',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/render',
      MessageBody: { token: taskToken },
    },
  }),
  { heartbeat: '5m', executionTimeout: '6h', retries: 1, retryDelay: '1m' },
);
dag
  .task('publish', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'publish' } }))
  .after(render);

export default dag;
