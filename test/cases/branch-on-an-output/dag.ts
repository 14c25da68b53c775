import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Checked {
  readonly output: { readonly Payload: { readonly quality: number; readonly table: string } };
}

/** A data quality gate: what was found decides between publishing and quarantine. */
const dag = new Dag('branch-on-an-output', { schedule: '@daily' });
const check = dag.task(
  'check',
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'check-quality' } }),
) as unknown as Checked;
const move = (to: string) =>
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: { FunctionName: 'move', Payload: { table: check.output.Payload.table, to } },
  });
const publish = dag.task('publish', move('published'));
const quarantine = dag.task('quarantine', move('quarantine'));
dag
  .if(() => check.output.Payload.quality >= 0.95, { id: 'is_good' })
  .then(publish)
  .else(quarantine);

export default dag;
