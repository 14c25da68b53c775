import { Dag, env, param } from 'dagwright';
import { glue } from 'dagwright/tasks';

/** Orders of a day: one Spark job that the DAG makes, with bookmarks, one at the warehouse's address, and two jobs of another team. */
const dag = new Dag('glue_jobs', {
  schedule: '@daily',
  env: { lake: env.bucket(), jobRole: env.role(), export: env.string({ description: 'The job of the other team' }) },
  params: { full: param.boolean({ default: false }) },
});
const { lake, jobRole: role } = dag.env;

const clean = dag.task(
  'clean',
  glue.job({
    script: 'test/cases/glue-jobs/clean.py',
    role,
    workerType: 'G.2X',
    numberOfWorkers: 4,
    args: { day: dag.logicalDate, target: `s3://${lake}/silver/orders/` },
    bookmarks: true,
    databases: ['sales'],
    modules: ['pandera==0.20.4'],
  }),
  { retries: 1, retryDelay: '5m', executionTimeout: '1h' },
);

const load = dag
  .task(
    'load',
    glue.job({
      script: `s3://${lake}/jobs/Load.scala`,
      mainClass: 'Load',
      role,
      numberOfWorkers: 10,
      glueVersion: '5.0',
      executionClass: 'FLEX',
      jars: [`s3://${lake}/jars/jdbc.jar`],
      conf: { 'spark.sql.shuffle.partitions': '40', 'spark.sql.ansi.enabled': 'true' },
      datalakeFormats: ['iceberg'],
      connections: ['warehouse'],
      securityConfiguration: 'encrypted',
      maxConcurrentRuns: 3,
      name: 'load-orders',
    }),
  )
  .after(clean);

dag
  .task('export', glue.startJob({ job: dag.env.export, args: { '--full': `${dag.params.full}` } }), {
    executionTimeout: '30m',
  })
  .after(load);
dag.task('warm_up', glue.startJob({ job: 'warm-up', wait: false, workerType: 'G.1X', numberOfWorkers: 2 })).after(load);

export default dag;
