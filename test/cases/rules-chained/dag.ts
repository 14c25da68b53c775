import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A repair after a failure, and a report after either: skips and failures travel through three rules. */
const dag = new Dag('rules-chained');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const load = dag.task('load', run('load'));
const check = dag.task('check', run('check')).after(load);
const repair = dag.task('repair', run('repair'), { triggerRule: 'one_failed' }).after(check);
dag.task('report_repair', run('report-repair')).after(repair);
dag.task('report', run('report'), { triggerRule: 'none_failed' }).after(check, repair);

export default dag;
