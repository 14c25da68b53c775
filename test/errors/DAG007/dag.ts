import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('my dag');
dag.task('a/b', send('a'));
dag.task('', send('b'));
dag.task('x'.repeat(81), send('c'));

export default dag;
