import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Templates where something else belongs: each is told once, and not besides as placed nowhere. */
const dag = new Dag('forgotten');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
dag.task(say('no id') as never, undefined as never);
const first = dag.task('first', say('x'), { onFailureCallback: say('failed') } as never);
dag.task('swapped', { retries: 2 } as never, say('x') as never);
dag.task('list', [say('x'), say('y')] as never);
first.after(say('x') as never);
chain(first, [say('x')] as never);
dag.teardown('down', say('x'), { setups: [say('x')] as never });
dag.task('within', say(say('x') as never));

export default dag;
