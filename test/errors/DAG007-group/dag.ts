import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Group ids that are none. */
const dag = new Dag('groups');
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
dag.taskGroup('a.b').task('c', send('c'));
dag.taskGroup('').task('d', send('d'));

export default dag;
