import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('unknown');
const other = new Dag('other');
const stranger = other.task('stranger', send('hello'));
dag.task('a', send('a')).after(stranger);
dag.task('b', send('b')).after('a' as never);

export default dag;
