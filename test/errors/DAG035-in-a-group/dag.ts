import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A task in a group is chosen by its whole id. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const g = dag.taskGroup('g');
const a = g.task('a', send('a'));
dag.branch('route', () => (dag.params.full ? 'a' : [])).before(a);

export default dag;
