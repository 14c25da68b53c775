import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A task that can end skipped, and what follows it. */
const dag = new Dag('skip-on');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const maybe = dag.task('maybe', send, { skipOn: ['NothingToDo'], retries: 1, retryDelay: '1s' });
const strict = dag.task('strict', send).after(maybe);
dag.task('lenient', send, { triggerRule: 'none_failed' }).after(strict);

export default dag;
