import { Dag, expr } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A branch, a short circuit and an expression behind a join read what a task of a branch answered, and so does another of that branch. */
const dag = new Dag('outputs-in-predicates-behind-a-join');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const count = dag.task(
  'count',
  aws({ service: 'sqs', action: 'getQueueAttributes', parameters: { QueueUrl: 'https://q' } }),
);
const log = dag.task('log', say(`${expr(() => count.output.Attributes?.ApproximateNumberOfMessages ?? '0')}`));
const other = dag.task('other', say('other'));
const few = dag.task('few', say('few'));
const many = dag.task('many', say(JSON.stringify(count.output.Attributes)));
const how = dag
  .branch('how', () => (Number(count.output.Attributes?.ApproximateNumberOfMessages) > 10 ? many : few))
  .after(log, other)
  .before(few, many);
const any = dag
  .shortCircuit('any', () => count.output.Attributes?.ApproximateNumberOfMessages !== '0', {
    triggerRule: 'none_failed_min_one_success',
  })
  .after(few, many);
dag.task('last', say(`${expr(() => `${how.output}`)}`)).after(any);

export default dag;
