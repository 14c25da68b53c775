import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

interface Watermark {
  readonly output: { readonly Payload: { readonly since: string; readonly until: string } };
}

/** An incremental load between two watermarks, which go into the query as parameters. */
const dag = new Dag('output-in-a-query', { schedule: '@hourly', env: { lake: env.bucket() } });
const mark = dag.task(
  'watermark',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'watermark' } }),
) as unknown as Watermark;
const load = dag.task(
  'load',
  athena.query({
    sql: 'INSERT INTO orders SELECT * FROM orders_raw WHERE changed > ? AND changed <= ?',
    parameters: [mark.output.Payload.since, mark.output.Payload.until],
    database: 'shop',
    results: `s3://${dag.env.lake}/answers/`,
  }),
);
dag
  .task(
    'advance',
    aws({
      service: 'dynamodb',
      action: 'putItem',
      parameters: { TableName: 'watermarks', Item: { id: { S: 'orders' }, at: { S: mark.output.Payload.until } } },
    }),
  )
  .after(load);

export default dag;
