import { Dag, env } from 'dagwright';
import { athena, glue, redshift } from 'dagwright/tasks';

/**
 * Cleans the orders of a day with a Glue job, and loads them into Redshift where there are any.
 * Airflow: example_glue, example_athena, example_redshift.
 */
const dag = new Dag('warehouse', {
  schedule: '0 5 * * *',
  env: {
    lake: env.bucket({ description: 'Orders arrive below bronze/orders/<day>/.' }),
    glueRole: env.role({ description: 'The role of the Glue job' }),
    workgroup: env.string({ description: 'The workgroup of Redshift Serverless' }),
  },
  defaultArgs: { retries: 1, retryDelay: '5m', executionTimeout: '1h' },
});
const { lake, glueRole: role, workgroup } = dag.env;
const day = dag.logicalDate;

const clean = dag.task(
  'clean',
  glue.job({
    script: 'glue/orders.py',
    role,
    numberOfWorkers: 2,
    args: { day, source: `s3://${lake}/bronze/orders/`, target: `s3://${lake}/silver/orders/${day}/` },
  }),
);

/** Whether there is something to load. */
const count = dag
  .task(
    'count',
    athena.query({
      sql: 'SELECT count(*) AS orders FROM orders WHERE day = ?',
      parameters: [`'${day}'`],
      database: 'sales',
      results: `s3://${lake}/answers/count/`,
      rows: true,
      columns: { orders: 'integer' },
    }),
  )
  .after(clean);

const load = dag.task(
  'load',
  redshift.sql({
    workgroup,
    database: 'dw',
    sql: [
      'DELETE FROM orders WHERE day = :day',
      `COPY orders FROM 's3://${lake}/silver/orders/${day}/' IAM_ROLE default FORMAT PARQUET`,
    ],
    parameters: { day },
  }),
);
dag.if(() => count.output.Rows[0]!.orders > 0, { id: 'any_orders' }).then(load);

export default dag;
