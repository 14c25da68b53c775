import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two gates one behind the other: the first that is closed skips everything, the second gate among it. */
const dag = new Dag('short-circuits-in-series', {
  params: { workday: param.boolean({ default: true }), rows: param.integer({ default: 1 }) },
});
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const workday = dag.shortCircuit('workday', () => dag.params.workday);
const count = dag.task('count', run('count')).after(workday);
const any = dag.shortCircuit('any', () => dag.params.rows > 0).after(count);
const load = dag.task('load', run('load')).after(any);
dag.task('tell', run('tell'), { triggerRule: 'all_done' }).after(load);

export default dag;
