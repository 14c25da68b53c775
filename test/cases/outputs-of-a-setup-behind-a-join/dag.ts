import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A teardown behind a join reads its setup's answer, which tasks in both branches and a task after the join read, too. */
const dag = new Dag('outputs-of-a-setup-behind-a-join');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const prepare = dag.task('prepare', say('prepare'));
const queue = dag
  .setup('queue', aws({ service: 'sqs', action: 'createQueue', parameters: { QueueName: 'q' } }))
  .after(prepare);
const send = (QueueUrl: string, MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl, MessageBody } });
const url = queue.output.QueueUrl as string;
const first = dag.task('first', send(url, 'first'));
const second = dag.task('second', send(url, 'second'));
const aside = dag.task('aside', say('aside'));
const report = dag.task('report', say(`${url}`)).after(first, second, aside);
dag
  .teardown('no_queue', aws({ service: 'sqs', action: 'deleteQueue', parameters: { QueueUrl: url } }), {
    setups: [queue],
  })
  .after(report, aside);

export default dag;
