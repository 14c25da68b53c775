import { Dag, expr, maybe, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Outputs that a failure or a branch leaves out, read where it is said what stands for them. */
const dag = new Dag('maybe', { params: { full: param.boolean({ default: true }) } });
const say = (Message: string) =>
  aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const full = dag.task('full', send('full'));
const part = dag.task('part', send('part'));
dag
  .if(() => dag.params.full)
  .then(full)
  .else(part);
const id = maybe(full.output.MessageId as string);
const chosen = { triggerRule: 'all_done' } as const;
dag.task('either', say(expr(() => id ?? maybe(part.output.MessageId) ?? 'none')), chosen);
dag.task('asked', say(expr(() => (id === undefined ? 'not full' : `full: ${id}`))), chosen);
dag.shortCircuit('was_full', () => maybe(full.output)?.MessageId, chosen).before(dag.task('after_full', say('full')));

export default dag;
