import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The catalog is brought up to date where nothing failed; a table that had no news is no obstacle. */
const dag = new Dag('rule-none-failed', { schedule: '@hourly' });
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const tables = ['clicks', 'views', 'buys'].map((table) =>
  dag.task(`load_${table}`, run(`load-${table}`), { skipOn: ['NoNews'] }),
);
dag.task('catalog', run('catalog'), { triggerRule: 'none_failed' }).after(...tables);

export default dag;
