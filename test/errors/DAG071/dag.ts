import { Dag, expr, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('bare');
const first = dag.task('first', send('hello'));
const id = first.output.MessageId as string;
dag.task('joined', send(expr(() => `after ${maybe(id)}`)), { triggerRule: 'all_done' });
dag.branch('chooses', () => maybe(id) as string, { triggerRule: 'all_done' });

export default dag;
