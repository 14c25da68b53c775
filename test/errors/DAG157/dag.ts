import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('decides_nothing', {
  params: { full: param.boolean({ default: false }), kind: param.string({ default: 'a' }) },
});
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => dag.task(id, say(id)));

dag.branch('none', () => (dag.params.full ? [] : [])).after(a!);
dag.branch('computed', () => dag.params.kind).after(a!);
dag.shortCircuit('last', () => dag.params.full).after(a!);
dag.branch('one', () => b!).before(b!);
dag.branch('same', () => (dag.params.full ? c! : [c!])).before(c!);
dag
  .if(() => dag.params.full, { id: 'either' })
  .then(d!)
  .else(d!);
dag
  .switch(() => dag.params.kind, { id: 'each' })
  .case('a', d!)
  .default(d!);

export default dag;
