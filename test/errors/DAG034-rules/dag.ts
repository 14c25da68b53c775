import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('rules');
const one = dag.task('one', send('1'), { skipOn: ['Sqs.QueueDoesNotExist'] });
const two = dag.task('two', send('2'));
const text = `${one.output.MessageId}`;
dag.task('never', send(text), { triggerRule: 'all_failed' }).after(one);
dag.task('failed', send(text), { triggerRule: 'one_failed' }).after(one, two);
dag.task('some', send(text), { triggerRule: 'one_success' }).after(one, two);
dag.task('skipped', send(text), { triggerRule: 'none_failed' }).after(one);
dag.task('always', send(text), { triggerRule: 'always' }).after(one, two);
dag.task('far', send(text), { triggerRule: 'all_done' }).after(dag.task('between', send('b')).after(one));

export default dag;
