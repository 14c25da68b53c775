import { Dag, env } from 'dagwright';
import { athena, emr } from 'dagwright/tasks';

/** The exact job on a cluster; where it fails, a query that is good enough. The cluster goes away before. */
const dag = new Dag('pipeline-spark-with-fallback', {
  schedule: '@daily',
  env: { lake: env.bucket(), emrRole: env.role(), emrProfile: env.role() },
});
const { lake, emrRole, emrProfile } = dag.env;
const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: emrRole,
    instanceProfile: emrProfile,
    idleTimeout: '15m',
  }),
);
const exact = dag.task('exact', emr.spark({ cluster, script: `s3://${lake}/jobs/exact.py`, args: [`s3://${lake}`] }), {
  executionTimeout: '2h',
});
const good = dag
  .task(
    'good_enough',
    athena.query({
      sql: 'INSERT INTO totals SELECT approx_distinct(id) FROM visits',
      database: 'web',
      results: `s3://${lake}/answers/`,
    }),
    {
      triggerRule: 'all_failed',
    },
  )
  .after(exact);
dag
  .task('publish', athena.query({ sql: 'SELECT * FROM totals', database: 'web', results: `s3://${lake}/published/` }), {
    triggerRule: 'one_success',
  })
  .after(exact, good);

export default dag;
