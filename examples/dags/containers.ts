import { Dag, env } from 'dagwright';
import { batch, ecs } from 'dagwright/tasks';

/**
 * A container fetches the readings of a day, an array job on spot instances works through them.
 * Airflow: example_ecs, example_batch.
 */
const dag = new Dag('containers', {
  schedule: '@daily',
  env: {
    lake: env.bucket(),
    subnet: env.string({ description: 'A subnet that reaches the registry of images' }),
    fetchRole: env.role({ description: 'The task role of fetch' }),
    pullRole: env.role({ description: 'The execution role of fetch, which pulls its image' }),
  },
  defaultArgs: { retries: 2, retryDelay: '1m', executionTimeout: '2h' },
});
const { lake, subnet, fetchRole, pullRole } = dag.env;

const fetched = dag.task(
  'fetch',
  ecs.run({
    cluster: 'jobs',
    taskDefinition: 'fetch',
    launchType: 'FARGATE',
    subnets: [subnet],
    containers: { app: { command: ['fetch', '--day', dag.logicalDate], environment: { TARGET: `s3://${lake}/raw/` } } },
    passRoles: [fetchRole, pullRole],
  }),
);
dag
  .task(
    'simulate',
    batch.job({
      queue: 'spot',
      definition: 'simulate',
      command: ['simulate', 'Ref::day'],
      parameters: { day: dag.logicalDate },
      arraySize: 20,
      attempts: 3,
    }),
  )
  .after(fetched);

export default dag;
