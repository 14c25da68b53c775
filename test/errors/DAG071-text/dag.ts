import { Dag, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('text');
const first = dag.task('first', send('hello'));
dag.task('second', send(`after ${maybe(first.output.MessageId)}`), { triggerRule: 'all_done' });

export default dag;
