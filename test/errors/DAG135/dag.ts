import { Dag, param, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Cases that never hold. */
const dag = new Dag('choices', {
  params: {
    full: param.boolean(),
    mode: param.string(),
    count: param.integer(),
    size: param.enum(['small', 'large', verbatim('{{ size }}')]),
  },
});
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, send(id)));
dag
  .switch(() => dag.params.count)
  .case('1' as never, a!)
  .case(NaN, b!);
dag.switch(() => dag.params.mode, { id: 'mode' }).case(undefined as never, a!);
dag.switch(() => dag.params.full as never, { id: 'full' }).case(true as never, c!);
dag
  .switch(() => dag.params.size, { id: 'size' })
  .case('lage' as never, a!)
  .case('small', b!)
  .case(verbatim('{{ size }}') as never, c!);

export default dag;
