import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: unknown) =>
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: 'https://q', MessageBody: MessageBody as string },
  });
const names = ['first', 'second'];
const dag = new Dag('dag056', {
  env: { lake: env.bucket() },
  params: { options: param.json<{ a: number; b: number; name: string }>() },
});
dag.task('a', send(expr(() => names[dag.params.options.a])));

export default dag;
