import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A database within a network: the inner teardown runs first, the outer one when the inner is gone. */
const dag = new Dag('setups-nested');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const network = dag.setup('network', run('make-network'));
const database = dag.setup('database', run('make-database')).after(network);
const migrate = dag.task('migrate', run('migrate')).after(database);
const noDatabase = dag.teardown('no_database', run('drop-database'), { setups: database }).after(migrate);
dag.teardown('no_network', run('drop-network'), { setups: network }).after(noDatabase);

export default dag;
