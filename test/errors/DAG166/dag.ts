import { Dag, env, param } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('captured', { env: { lake: env.bucket() }, params: { rows: param.integer({ default: 1 }) } });
const first = dag.task(
  'first',
  lambda.typescript(async () => ({ rows: 1 })),
);
const { rows } = first.output;
const path = `s3://${dag.env.lake}/in/`;
const asked = new Map([['a', 1]]);
dag.task(
  'output',
  lambda.typescript(async () => ({ twice: 2 * rows })),
);
dag.task(
  'text',
  lambda.typescript(async () => ({ path })),
);
dag.task(
  'param',
  lambda.typescript(async () => ({ rows: dag.params.rows })),
);
dag.task(
  'map',
  lambda.typescript(async () => ({ a: asked.get('a') })),
);

export default dag;
