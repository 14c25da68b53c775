import { Dag, env, param } from 'dagwright';
import { batch, ecs, lambda } from 'dagwright/tasks';

/** One function in TypeScript on Lambda, in a container of ECS and as a job of Batch: the template alone differs. */
const dag = new Dag('typescript_in_containers', {
  env: { lake: env.bucket(), task: env.role(), pull: env.role(), job: env.role() },
  params: { rows: param.integer({ default: 5 }) },
});
const { lake, task, pull, job } = dag.env;

const code = {
  handler: 'score',
  input: { rows: dag.params.rows, day: dag.logicalDate },
  environment: { LAKE: lake },
} as const;

const small = dag.task(
  'small',
  lambda.typescript(() => import('../../packaging/functions/score.ts'), code),
);
const larger = dag.task(
  'larger',
  ecs.run(() => import('../../packaging/functions/score.ts'), {
    ...code,
    cluster: 'jobs',
    taskDefinition: 'node:2',
    container: 'app',
    launchType: 'FARGATE',
    subnets: ['subnet-0a1b2c3d'],
    role: task,
    passRoles: [pull],
  }),
  { retries: 1, retryDelay: '1m', executionTimeout: '6h', skipOn: ['NothingToDo'] },
);

class TooFew extends Error {}

/** A function that is written in place takes along what it uses. */
async function sum({ kept }: { kept: number[] }) {
  const all = kept.reduce((a, b) => a + b, 0);
  if (all < 1) throw new TooFew(`${all} rows`);
  return { all };
}

const queued = dag.task(
  'queued',
  batch.job(sum, {
    input: { kept: [small.output.kept, larger.output.kept] },
    queue: 'spot',
    definition: 'node',
    role: job,
    memory: 8192,
  }),
);
dag.task('told', lambda.invoke({ function: 'tell', payload: { all: queued.output.all } }));

export default dag;
