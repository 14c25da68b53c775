import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Cases that are there already. */
const dag = new Dag('choices', { params: { full: param.boolean(), mode: param.string(), count: param.integer() } });
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, send(id)));
dag
  .switch(() => dag.params.mode)
  .case('full', a!)
  .case('full', b!);
const otherwise = dag.if(() => dag.params.full).then(a!);
otherwise.else(b!);
otherwise.else(c!);

export default dag;
