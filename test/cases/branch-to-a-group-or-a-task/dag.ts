import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** On the first of the month a group of tasks, else one. */
const dag = new Dag('branch-to-a-group-or-a-task', { params: { first: param.boolean({ default: false }) } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const closing = dag.taskGroup('closing');
const book = closing.task('book', run('book'));
closing.task('lock', run('lock')).after(book);
const daily = dag.task('daily', run('daily'));
dag
  .if(() => dag.params.first, { id: 'is_first' })
  .then(closing)
  .else(daily);
dag.task('tell', run('tell'), { triggerRule: 'none_failed' }).after(closing, daily);

export default dag;
