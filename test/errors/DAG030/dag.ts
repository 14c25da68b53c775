import { Dag, type Template } from 'dagwright';

/** What makes states that AWS refuses is no mistake in a DAG. */
const broken: Template = {
  service: 'aws',
  kind: 'broken',
  lower: () => ({ start: '', states: { '': { Type: 'Task', Resource: 'no ARN', Arguments: {}, End: true } } }),
  permissions: () => [],
};
const dag = new Dag('refused');
dag.task('a', broken);

export default dag;
