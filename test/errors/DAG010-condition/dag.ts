import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('condition', { params: { full: param.boolean({ default: false }) } });
if (dag.params.full) dag.task('a', send('a'));
else dag.task('b', send('b'));

export default dag;
