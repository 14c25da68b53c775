import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two ifs are named after one task. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const a = dag.task('a', send('a'));
dag.if(() => dag.params.full).then(a);
dag.if(() => dag.params.count > 1).then(a);

export default dag;
