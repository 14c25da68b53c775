import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: unknown) =>
  aws({
    service: 'sqs',
    action: 'sendMessage',
    parameters: { QueueUrl: 'https://q', MessageBody: MessageBody as string },
  });
const sizes = [1, 2];
const dag = new Dag('dag053', {
  env: { lake: env.bucket() },
  params: { options: param.json<{ a: number; b: number; name: string }>() },
});
dag.task('a', send(expr(() => `${dag.env.lake}: ${sizes}`)));

export default dag;
