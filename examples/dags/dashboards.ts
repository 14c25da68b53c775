import { Dag, env, param } from 'dagwright';
import { aws, glue } from 'dagwright/tasks';

/** The dashboards, each with the id of its data set in QuickSight. */
const DATA_SETS = { sales: '6b1b7d0e-sales', pipeline: '0d0c2a55-pipeline' } as const;

/**
 * Customers of the CRM into the lake, cleaned, catalogued, and onto the dashboards: services that have no templates, by `aws`. Airflow:
 * example_appflow, example_glue_databrew, example_quicksight, example_glue.
 */
const dag = new Dag('dashboards', {
  schedule: null,
  env: {
    lake: env.bucket(),
    crawlerRole: env.role({ description: 'What the crawler assumes' }),
    accountId: env.string({ description: 'The account of QuickSight' }),
  },
  params: {
    ingestion: param.string({
      pattern: '^[A-Za-z0-9_-]+$',
      maxLength: 100,
      description: 'What QuickSight calls this refresh: a name that none had before',
    }),
  },
  defaultArgs: { retries: 2, retryDelay: '2m', executionTimeout: '1h' },
});
const { lake, crawlerRole: role, accountId: AwsAccountId } = dag.env;

/** The flow ends with a file below raw/customers/, which AppFlow writes on its own time. */
const flow = dag.task(
  'customers',
  aws({ service: 'appflow', action: 'startFlow', parameters: { FlowName: 'crm-customers' } }),
);
const cleaned = dag
  .task(
    'clean',
    aws({ service: 'databrew', action: 'startJobRun', pattern: 'sync', parameters: { Name: 'clean-customers' } }),
  )
  .after(flow);
const catalog = dag
  .task('catalog', glue.crawl({ database: 'crm', role, path: `s3://${lake}/silver/customers/` }))
  .after(cleaned);

const refresh = dag.taskGroup('refresh');
for (const [name, DataSetId] of Object.entries(DATA_SETS))
  refresh.task(
    name,
    aws({
      service: 'quicksight',
      action: 'createIngestion',
      parameters: { AwsAccountId, DataSetId, IngestionId: `${name}-${dag.params.ingestion}` },
    }),
  );
refresh.after(catalog);

export default dag;
