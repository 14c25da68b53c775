import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A switch over a param; the default is left out: where no case holds, everything behind is skipped. */
const dag = new Dag('switch', { params: { mode: param.enum(['full', 'delta', 'none'], { default: 'delta' }) } });
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const [full, delta] = [dag.task('full', send), dag.task('delta', send)];
dag
  .switch(() => dag.params.mode)
  .case('full', full)
  .case('delta', delta);
dag.task('after_full', send).after(full);

export default dag;
