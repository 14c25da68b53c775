import { Dag, param } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** Three sizes of a machine, by the number of rows; the load that was chosen is followed by one refresh. */
const dag = new Dag('else-if', { params: { rows: param.integer({ default: 1000, minimum: 0 }) } });
const load = (id: string, WorkerType: 'G.1X' | 'G.2X' | 'G.8X') =>
  dag.task(
    id,
    aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'load', WorkerType } }),
  );
const small = load('load_small', 'G.1X');
const medium = load('load_medium', 'G.2X');
const large = load('load_large', 'G.8X');
dag
  .if(() => dag.params.rows < 10_000, { id: 'size' })
  .then(small)
  .elseIf(() => dag.params.rows < 1_000_000)
  .then(medium)
  .else(large);
dag
  .task('refresh', athena.query({ sql: 'MSCK REPAIR TABLE rows', database: 'd', results: 's3://answers/refresh/' }), {
    triggerRule: 'none_failed_min_one_success',
  })
  .after(small, medium, large);

export default dag;
