import { Dag, type TaskGroup } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The same three tasks for each table, made by a function. */
const dag = new Dag('group-factory', { schedule: '@daily', defaultArgs: { retries: 2, retryDelay: '30s' } });
const call = (FunctionName: string, table: string) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload: { table } } });

function loadOf(table: string): TaskGroup {
  const group = dag.taskGroup(table);
  const extract = group.task('extract', call('extract', table));
  const clean = group.task('clean', call('clean', table)).after(extract);
  group.task('load', call('load', table), { retries: 0 }).after(clean);
  return group;
}

const [clients, items, sales] = [loadOf('clients'), loadOf('items'), loadOf('sales')];
sales!.after(clients!, items!);

export default dag;
