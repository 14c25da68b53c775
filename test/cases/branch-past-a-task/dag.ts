import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A task that can be left out: the branch also goes straight to the task behind it. */
const dag = new Dag('branch-past-a-task', { params: { deduplicate: param.boolean({ default: true }) } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const deduplicate = dag.task('deduplicate', run('deduplicate'));
const store = dag.task('store', run('store'), { triggerRule: 'none_failed_min_one_success' }).after(deduplicate);
dag.branch('how', () => (dag.params.deduplicate ? deduplicate : store)).before(deduplicate, store);

export default dag;
