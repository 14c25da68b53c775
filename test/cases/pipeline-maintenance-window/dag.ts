import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Consumers are stopped, the index is rebuilt, and consumers are started again whatever happened in between. */
const dag = new Dag('pipeline-maintenance-window', { schedule: '0 1 * * 0' });
const scale = (DesiredCount: number) =>
  aws({ service: 'ecs', action: 'updateService', parameters: { Cluster: 'live', Service: 'consumer', DesiredCount } });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const stop = dag.setup('stop', scale(0));
const vacuum = dag.task('vacuum', run('vacuum'), { executionTimeout: '15m' }).after(stop);
const reindex = dag.task('reindex', run('reindex'), { executionTimeout: '15m' }).after(vacuum);
dag
  .teardown('start', scale(2), { setups: stop, retries: 5, retryDelay: '10s', onFailureFailDagrun: true })
  .after(reindex);

export default dag;
