import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Teardowns that fail the run: in a branch, with a retry, and one that tears down what the others worked in. */
const dag = new Dag('teardown-fails-the-run');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const room = dag.setup('room', say('room'));
const desk = dag.setup('desk', say('desk')).after(room);
const work = dag.task('work', say('work')).after(desk);
const no_desk = dag
  .teardown('no_desk', say('no desk'), { setups: [desk], onFailureFailDagrun: true, retries: 1, retryDelay: '1m' })
  .after(work);
const beside = dag.task('beside', say('beside')).after(room);
dag.teardown('no_room', say('no room'), { setups: [room], onFailureFailDagrun: true }).after(no_desk, beside);

export default dag;
