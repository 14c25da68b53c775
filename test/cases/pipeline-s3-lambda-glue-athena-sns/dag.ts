import { Dag, env, param } from 'dagwright';
import { athena, aws, glue } from 'dagwright/tasks';

/** The classic: a file lands, is converted, catalogued, asked, and the answer is announced. */
const dag = new Dag('pipeline-s3-lambda-glue-athena-sns', {
  schedule: '@daily',
  env: { lake: env.bucket(), crawlerRole: env.role(), topic: env.string() },
  params: { prefix: param.string({ default: 'incoming' }) },
  defaultArgs: { retries: 1, retryDelay: '1m' },
});
const { lake, crawlerRole, topic } = dag.env;
const list = dag.task(
  'list',
  aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: lake, Prefix: `${dag.params.prefix}/` } }),
);
const convert = dag.task(
  'convert',
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: {
      FunctionName: 'to-parquet',
      Payload: { files: list.output.Contents, to: `s3://${lake}/tables/sales/` },
    },
  }),
  { executionTimeout: '15m' },
);
const crawl = dag
  .task('crawl', glue.crawl({ database: 'sales', role: crawlerRole, path: `s3://${lake}/tables/` }))
  .after(convert);
const total = dag
  .task(
    'total',
    athena.query({ sql: 'SELECT sum(price) FROM sales', database: 'sales', results: `s3://${lake}/answers/total/` }),
  )
  .after(crawl);
dag.task(
  'announce',
  aws({
    service: 'sns',
    action: 'publish',
    parameters: {
      TopicArn: topic,
      Message: `The total is in ${total.output.QueryExecution.ResultConfiguration.OutputLocation}`,
    },
  }),
);

export default dag;
