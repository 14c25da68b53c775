import { Dag, env } from 'dagwright';
import { athena, emr, glue } from 'dagwright/tasks';

/** One of each thing that deploy makes: it is deployed and destroyed, and never run. */
const dag = new Dag('first', {
  schedule: '@daily',
  env: {
    lake: env.bucket(),
    database: env.string(),
    emrServiceRole: env.role(),
    emrInstanceProfile: env.role(),
    crawlerRole: env.role(),
    reportRole: env.role(),
  },
});
const { lake, database, emrServiceRole, emrInstanceProfile, crawlerRole, reportRole } = dag.env;

const cluster = dag.setup(
  'cluster',
  emr.cluster({
    release: 'emr-7.13.0',
    primary: { type: 'm5.xlarge' },
    serviceRole: emrServiceRole,
    instanceProfile: emrInstanceProfile,
    idleTimeout: '10m',
  }),
);
const step = dag.task('step', emr.spark({ cluster, script: 'scripts/sleep.py', args: ['1', `s3://${lake}/`] }));
const crawl = dag.task('crawl', glue.crawl({ database, role: crawlerRole, path: `s3://${lake}/tables/` })).after(step);
const query = dag
  .task('query', athena.query({ sql: 'SELECT 1 AS one', database, results: `s3://${lake}/answers/` }))
  .after(crawl);
dag.task('report', glue.pythonShell({ script: 'scripts/report.py', role: reportRole, args: { lake } })).after(query);

export default dag;
