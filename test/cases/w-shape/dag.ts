import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Each report needs its own extract and the calendar: the smallest shape that does not nest but for the calendar. */
const dag = new Dag('w-shape');
const run = (FunctionName: string) => aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName } });
const sales = dag.task('sales', run('extract-sales'), { estimate: '20m' });
const calendar = dag.task('calendar', run('extract-calendar'), { estimate: '1m' });
const costs = dag.task('costs', run('extract-costs'), { estimate: '25m' });
dag.task('sales_report', run('report-sales'), { estimate: '5m' }).after(sales, calendar);
dag.task('costs_report', run('report-costs'), { estimate: '5m' }).after(calendar, costs);

export default dag;
