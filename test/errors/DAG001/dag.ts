import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('cycle');
const a = dag.task('a', send('a'));
const b = dag.task('b', send('b')).after(a);
const c = dag.task('c', send('c')).after(b);
a.after(c);
const d = dag.task('d', send('d'));
d.after(d);

export default dag;
