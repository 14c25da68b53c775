import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('key', { params: { mode: param.string() } });
const bodies: Record<string, string> = { full: 'everything' };
dag.task('a', send(bodies[dag.params.mode] ?? ''));

export default dag;
