import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A setup and its teardown around two tasks: the teardown runs whatever fails between them. */
const dag = new Dag('teardown');
const call = (action: 'createQueue' | 'deleteQueue' | 'sendMessage', parameters: object) =>
  aws({ service: 'sqs', action, parameters: parameters as never });
const queue = dag.setup('queue', call('createQueue', { QueueName: 'q' }));
const work = dag.task('work', call('sendMessage', { QueueUrl: 'https://q', MessageBody: 'hello' })).after(queue);
const more = dag.task('more', call('sendMessage', { QueueUrl: 'https://q', MessageBody: 'hello' })).after(work);
dag.teardown('no_queue', call('deleteQueue', { QueueUrl: 'https://q' }), { setups: [queue] }).after(more);

export default dag;
