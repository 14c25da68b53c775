import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A group that waits for what is in it, and the reverse. */
const dag = new Dag('groups');
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const g = dag.taskGroup('g');
const a = g.task('a', send('a'));
g.after(a);
const inner = g.taskGroup('inner');
inner.task('b', send('b')).after(g);
inner.after(g);

export default dag;
