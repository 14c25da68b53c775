import { Dag, env, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('no_objects', {
  env: ['lake'] as never,
  params: { day: param.string('2026-01-01' as never) },
  defaultArgs: 3 as never,
});
dag.task('a', send('a'), 'all_done' as never);
dag.task('b', send('b'), new Map([['retries', 2]]) as never);
env.bucket(null as never);

export default dag;
