import { Dag, env, param } from 'dagwright';
import { batch, ecs, glue, lambda } from 'dagwright/tasks';

/** One function where it fits: the template alone differs. */
const dag = new Dag('one_function', {
  env: { lake: env.bucket(), shell: env.role(), task: env.role(), pull: env.role(), job: env.role() },
  params: { rows: param.integer({ default: 5 }) },
});
const { lake, shell, task, pull, job } = dag.env;

const file = 'test/packaging/functions/clean.py';
const code = {
  handler: 'clean',
  input: { kept: dag.params.rows, to: `s3://${lake}/clean/` },
  output: { type: 'object', properties: { doubled: { type: 'integer' }, thing: { type: 'string' } } },
  environment: { LAKE: lake },
} as const;
interface Cleaned {
  readonly doubled: number;
  readonly thing: string;
}

const small = dag.task('small', lambda.python<Cleaned>(file, code));
const longer = dag.task('longer', glue.pythonShell<Cleaned>(file, { ...code, role: shell, maxCapacity: 1 }), {
  skipOn: ['NothingToDo'],
});
const larger = dag.task(
  'larger',
  ecs.run<Cleaned>(file, {
    ...code,
    cluster: 'jobs',
    taskDefinition: 'python:3',
    container: 'app',
    launchType: 'FARGATE',
    subnets: ['subnet-0a1b2c3d'],
    cpu: 4096,
    memory: 30_720,
    role: task,
    passRoles: [pull],
  }),
  { retries: 1, retryDelay: '1m', executionTimeout: '6h' },
);
const queued = dag.task(
  'queued',
  batch.job<Cleaned>(file, { ...code, queue: 'spot', definition: 'python', role: job, memory: 8192, attempts: 2 }),
);
dag.task(
  'told',
  lambda.invoke({
    function: 'tell',
    payload: { things: [small.output.thing, longer.output.thing, larger.output.thing, queued.output.thing] },
  }),
);

export default dag;
