import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('method', { env: { lake: env.bucket() } });
dag.task('a', send(dag.env.lake.toUpperCase()));

export default dag;
