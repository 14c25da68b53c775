import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Groups whose ids are taken by another group and by a task. */
const dag = new Dag('groups');
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const g = dag.taskGroup('g');
g.task('a', send('a'));
const again = dag.taskGroup('g');
again.task('b', send('b'));
dag.task('clean', send('clean'));
dag.taskGroup('clean').task('c', send('c'));

export default dag;
