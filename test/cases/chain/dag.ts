import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Three tasks in a row: three states, and no more. */
const dag = new Dag('chain');
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
chain(
  dag.task('a', send('a')),
  dag.task('b', send('b')),
  dag.task('c', send('c'), {
    retries: 3,
    retryDelay: '10s',
    retryExponentialBackoff: true,
    maxRetryDelay: '1m',
    retryJitter: true,
  }),
);

export default dag;
