import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('environment');
dag.task(
  'score',
  lambda.typescript(async () => ({}), { environment: { DAY: dag.logicalDate } }),
);

export default dag;
