import { Dag, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('nullish');
const first = dag.task('first', send('first'));
dag.task('report', send(maybe(first.output.MessageId) ?? 'none'), { triggerRule: 'all_done' });

export default dag;
