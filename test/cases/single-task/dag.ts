import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** One call, once a night. */
const dag = new Dag('single-task', { schedule: '0 2 * * *', timezone: 'Europe/Zurich' });
dag.task('vacuum', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'vacuum' } }));

export default dag;
