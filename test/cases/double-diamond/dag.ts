import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Two diamonds in series: everything of the first is done before the second begins. */
const dag = new Dag('double-diamond');
const step = (id: string) =>
  dag.task(id, aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: id } }));
chain(
  step('open'),
  [step('parse_orders'), step('parse_clients')],
  step('join'),
  [step('score_orders'), step('score_clients'), step('score_items')],
  step('close'),
);

export default dag;
