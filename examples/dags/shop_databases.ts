import { chain, Dag, env, param } from 'dagwright';
import { dms, rds, redshift, sns } from 'dagwright/tasks';

/**
 * Brings the shop's databases into the warehouse at night: orders from a snapshot, prices by a replication. Airflow: example_rds_export,
 * example_dms, example_redshift, example_redshift_s3_transfers.
 */
const dag = new Dag('shop_databases', {
  schedule: null,
  dagrunTimeout: '8h',
  env: {
    lake: env.bucket(),
    exportRole: env.role({ description: 'What RDS assumes to write the export' }),
    exportKey: env.string({ description: 'The ARN of the key that the export is encrypted with' }),
    replication: env.string({ description: 'The ARN of the DMS task that loads the prices into the lake' }),
    workgroup: env.string({ description: 'The workgroup of Redshift Serverless' }),
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
  },
  params: {
    snapshot: param.string({
      pattern: '^arn:',
      description: 'Of the night; whoever hears of RDS’s event starts the run',
    }),
  },
  defaultArgs: { retries: 1, retryDelay: '10m', executionTimeout: '3h' },
});
const { lake, exportRole: role, exportKey: kmsKey, replication, workgroup, alerts: topic } = dag.env;
const day = dag.logicalDate;

const orders = dag.task(
  'orders',
  rds.exportSnapshot({
    snapshot: dag.params.snapshot,
    to: `s3://${lake}/bronze/shop/`,
    role,
    kmsKey,
    only: ['shop.orders'],
  }),
);
const prices = dag.task('prices', dms.task({ task: replication }), { estimate: '40m' });

const load = dag.taskGroup('load');
const copied = (table: string, from: string) =>
  load.task(
    table,
    redshift.sql({
      workgroup,
      database: 'dw',
      sql: [`DELETE FROM ${table} WHERE day = :day`, `COPY ${table} FROM '${from}' IAM_ROLE default FORMAT PARQUET`],
      parameters: { day },
    }),
  );
const loaded = [
  copied('orders', `s3://${lake}/bronze/shop/${orders.output.ExportTaskIdentifier}/`),
  copied('prices', `s3://${lake}/bronze/prices/`).after(prices),
];
const checked = dag.task(
  'checked',
  redshift.sql({
    workgroup,
    database: 'dw',
    sql: 'SELECT count(*) AS without_price FROM orders LEFT JOIN prices USING (article, day) WHERE prices.article IS NULL AND day = :day',
    parameters: { day },
    rows: true,
    columns: { without_price: 'integer' },
  }),
);
const missing = dag.task(
  'missing',
  sns.publish({ topic, subject: 'Orders without a price', message: checked.output.Rows[0]! }),
);
chain(loaded, checked);
dag.if(() => checked.output.Rows[0]!.without_price > 0, { id: 'any_missing' }).then(missing);

/** Whatever failed in the night is told once. */
dag
  .task('failed', sns.publish({ topic, subject: `Night of ${day}`, message: 'The warehouse is not up to date.' }), {
    triggerRule: 'one_failed',
  })
  .after(orders, prices, ...loaded);

export default dag;
