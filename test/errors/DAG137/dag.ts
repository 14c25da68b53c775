import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** An if that is taken for a promise. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const a = dag.task('a', send('a'));
await dag.if(() => dag.params.full);
dag.if(() => dag.params.full).then(a);

export default dag;
