import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Listed {
  readonly output: { readonly Payload: { readonly path: string } };
}

/** What a group’s first task answers is read by its last, and by a task outside. */
const dag = new Dag('output-in-a-group');
const call = (FunctionName: string, Payload: object = {}) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload } });
const paths = ['orders', 'clients'].map((table) => {
  const group = dag.taskGroup(table);
  const list = group.task('list', call('list', { table }));
  const { path } = (list as unknown as Listed).output.Payload;
  const check = group.task('check', call('check')).after(list);
  group.task('load', call('load', { path })).after(check);
  return path;
});
dag.task('log', call('log', { paths }));

export default dag;
