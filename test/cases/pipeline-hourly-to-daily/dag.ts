import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Every hour is loaded; the day is summed up in the hour before midnight, which the logical date says. */
const dag = new Dag('pipeline-hourly-to-daily', { schedule: '@hourly', startDate: '2026-01-01' });
const call = (FunctionName: string, Payload: object) =>
  aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName, Payload } });
const load = dag.task('load_hour', call('load-hour', { hour: dag.logicalDate }));
const last = dag.shortCircuit('is_last_hour', () => dag.logicalDate.includes('T23:')).after(load);
const sum = dag.task('sum_day', call('sum-day', { until: dag.logicalDate })).after(last);
dag.task('tell_day', call('tell-day', {})).after(sum);

export default dag;
