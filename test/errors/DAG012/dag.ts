import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('undeclared', { env: { lake: env.bucket() } });
const { lak } = dag.env as unknown as { lak: string };
dag.task('a', send(`s3://${lak}/`));

export default dag;
