import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The estimates put `e` into the branch of `c`, whose output `d` reads behind the join: another field of it, and the whole of it. */
const dag = new Dag('outputs-inside-and-after-a-parallel');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const a = dag.task('a', say('a'), { estimate: '10m' });
const b = dag.task('b', say(`${a.output.MessageId}`), { estimate: '10m' });
const c = dag.task('c', say('c'), { estimate: '1m' });
dag.task('d', say(`${c.output.MD5OfMessageBody}`), { estimate: '10m' }).after(b);
dag.task('e', say(`${c.output.MessageId} and ${c.output.SequenceNumber}`), { estimate: '1m' });

export default dag;
