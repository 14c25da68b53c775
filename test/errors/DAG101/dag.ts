import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('twice', {
  tags: ['sales', 'sales'],
  params: { size: param.enum(['s', 'l', 's'], { default: 's' }) },
});
const setup = dag.setup('setup', send);
dag.task('a', send, { skipOn: ['Sqs.QueueDoesNotExistException', 'Sqs.QueueDoesNotExistException'] }).after(setup);
dag.teardown('down', send, { setups: [setup, setup] });

export default dag;
