import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The first failure ends the run, but what was reserved is given back. */
const dag = new Dag('fail-fast-with-a-teardown', { failFast: true });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const reserve = dag.setup('reserve', run('reserve'));
const first = dag.task('first', run('first')).after(reserve);
const second = dag.task('second', run('second')).after(first);
dag.teardown('release', run('release'), { setups: reserve }).after(second);
dag.task('report', run('report'), { triggerRule: 'all_done' }).after(second);

export default dag;
