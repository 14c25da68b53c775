import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The bill is asked for when the cluster is gone; a cluster that does not go is the bill’s affair. */
const dag = new Dag('task-after-a-teardown');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const up = dag.setup('up', run('up'));
const work = dag.task('work', run('work')).after(up);
const down = dag.teardown('down', run('down'), { setups: up }).after(work);
dag.task('bill', run('bill')).after(down);

export default dag;
