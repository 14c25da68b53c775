import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('alone');
dag.task('a', send('a'), { triggerRule: 'one_failed' });

export default dag;
