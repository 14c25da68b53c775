import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** What DMS has written is merged table by table into the lake; the watermark moves only where all tables were merged. */
const dag = new Dag('pipeline-change-data-capture', {
  schedule: '*/30 * * * *',
  env: { lake: env.bucket() },
  defaultArgs: { retries: 2, retryDelay: '30s' },
});
const { lake } = dag.env;
const merges = ['clients', 'orders', 'items'].map((table) =>
  dag.task(
    `merge_${table}`,
    athena.query({
      sql: `MERGE INTO ${table} t USING ${table}_changes c ON t.id = c.id WHEN MATCHED THEN UPDATE SET data = c.data`,
      database: 'replica',
      results: `s3://${lake}/answers/merge/`,
      reads: [`s3://${lake}/changes/`],
    }),
  ),
);
const mark = dag
  .task(
    'move_watermark',
    aws({
      service: 'dynamodb',
      action: 'updateItem',
      parameters: {
        TableName: 'watermarks',
        Key: { id: { S: 'replica' } },
        UpdateExpression: 'SET merged = :at',
        ExpressionAttributeValues: { ':at': { S: dag.logicalDate } },
      },
    }),
  )
  .after(...merges);
dag
  .task(
    'compact',
    athena.query({
      sql: 'OPTIMIZE orders REWRITE DATA USING BIN_PACK',
      database: 'replica',
      results: `s3://${lake}/answers/compact/`,
    }),
    {
      retries: 0,
    },
  )
  .after(mark);

export default dag;
