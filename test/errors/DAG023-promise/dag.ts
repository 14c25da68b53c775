import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

async function make() {
  const dag = new Dag('promised');
  dag.task('list', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
  return dag;
}

export default make();
