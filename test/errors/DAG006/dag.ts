import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('values', { defaultArgs: { retries: -1 } });
dag.task('a', send('a'), { executionTimeout: '5 minutes' as never });
dag.task('b', send('b'), { triggerRule: 'all_succeeded' as never, retries: 1.5 });

export default dag;
