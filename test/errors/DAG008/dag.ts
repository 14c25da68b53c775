import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('twice');
dag.task('a', send('a'));
const again = new Dag('twice');
again.task('b', send('b'));

export default [dag, again];
