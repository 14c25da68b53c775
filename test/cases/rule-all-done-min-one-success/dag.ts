import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A comparison of sources that needs at least one of them, and all of them to have been tried. */
const dag = new Dag('rule-all-done-min-one-success');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const source = (name: string) => dag.task(name, run(name), { skipOn: ['NotToday'] });
dag
  .task('compare', run('compare'), { triggerRule: 'all_done_min_one_success' })
  .after(source('bank'), source('ledger'), source('till'));

export default dag;
