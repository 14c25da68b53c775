import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** Everything is named after the logical date: a day that runs again writes what it wrote before, and no other day’s. */
const dag = new Dag('backfill-friendly', {
  schedule: '0 4 * * *',
  startDate: '2025-01-01',
  env: { lake: env.bucket() },
  defaultArgs: { retries: 2, retryDelay: '5m' },
});
const day = dag.logicalDate;
const drop = dag.task(
  'drop_day',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'drop-partition', Payload: { day } } }),
);
const fill = dag
  .task(
    'fill_day',
    athena.query({
      sql: 'INSERT INTO visits SELECT * FROM visits_raw WHERE at >= from_iso8601_timestamp(?)',
      parameters: [day],
      database: 'web',
      results: `s3://${dag.env.lake}/answers/${day}/`,
    }),
  )
  .after(drop);
dag
  .task(
    'mark_day',
    aws({
      service: 's3',
      action: 'putObject',
      parameters: { Bucket: dag.env.lake, Key: `visits/${day}/_SUCCESS`, Body: '' },
    }),
  )
  .after(fill);

export default dag;
