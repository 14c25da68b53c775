import { Dag } from 'dagwright';
import { batch, ecs } from 'dagwright/tasks';
import { score } from '../../packaging/functions/score.ts';
import { CLEAN } from './names.ts';

const dag = new Dag('code');
const place = { queue: 'q', definition: 'd', role: 'r' };
const role = 'arn:aws:iam::111122223333:role/task';
const cluster = { cluster: 'c', taskDefinition: 't', container: 'app', role, passRoles: [] };
// @ts-expect-error without a handler
dag.task(
  'no-handler',
  batch.job(() => import('../../packaging/functions/score.ts'), place),
);
// @ts-expect-error a handler of a function that is written in place
dag.task(
  'in-place',
  ecs.run(async () => ({}), { ...cluster, handler: 'score' }),
);
const input = { rows: 1, day: '' };
// What is well: an imported function by its name, and a file by a name that another module gives it.
dag.task('imported', batch.job(score, { ...place, input }));
dag.task('by-name', batch.job(CLEAN, { ...place, handler: 'clean' }));
dag.task(
  'of-python',
  batch.job(() => import('../../packaging/functions/score.ts'), {
    ...place,
    handler: 'score',
    input,
    // @ts-expect-error what is an option in Python
    requirements: ['left-pad'],
  }),
);
dag.task(
  'promise',
  ecs.run(import('../../packaging/functions/score.ts') as never, { ...cluster, handler: 'f' } as never),
);

export default dag;
