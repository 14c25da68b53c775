import { Dag, env } from 'dagwright';
import { athena, glue, lambda, s3, sns } from 'dagwright/tasks';

/** The sales of a day: stores upload their receipts as CSV, and the team reads every morning what each store has taken. */
const dag = new Dag('store_sales', {
  schedule: '0 4 * * *',
  env: {
    lake: env.bucket({
      description: 'Stores upload to inbox/sales/<day>/, which a lifecycle rule empties after a week.',
    }),
    glueRole: env.role({ description: 'The role of the Glue job and of the crawler' }),
    alerts: env.string({ description: 'The ARN of the team’s topic' }),
  },
  defaultArgs: { retries: 1, retryDelay: '1m', executionTimeout: '1h' },
});
const { lake, glueRole: role, alerts: topic } = dag.env;

const uploads = dag.task('uploads', s3.list({ bucket: lake, prefix: 'inbox/sales/' }));

/** Of the day’s files those that count; on a day on which no store was open there is nothing to do. */
const latest = dag.task(
  'latest',
  lambda.typescript(() => import('../functions/latest-uploads.ts'), {
    handler: 'latestUploads',
    input: { at: dag.logicalDate, uploads: uploads.output.Objects },
    timeout: '1m',
  }),
  { skipOn: ['NothingUploaded'] },
);
const { day, files } = latest.output;

/** One Parquet file of all receipts, of the types that are agreed with the stores. */
const receipts = dag.task(
  'receipts',
  lambda.python('functions/receipts.py', {
    handler: 'convert',
    input: { day, files },
    environment: { LAKE: lake },
    requirements: ['pyarrow==20.0.0'],
    include: ['functions/receipts.json'],
    memory: 2048,
    output: {
      type: 'object',
      properties: { rows: { type: 'integer' }, path: { type: 'string' } },
      required: ['rows', 'path'],
    },
  }),
);

/** What a function has no memory for on the days before Christmas is a job of Glue. */
const sales = dag.task(
  'sales',
  glue.pythonShell<{ products: number }>('functions/store_sales.py', {
    handler: 'sum_up',
    input: {
      receipts: receipts.output.path,
      target: `s3://${lake}/tables/store_sales/day=${day}/sales.parquet`,
    },
    requirements: ['pyarrow==20.0.0'],
    role,
    maxCapacity: 1,
  }),
);

const catalog = dag.task('catalog', glue.crawl({ database: 'sales', role, path: `s3://${lake}/tables/` })).after(sales);

const takings = dag
  .task(
    'takings',
    athena.query({
      sql: 'SELECT store, sum(revenue) AS revenue FROM store_sales WHERE day = ? GROUP BY store ORDER BY revenue DESC',
      parameters: [`'${day}'`],
      database: 'sales',
      results: `s3://${lake}/answers/takings/`,
      rows: true,
      columns: { store: 'string', revenue: 'number' },
    }),
  )
  .after(catalog);

dag.task(
  'announce',
  sns.publish({
    topic,
    subject: `Sales of ${day}`,
    message: { day, receipts: receipts.output.rows, stores: takings.output.Rows },
  }),
);

export default dag;
