import { Dag, env, param } from 'dagwright';
import { athena, emrServerless } from 'dagwright/tasks';

/**
 * A day's click events become a table and a file for the partner, with Spark on an application of EMR Serverless that is made for the run.
 * Airflow: example_emr_serverless, example_athena.
 */
const dag = new Dag('events_lakehouse', {
  schedule: '0 3 * * *',
  startDate: '2026-01-01',
  catchup: true,
  env: {
    lake: env.bucket({ description: 'Events arrive below raw/events/<day>/.' }),
    sparkRole: env.role({ description: 'What the Spark job assumes' }),
  },
  params: {
    minutes: param.integer({
      default: 30,
      minimum: 1,
      maximum: 240,
      description: 'After so long without a click a visit is over',
    }),
  },
  defaultArgs: { retries: 1, retryDelay: '5m', executionTimeout: '1h' },
});
const { lake, sparkRole: role } = dag.env;
const day = dag.logicalDate;

/** Workers wait for the job, so that it starts within seconds. */
const application = dag.setup(
  'application',
  emrServerless.application({
    release: 'emr-7.13.0',
    architecture: 'arm64',
    initialCapacity: {
      driver: { count: 1, cpu: '2vCPU', memory: '8GB' },
      executor: { count: 2, cpu: '4vCPU', memory: '16GB' },
    },
    maximumCapacity: { cpu: '40vCPU', memory: '160GB' },
    idleTimeout: '5m',
  }),
);

/** Clicks of one visitor that follow one another are a visit. */
const visits = dag.task(
  'visits',
  emrServerless.spark({
    application,
    role,
    script: 'jobs/visits.py',
    args: [
      '--day',
      day,
      '--minutes',
      `${dag.params.minutes}`,
      '--source',
      `s3://${lake}/raw/events/`,
      '--target',
      `s3://${lake}/silver/visits/`,
    ],
    conf: { 'spark.sql.session.timeZone': 'UTC' },
    logs: `s3://${lake}/logs/`,
  }),
  { estimate: ['4m', '20m'] },
);

const ofQuery = { database: 'web', results: `s3://${lake}/answers/events_lakehouse/` };

/** The visits of the day by page: yesterday's table goes, its files stay. */
const dropped = dag
  .task('drop', athena.query({ ...ofQuery, sql: 'DROP TABLE IF EXISTS pages_of_the_day' }))
  .after(visits);
const pages = dag
  .task(
    'pages',
    athena.createTableAs({
      ...ofQuery,
      table: 'pages_of_the_day',
      sql: 'SELECT page, count(*) AS visits FROM visits GROUP BY page',
      location: `s3://${lake}/gold/pages/${day}/`,
    }),
  )
  .after(dropped);

/** What the partner fetches. */
dag
  .task(
    'partner',
    athena.unload({
      ...ofQuery,
      sql: 'SELECT * FROM pages_of_the_day WHERE visits > 10',
      to: `s3://${lake}/partner/${day}/`,
      format: 'JSON',
    }),
  )
  .after(pages);

export default dag;
