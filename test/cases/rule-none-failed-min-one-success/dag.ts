import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The usual join behind a branch: one of the ways ran, and well. */
const dag = new Dag('rule-none-failed-min-one-success', {
  params: { mode: param.enum(['full', 'delta', 'nothing'], { default: 'delta' }) },
});
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const full = dag.task('full', run('full'));
const delta = dag.task('delta', run('delta'));
dag
  .branch('mode', () => (dag.params.mode === 'full' ? full : dag.params.mode === 'delta' ? delta : []))
  .before(full, delta);
dag.task('publish', run('publish'), { triggerRule: 'none_failed_min_one_success' }).after(full, delta);

export default dag;
