import { Dag, env, param } from 'dagwright';
import { athena, emr } from 'dagwright/tasks';

const dag = new Dag('clusters', {
  env: { cluster: env.string() },
  params: { cluster: param.string({ default: 'j-1' }) },
});
const script = 's3://b/x.py';
const query = dag.setup('query', athena.query({ sql: 'SELECT 1', database: 'd', results: 's3://b/x/' }));
dag.task('a', emr.spark({ cluster: query as never, script }));
dag.task('b', emr.spark({ cluster: 'cluster', script }));
dag.task('c', emr.spark({ cluster: null as never, script }));
dag.task('d', emr.spark({ cluster: dag.env.cluster, script }));
dag.task('e', emr.spark({ cluster: dag.params.cluster, script }));
dag.task('f', emr.spark({ cluster: 'j-2AXXXXXXGAPLF', script }));

export default dag;
