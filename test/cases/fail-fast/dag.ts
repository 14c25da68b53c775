import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The first failure stops what runs beside it, and the teardown runs all the same. */
const dag = new Dag('fail-fast', { failFast: true });
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const queue = dag.setup('queue', aws({ service: 'sqs', action: 'createQueue', parameters: { QueueName: 'q' } }));
const left = dag.task('left', send).after(queue);
const right = dag.task('right', send).after(queue);
const last = dag.task('last', send).after(left, right);
dag
  .teardown('no_queue', aws({ service: 'sqs', action: 'deleteQueue', parameters: { QueueUrl: 'https://queue' } }), {
    setups: [queue],
  })
  .after(last);

export default dag;
