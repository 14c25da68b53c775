import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('duplicate');
dag.task('a', send('first'));
dag.task('a', send('second'));

export default dag;
