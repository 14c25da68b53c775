import { Dag, env } from 'dagwright';
import { athena, batch, ecs, redshift } from 'dagwright/tasks';

/** A container fetches the orders of a day, an array job cleans them, Athena writes the totals, and Redshift loads them. */
const dag = new Dag('containers_and_sql', {
  schedule: '@daily',
  env: { lake: env.bucket(), subnet: env.string(), fetchRole: env.role(), pullRole: env.role(), cluster: env.string() },
  defaultArgs: { executionTimeout: '2h' },
});
const { lake, subnet, fetchRole, pullRole, cluster } = dag.env;
const day = dag.logicalDate;

const fetched = dag.task(
  'fetch',
  ecs.run({
    cluster,
    taskDefinition: 'fetch:7',
    launchType: 'FARGATE',
    subnets: [subnet],
    securityGroups: ['sg-0a1b2c3d'],
    assignPublicIp: true,
    containers: {
      app: { command: ['fetch', '--day', day], environment: { TARGET: `s3://${lake}/bronze/` }, memory: 2048 },
      proxy: { environment: { LEVEL: 'warn' } },
    },
    cpu: 1024,
    memory: 4096,
    passRoles: [fetchRole, pullRole],
    tags: { team: 'data' },
  }),
  { retries: 2, retryDelay: '1m' },
);
const checked = dag
  .task(
    'check',
    ecs.run({ cluster, taskDefinition: 'check', capacityProvider: 'FARGATE_SPOT', subnets: [subnet], passRoles: [] }),
  )
  .after(fetched);
const cleaned = dag
  .task(
    'clean',
    batch.job({
      queue: 'spot',
      definition: 'clean:3',
      command: ['clean', 'Ref::day'],
      parameters: { day },
      environment: { TARGET: `s3://${lake}/silver/` },
      vcpus: 2,
      memory: 8192,
      arraySize: 10,
      attempts: 3,
    }),
  )
  .after(checked);
const joined = dag.task(
  'join',
  batch.job({
    queue: 'spot',
    definition: 'join',
    gpus: 1,
    dependsOn: [cleaned.output.JobId, { jobId: 'b-1', type: 'N_TO_N' }],
    name: 'join',
  }),
);

const totals = dag
  .task(
    'totals',
    athena.createTableAs({
      table: 'totals',
      sql: 'SELECT country, sum(amount) AS amount, day FROM orders GROUP BY country, day -- all days',
      location: `s3://${lake}/gold/totals/${day}/`,
      partitionedBy: ['day'],
      compression: 'ZSTD',
      properties: { bucket_count: '4', bucketed_by: "ARRAY['country']" },
      database: 'sales',
      results: `s3://${lake}/answers/totals/`,
    }),
  )
  .after(joined);
const exported = dag
  .task(
    'export',
    athena.unload({
      sql: 'SELECT * FROM orders WHERE day = ?;',
      parameters: [day],
      to: `s3://${lake}/exports/${day}/`,
      format: 'TEXTFILE',
      fieldDelimiter: '|',
      compression: 'GZIP',
      database: 'sales',
      results: `s3://${lake}/answers/export/`,
    }),
    { retries: 1 },
  )
  .after(joined);

const loaded = dag
  .task(
    'load',
    redshift.sql({
      workgroup: 'analytics',
      database: 'dw',
      sql: [
        'DELETE FROM sales WHERE day = :day',
        `COPY sales FROM 's3://${lake}/gold/totals/' IAM_ROLE default FORMAT PARQUET`,
      ],
      parameters: { day },
    }),
  )
  .after(totals, exported);
dag
  .task(
    'refresh',
    redshift.sql({ cluster: 'dw', database: 'dw', dbUser: 'etl', sql: 'REFRESH MATERIALIZED VIEW revenue' }),
  )
  .after(loaded);

export default dag;
