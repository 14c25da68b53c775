import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('fan-out');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const first = dag.task('first', send);
const [left, right] = [dag.task('left', send).after(first), dag.task('right', send).after(first)];
dag.task('last', send).after(left, right);

export default dag;
