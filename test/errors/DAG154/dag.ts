import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('names');
dag.task(
  'load-a',
  lambda.typescript(async () => ({})),
);
dag.task(
  'load_a',
  lambda.typescript(async () => ({})),
);

export default dag;
