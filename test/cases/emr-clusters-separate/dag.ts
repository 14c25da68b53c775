import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';

/** A small and a large cluster side by side, each terminated when its own work is done. */
const dag = new Dag('emr-clusters-separate', {
  schedule: '@daily',
  env: { lake: env.bucket(), emrRole: env.role(), emrProfile: env.role() },
});
const { lake, emrRole, emrProfile } = dag.env;
const cluster = (id: string, type: string) =>
  dag.setup(
    id,
    emr.cluster({
      release: 'emr-7.13.0',
      name: `${id}-of-the-day`,
      primary: { type },
      serviceRole: emrRole,
      instanceProfile: emrProfile,
    }),
  );
const small = cluster('small', 'm5.xlarge');
const large = cluster('large', 'r5.4xlarge');
const counts = dag.task('counts', emr.spark({ cluster: small, script: `s3://${lake}/jobs/counts.py` }));
const graph = dag.task(
  'graph',
  emr.spark({ cluster: large, script: `s3://${lake}/jobs/graph.py`, conf: { 'spark.executor.memory': '24g' } }),
);
dag.task('join', emr.spark({ cluster: small, script: `s3://${lake}/jobs/join.py` })).after(counts, graph);

export default dag;
