import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const buckets = aws({ service: 's3', action: 'listBuckets', parameters: {} });
// biome-ignore lint/suspicious/noExplicitAny: what no type lets pass
const dag: any = new Dag('place');
dag.task(buckets, 'buckets');
const a = dag.task('a', buckets);
dag.branch(() => a).before(a);

export default dag;
