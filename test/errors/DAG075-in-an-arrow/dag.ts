import { Dag, expr, param, verbatim } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Plain quotes within arrows; what is verbatim, and what is nobody's name, is meant. */
const dag = new Dag('quotes', { params: { mode: param.string(), day: param.string() } });
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const place = 'bronze';
const first = dag.task('first', say(expr(() => `${dag.params.mode} of ` + '${dag.params.day}')));
dag.task('second', say(expr(() => (dag.params.mode === 'x' ? '${place}/x' : `${place}/y`)))).after(first);
dag.if(() => dag.params.day === '${first.output.MessageId}').then(dag.task('third', say('x')));
dag.task('meant', say(expr(() => dag.params.day + verbatim('${dag.params.mode}') + '${somebody}')));

export default dag;
