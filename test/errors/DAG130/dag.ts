import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Groups that a branch cannot choose: one that is not right downstream, one without tasks, and one that it is in. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const a = dag.task('a', send('a'));
const far = dag.taskGroup('far');
far.task('b', send('b'));
far.after(a);
const empty = dag.taskGroup('empty');
dag.branch('route', () => (dag.params.full ? [a, far] : empty)).before(a);
const around = dag.taskGroup('around');
const inner = around.task('inner', send('inner'));
around.branch('again', () => (dag.params.full ? around : inner)).before(inner);

export default dag;
