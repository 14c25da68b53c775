import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Branches that choose nothing. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const a = dag.task('a', send('a'));
dag.if(() => dag.params.full).then();
dag.if(() => dag.params.full, { id: 'unfinished' });
dag.switch(() => dag.params.mode).default(a);

export default dag;
