import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: unknown) =>
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: 'https://q', MessageBody: MessageBody as string },
  });
const limit = 5;
const dag = new Dag('dag051', {
  env: { lake: env.bucket() },
  params: { options: param.json<{ a: number; b: number; name: string }>() },
});
dag.task('a', send(expr(() => (dag.params.options.a > limt ? 'more' : `at most ${limit}`))));

export default dag;
