import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Either of two feeds will do. */
const dag = new Dag('rule-one-success');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const feeds = ['primary', 'secondary'].map((feed) => dag.task(feed, run(`feed-${feed}`), { skipOn: ['NoFeed'] }));
const price = dag.task('price', run('price'), { triggerRule: 'one_success' }).after(...feeds);
dag.task('publish', run('publish')).after(price);

export default dag;
