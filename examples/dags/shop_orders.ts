import { Dag, env } from 'dagwright';
import { athena, glue } from 'dagwright/tasks';

/**
 * The orders of a day: a Spark job on Glue cleans what the shops have sent, and the takings of each region are asked for.
 * Airflow: example_glue, example_athena.
 */
const dag = new Dag('shop_orders', {
  schedule: '0 4 * * *',
  env: {
    lake: env.bucket({ description: 'Shops send to inbox/orders/<day>/; inbox/shops.csv says where they are.' }),
    glueRole: env.role({ description: 'The role of the Glue job and of the crawler' }),
  },
  defaultArgs: { retries: 1, retryDelay: '5m', executionTimeout: '1h' },
});
const { lake, glueRole: role } = dag.env;

const orders = dag.task(
  'orders',
  glue.job({
    script: 'glue/shop_orders.py',
    role,
    numberOfWorkers: 2,
    args: { day: dag.logicalDate, inbox: `s3://${lake}/inbox/`, table: `s3://${lake}/tables/orders/` },
  }),
);

const catalog = dag
  .task('catalog', glue.crawl({ database: 'shops', role, path: `s3://${lake}/tables/` }))
  .after(orders);

dag
  .task(
    'takings',
    athena.query({
      sql: 'SELECT region, count(*) AS orders, sum(amount) AS amount FROM orders WHERE day = substr(?, 1, 10) GROUP BY region ORDER BY region',
      parameters: [`'${dag.logicalDate}'`],
      database: 'shops',
      results: `s3://${lake}/answers/takings/`,
      rows: true,
      columns: { region: 'string', orders: 'integer', amount: 'number' },
    }),
  )
  .after(catalog);

export default dag;
