import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two decisions side by side, each with its own two ways; the end waits for all. */
const dag = new Dag('branches-in-parallel', {
  params: { compress: param.boolean({ default: true }), encrypt: param.boolean({ default: false }) },
});
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const task = (id: string) => dag.task(id, run(id));
const [gzip, plain, kms, open] = [task('gzip'), task('plain'), task('kms'), task('open')];
dag
  .if(() => dag.params.compress, { id: 'compress' })
  .then(gzip)
  .else(plain);
dag
  .if(() => dag.params.encrypt, { id: 'encrypt' })
  .then(kms)
  .else(open);
dag.task('manifest', run('manifest'), { triggerRule: 'none_failed_min_one_success' }).after(gzip, plain, kms, open);

export default dag;
