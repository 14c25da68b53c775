import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('comparison', { params: { mode: param.string() } });
const text = dag.params.mode === 'full' ? 'everything' : 'a part';
dag.task('a', send(text));

export default dag;
