import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Long computations in AWS Batch, chunk by chunk as the file says, then one index over them. */
const dag = new Dag('pipeline-batch-and-index', {
  env: { queue: env.string(), definition: env.string() },
  dagrunTimeout: '1d',
});
const chunk = (n: number) =>
  aws({
    service: 'batch',
    action: 'submitJob',
    pattern: 'sync',
    parameters: {
      JobName: `align-${n}`,
      JobQueue: dag.env.queue,
      JobDefinition: dag.env.definition,
      Parameters: { chunk: String(n) },
    },
  });
const chunks = [1, 2, 3, 4].map((n) =>
  dag.task(`align_${n}`, chunk(n), { estimate: ['1h', '3h'], retries: 1, retryDelay: '5m' }),
);
dag.task('index', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'index' } })).after(...chunks);

export default dag;
