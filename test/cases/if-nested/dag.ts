import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A decision behind a decision: only a full load asks whether to rebuild the index. */
const dag = new Dag('if-nested', {
  params: { full: param.boolean({ default: false }), index: param.boolean({ default: true }) },
});
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const rebuild = dag.task('rebuild', run('rebuild'));
const keep = dag.task('keep', run('keep'));
const inner = dag
  .if(() => dag.params.index, { id: 'with_index' })
  .then(rebuild)
  .else(keep);
const delta = dag.task('delta', run('delta'));
dag
  .if(() => dag.params.full, { id: 'is_full' })
  .then(inner)
  .else(delta);
dag.task('done', run('done'), { triggerRule: 'none_failed_min_one_success' }).after(rebuild, keep, delta);

export default dag;
