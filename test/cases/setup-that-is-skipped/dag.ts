import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A licence that is not needed today is not taken: what would need it is skipped with it. */
const dag = new Dag('setup-that-is-skipped');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const licence = dag.setup('licence', run('take-licence'), { skipOn: ['NotNeeded'] });
const solve = dag.task('solve', run('solve')).after(licence);
dag.teardown('give_back', run('give-licence-back'), { setups: licence }).after(solve);
dag.task('report', run('report'), { triggerRule: 'none_failed' }).after(solve);

export default dag;
