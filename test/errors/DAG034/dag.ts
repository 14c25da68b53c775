import { Dag, expr } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('missing');
const first = dag.task('first', send('hello'));
const id = first.output.MessageId as string;
dag.task('raw', send(`after ${id}`), { triggerRule: 'all_done' }).after(first);
dag
  .task('guarded', send(expr(() => (first.output.MessageId as string) ?? 'none')), { triggerRule: 'all_done' })
  .after(first);

export default dag;
