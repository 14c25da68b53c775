import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The table that is not live is filled and checked; the switch is thrown only where the check agrees, else it is emptied again. */
const dag = new Dag('pipeline-blue-green', { params: { live: param.enum(['blue', 'green'], { default: 'blue' }) } });
const call = (FunctionName: string, Payload: object = {}) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload } });
const fill = (colour: string) => dag.task(`fill_${colour}`, call('fill', { colour }));
const [blue, green] = [fill('blue'), fill('green')];
dag
  .switch(() => dag.params.live, { id: 'live' })
  .case('blue', green)
  .case('green', blue);
const check = dag.task('check', call('check'), { triggerRule: 'none_failed_min_one_success' }).after(blue, green);
dag.task('switch', call('switch')).after(check);
dag.task('empty', call('empty'), { triggerRule: 'one_failed' }).after(check);

export default dag;
