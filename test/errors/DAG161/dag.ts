import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const named = (id: string) => {
  const dag = new Dag(id);
  dag.task('list', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
  return dag;
};

export default [named('sales'), named('Sales')];
