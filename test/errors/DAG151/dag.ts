import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('sales.daily');
dag.task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load' } }));

export default dag;
