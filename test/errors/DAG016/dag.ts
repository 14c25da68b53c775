import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const other = new Dag('other', { env: { place: env.string() }, params: { day: param.string() } });
const theirs = other.task('theirs', send('x'));
const dag = new Dag('foreign');
dag.task('a', send(`${other.env.place} ${other.params.day}`));
dag.task('b', send((theirs.output as { MessageId: string }).MessageId));

export default dag;
