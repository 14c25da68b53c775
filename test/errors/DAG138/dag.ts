import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Branches that choose what is no task of the DAG. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const [a, b] = ['a', 'b'].map((id) => dag.task(id, send(id)));
const stranger = new Dag('other').task('stranger', send('stranger'));
dag.branch('condition', () => dag.params.full as never).before(a!, b!);
dag.branch('nothing', () => (dag.params.full ? a! : (undefined as never))).before(a!, b!);
dag.branch('mixed', () => [a!, 5 as never]).before(a!, b!);
dag.branch('elsewhere', () => (dag.params.count > 1 ? stranger : b!)).before(a!, b!);

export default dag;
