import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('lost', { env: { lake: env.bucket(), other: env.string() } });
const label = `for ${dag.env.other}`;
dag.task('a', send(`s3://${dag.env.lake}/`));
void label;

export default dag;
