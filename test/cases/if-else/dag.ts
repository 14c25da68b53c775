import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** An exclusive branch is a plain Choice: what was not chosen needs no record. */
const dag = new Dag('if-else', { params: { rows: param.integer({ default: 0 }) } });
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const load = dag.task('load', send);
const [full, part, nothing] = ['full', 'part', 'nothing'].map((id) => dag.task(id, send));
dag
  .if(() => dag.params.rows > 1000, { id: 'how_much' })
  .then(full!)
  .elseIf(() => dag.params.rows > 0)
  .then(part!)
  .else(nothing!)
  .after(load);
dag.task('done', send, { triggerRule: 'none_failed_min_one_success' }).after(full!, part!, nothing!);

export default dag;
