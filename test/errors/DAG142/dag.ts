import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('beside');
dag.task('buckets', aws({ service: 's3', action: 'listBuckets', parameters: {} }));

export default dag;
