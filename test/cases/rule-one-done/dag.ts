import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The clock is stopped when anything was tried, well or not; what was skipped does not count. */
const dag = new Dag('rule-one-done');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const tries = ['fast', 'exact'].map((how) => dag.task(`solve_${how}`, run(`solve-${how}`), { skipOn: ['TooLarge'] }));
dag.task('stop_clock', run('stop-clock'), { triggerRule: 'one_done' }).after(...tries);

export default dag;
