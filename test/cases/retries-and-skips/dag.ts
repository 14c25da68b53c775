import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** An empty answer is no failure and is not asked for again. */
const dag = new Dag('retries-and-skips', { defaultArgs: { retries: 3, retryDelay: '1m', skipOn: ['NothingNew'] } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const poll = dag.task('poll', run('poll'));
const store = dag.task('store', run('store'), { retries: 0 }).after(poll);
dag.task('log', run('log'), { triggerRule: 'all_done', skipOn: [] }).after(store);

export default dag;
