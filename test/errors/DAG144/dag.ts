import { Dag } from 'dagwright';
// @ts-expect-error: there is no such template
import { aws, glu } from 'dagwright/tasks';

const dag = new Dag('misspelt');
dag.task('buckets', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
dag.task('crawl', glu.crawl());

export default dag;
