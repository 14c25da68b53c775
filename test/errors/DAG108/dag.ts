import { Dag, type Template } from 'dagwright';

const own = (parts: object) =>
  ({ service: 'own', kind: 'own.task', permissions: () => [], ...parts }) as unknown as Template;
const states = { '': { Type: 'Pass', End: true } };
const dag = new Dag('own_templates');
dag.task('throws', own({ lower: () => JSON.parse('{') }));
dag.task('nothing', own({ lower: () => undefined }));
dag.task('elsewhere', own({ lower: () => ({ start: 'begin', states }) }));

export default dag;
