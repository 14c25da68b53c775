// @ts-expect-error a package that is not installed
import { nothing } from 'a-package-that-is-not-there';
import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('unbuilt');
// @ts-expect-error a file that is not there
dag.task(
  'no-file',
  lambda.typescript(() => import('../../packaging/functions/scor.ts'), { handler: 'score' }),
);
// @ts-expect-error an export that is not there
dag.task(
  'no-export',
  lambda.typescript(() => import('../../packaging/functions/score.ts'), { handler: 'scor' }),
);
dag.task(
  'no-package',
  lambda.typescript(async () => nothing()),
);

export default dag;
