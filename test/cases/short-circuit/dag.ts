import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Whether there is anything to do is an output; without it nothing behind runs, but the teardown does. */
const dag = new Dag('short-circuit');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const queue = dag.setup('queue', aws({ service: 'sqs', action: 'createQueue', parameters: { QueueName: 'q' } }));
const count = dag
  .task('count', aws({ service: 'sqs', action: 'getQueueAttributes', parameters: { QueueUrl: 'https://queue' } }))
  .after(queue);
const anything = dag.shortCircuit('anything', () => Number(count.output.Attributes?.ApproximateNumberOfMessages) > 0);
const work = dag.task('work', send).after(anything);
const tell = dag.task('tell', send, { triggerRule: 'all_done' }).after(work);
dag
  .teardown('no_queue', aws({ service: 'sqs', action: 'deleteQueue', parameters: { QueueUrl: 'https://queue' } }), {
    setups: [queue],
  })
  .after(tell);

export default dag;
