import { Dag, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A DAG as a user's test imports it: with an expression that captures, a branch and a trigger rule. */
const dag = new Dag('ratings', {
  params: { full: param.boolean({ default: true }), limit: param.integer({ default: 3 }) },
});

const invoke = (FunctionName: string, Payload: object = {}) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload } });
const most = 10;

const count = dag.task('count', invoke('count', { limit: dag.params.limit }));
const silver = dag.task('silver', invoke('silver'), { retries: 2, retryDelay: '1m' }).after(count);
dag.task('gold', invoke('gold')).after(silver);
dag.task('clean', invoke('clean'), { triggerRule: 'all_done' }).after(silver);
const large = dag.task('large', invoke('large', { size: expr(() => `over ${most}: ${dag.params.limit}`) }));
const small = dag.task('small', invoke('small'));
dag
  .if(() => dag.params.limit > most)
  .then(large)
  .else(small)
  .after(silver);

export default dag;
