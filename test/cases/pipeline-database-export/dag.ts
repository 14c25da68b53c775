import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** A snapshot is exported to the lake while the catalog is prepared; the count wants both. */
const dag = new Dag('pipeline-database-export', {
  schedule: '@weekly',
  env: { lake: env.bucket(), exportRole: env.string(), key: env.string() },
});
const { lake, exportRole, key } = dag.env;
const snapshot = dag.task(
  'export',
  aws({
    service: 'rds',
    action: 'startExportTask',
    parameters: {
      ExportTaskIdentifier: 'weekly',
      SourceArn: 'arn:aws:rds:us-east-1:111122223333:snapshot:weekly',
      S3BucketName: lake,
      IamRoleArn: exportRole,
      KmsKeyId: key,
    },
  }),
);
const database = dag.task(
  'database',
  athena.query({ sql: 'CREATE DATABASE IF NOT EXISTS weekly', database: 'default', results: `s3://${lake}/answers/` }),
);
dag
  .task(
    'count',
    athena.query({ sql: 'SELECT count(*) FROM orders', database: 'weekly', results: `s3://${lake}/answers/` }),
  )
  .after(snapshot, database);

export default dag;
