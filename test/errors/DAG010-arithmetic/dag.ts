import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('arithmetic', { params: { limit: param.number() } });
dag.task('a', send(String(dag.params.limit * 2)));

export default dag;
