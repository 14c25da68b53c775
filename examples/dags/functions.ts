import { Dag, env, param } from 'dagwright';
import { lambda } from 'dagwright/tasks';

/**
 * Cleans the CSV files that arrived for a day, with functions of the project in TypeScript and Python.
 * Airflow: example_lambda.
 */
const dag = new Dag('functions', {
  schedule: '0 6 * * *',
  env: { lake: env.bucket({ description: 'Files arrive below inbox/<day>/.' }) },
  params: { mostDropped: param.number({ default: 0.1, description: 'The share of rows that may be incomplete' }) },
});

const arrived = dag.task(
  'arrived',
  lambda.typescript(() => import('../functions/arrived.ts'), {
    handler: 'arrived',
    input: { lake: dag.env.lake, at: dag.logicalDate },
    timeout: '1m',
  }),
  { skipOn: ['NothingArrived'] },
);

const clean = dag.task(
  'clean',
  lambda.python('functions/clean.py', {
    handler: 'clean',
    input: { day: arrived.output.day, files: arrived.output.files },
    environment: { LAKE: dag.env.lake },
    memory: 1024,
    output: {
      type: 'object',
      properties: { target: { type: 'string' }, kept: { type: 'integer' }, dropped: { type: 'integer' } },
      required: ['target', 'kept', 'dropped'],
    },
  }),
  { retries: 2 },
);

class TooManyDropped extends Error {}

dag.task(
  'check',
  lambda.typescript(
    async ({ kept, dropped, most }: { kept: number; dropped: number; most: number }) => {
      const share = dropped / Math.max(1, kept + dropped);
      if (share > most) throw new TooManyDropped(`${dropped} of ${kept + dropped} rows were incomplete.`);
      return { share };
    },
    { input: { kept: clean.output.kept, dropped: clean.output.dropped, most: dag.params.mostDropped } },
  ),
);

export default dag;
