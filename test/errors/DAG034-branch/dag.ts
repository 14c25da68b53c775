import { Dag, maybe, param } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

const query = (n: string) => athena.query({ sql: `SELECT ${n}`, database: 'd', results: 's3://b/r/' });
const dag = new Dag('branch', { params: { full: param.boolean({ default: true }) } });
const full = dag.task('full', query('1'));
const part = dag.task('part', query('2'));
dag
  .if(() => dag.params.full)
  .then(full)
  .else(part);
const join = { triggerRule: 'none_failed_min_one_success' } as const;
const [ofFull, ofPart] = [full, part].map(({ output }) => output.QueryExecution.QueryExecutionId) as [string, string];
// One of the two was not chosen.
dag
  .task('whole', aws({ service: 'athena', action: 'getQueryResults', parameters: { QueryExecutionId: ofFull } }), join)
  .after(full, part);
dag
  .branch('again', () => (ofPart === 'x' ? 'next' : []), join)
  .after(full, part)
  .before(dag.task('next', query('3')));
dag.shortCircuit('stop', () => ofPart === 'x', join).after(full, part);
// Right behind the one that was chosen it is there.
dag
  .task('own', aws({ service: 'athena', action: 'getQueryResults', parameters: { QueryExecutionId: ofFull } }))
  .after(full);
dag.shortCircuit('asks', () => maybe(ofPart) !== undefined, join).after(full, part);

export default dag;
