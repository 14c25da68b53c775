import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The smallest DAG that is not series-parallel: a → c, a → d, b → d. */
const dag = new Dag('n-shape');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const a = dag.task('a', send, { estimate: '1m' });
const b = dag.task('b', send, { estimate: '10m' });
dag.task('c', send, { estimate: '2m' }).after(a);
dag.task('d', send, { estimate: '3m' }).after(a, b);

export default dag;
