import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Branches to groups: the group's first tasks are chosen, those of groups within it among them. */
const dag = new Dag('branch-to-group', {
  params: { full: param.boolean({ default: true }), then: param.json<string[]>({ default: ['report'] }) },
});
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const all = dag.taskGroup('all');
const orders = all.task('orders', send);
all.task('sums', send).after(orders);
const people = all.taskGroup('people');
people.task('names', send);
people.task('places', send);
const some = dag.task('some', send);
dag
  .if(() => dag.params.full)
  .then(all)
  .else(some);

const last = dag.branch('last', () => dag.params.then, { triggerRule: 'none_failed' }).after(all, some);
const report = dag.taskGroup('report');
const write = report.task('write', send);
report.task('mail', send).after(write);
const tidy = dag.task('tidy', send);
last.before(report, tidy);

export default dag;
