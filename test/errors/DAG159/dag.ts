import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('twice', { params: { full: param.boolean({ default: false }) } });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => dag.task(id, say(id)));

dag.branch('choice', () => (dag.params.full ? [a!, 'a'] : b!)).before(a!, b!);
dag
  .if(() => dag.params.full)
  .then(c!, c!)
  .else(d!);
// What is put together may share a task.
const [e, f] = ['e', 'f'].map((id) => dag.task(id, say(id)));
dag
  .branch('shared', () => [...(dag.params.full ? [e!, f!] : [e!]), ...(dag.logicalDate > '2026' ? [f!] : [])])
  .before(e!, f!);

export default dag;
