import { Dag, env, param } from 'dagwright';
import { emr } from 'dagwright/tasks';

/** Steps on a cluster that another team keeps: nothing makes it, nothing ends it. */
const dag = new Dag('emr-cluster-that-is-there', {
  env: { lake: env.bucket(), clusterId: env.string({ description: 'The shared cluster, j-…' }) },
  params: { day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) },
  defaultArgs: { retries: 1, retryDelay: '2m' },
});
const step = (name: string) =>
  emr.spark({
    cluster: dag.env.clusterId,
    script: `s3://${dag.env.lake}/jobs/${name}.py`,
    args: ['--day', dag.params.day],
  });
const sessions = dag.task('sessions', step('sessions'));
dag.task('funnel', step('funnel')).after(sessions);

export default dag;
