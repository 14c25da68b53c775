import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('sizes', { dagrunTimeout: 0, defaultArgs: { retryDelay: 0 } });
dag.task('a', send, { executionTimeout: 0, retries: 1e12 });
dag.task('b', send, { executionTimeout: '2000000d', retries: -1 });
dag.task('c', send, { retryDelay: '366d', maxRetryDelay: '0.2s', estimate: -5 });

export default dag;
