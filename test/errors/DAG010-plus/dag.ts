import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('plus', { env: { lake: env.bucket() } });
dag.task('a', send('s3://' + dag.env.lake));

export default dag;
