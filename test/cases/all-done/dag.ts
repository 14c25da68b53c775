import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Rules that let a task run after a failure, and one that only then does. */
const dag = new Dag('all-done');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const a = dag.task('a', send);
const b = dag.task('b', send);
const alarm = dag.task('alarm', send, { triggerRule: 'one_failed' }).after(a, b);
dag.task('tidy', send, { triggerRule: 'all_done' }).after(a, b, alarm);

export default dag;
