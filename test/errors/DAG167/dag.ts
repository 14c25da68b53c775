import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('code');
const module = './somewhere.ts';
// @ts-expect-error without a handler
dag.task(
  'no-handler',
  lambda.typescript(() => import('../../packaging/functions/score.ts')),
);
dag.task(
  'computed',
  lambda.typescript(() => import(module), { handler: 'score' } as never),
);
// @ts-expect-error a handler of a function that is written in place
dag.task(
  'in-place',
  lambda.typescript(async () => ({}), { handler: 'score' }),
);
dag.task('path', lambda.typescript('../../packaging/functions/score.ts' as never, { handler: 'score' } as never));
dag.task(
  'promise',
  lambda.typescript(import('../../packaging/functions/score.ts') as never, { handler: 'score' } as never),
);

export default dag;
