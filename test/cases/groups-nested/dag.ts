import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A group within a group: the ids say where a task stands. */
const dag = new Dag('groups-nested');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const warehouse = dag.taskGroup('warehouse');
const dimensions = warehouse.taskGroup('dimensions');
dimensions.task('clients', run('clients'));
dimensions.task('items', run('items'));
const facts = warehouse.taskGroup('facts');
facts.task('sales', run('sales'));
facts.after(dimensions);
dag.task('refresh', run('refresh')).after(warehouse);

export default dag;
