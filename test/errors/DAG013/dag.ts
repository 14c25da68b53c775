import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('cut', { env: { lake: env.bucket() } });
const path = `s3://${dag.env.lake}/bronze`;
dag.task('lower', send(path.toLowerCase()));
dag.task('cut', send(path.slice(0, 9)));
dag.task('encoded', send(encodeURIComponent(path)));

export default dag;
