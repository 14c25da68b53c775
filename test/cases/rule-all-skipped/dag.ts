import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Where nothing was due, that is said; a failure is no reason to say it. */
const dag = new Dag('rule-all-skipped', { params: { day: param.string({ default: '2026-01-01' }) } });
const run = (FunctionName: string) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload: { day: dag.params.day } } });
const monthly = dag.task('monthly', run('monthly'), { skipOn: ['NotDue'] });
const weekly = dag.task('weekly', run('weekly'), { skipOn: ['NotDue'] });
dag.task('nothing_due', run('nothing-due'), { triggerRule: 'all_skipped' }).after(monthly, weekly);

export default dag;
