import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('several', { env: { lake: env.bucket() }, params: { rows: param.json<number[]>() } });
dag.task('a', send(expr(() => dag.env.lake.slice(1) + dag.env.lake.trim())));
dag.task('a', send(expr(() => `${dag.params.rows.map((row) => row + 1)}`)));

export default dag;
