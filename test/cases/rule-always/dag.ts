import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The audit entry is written whatever happened, even where the lock that everything else needs was not given. */
const dag = new Dag('rule-always');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const lock = dag.setup('lock', run('lock'));
const change = dag.task('change', run('change')).after(lock);
dag.task('audit', run('audit'), { triggerRule: 'always' }).after(change);
dag.teardown('unlock', run('unlock'), { setups: lock }).after(change);

export default dag;
