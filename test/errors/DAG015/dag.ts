import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('values');
dag.task('nan', send(Number.NaN as never));
dag.task('undefined', send(undefined as never));
dag.task('date', send(new Date(0) as never));
dag.task('function', send((() => 'hello') as never));

export default dag;
