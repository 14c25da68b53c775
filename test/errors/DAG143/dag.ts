import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const buckets = aws({ service: 's3', action: 'listBuckets', parameters: {} });
const dag = new Dag('first');
dag.task('buckets', buckets);
const other = new Dag('second');
other.task('buckets', buckets);

export default dag;
