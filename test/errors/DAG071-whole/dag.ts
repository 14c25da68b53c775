import { Dag, expr, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string | undefined) =>
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: 'https://q', MessageBody: MessageBody as string },
  });
const dag = new Dag('whole');
const first = dag.task('first', send('hello'));
dag.task('whole', send(maybe(first.output.MessageId)), { triggerRule: 'all_done' });
dag.task('computed', send(expr(() => maybe(first.output)?.MessageId)), { triggerRule: 'all_done' });

export default dag;
