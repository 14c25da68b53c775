import { Dag, expr, maybe, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Written {
  readonly output: { readonly Payload: { readonly rows: number } };
}

/** Behind a branch the rows of whichever way was taken; where it failed, nothing is said to be written. */
const dag = new Dag('output-of-whichever-ran', { params: { full: param.boolean({ default: false }) } });
const write = (id: string) =>
  dag.task(id, aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: id } }));
const full = write('full');
const delta = write('delta');
dag
  .if(() => dag.params.full, { id: 'is_full' })
  .then(full)
  .else(delta);
const [inFull, inDelta] = [full, delta].map((task) => (task as unknown as Written).output.Payload.rows);
dag
  .task(
    'count',
    aws({
      service: 'cloudwatch',
      action: 'putMetricData',
      parameters: {
        Namespace: 'loads',
        MetricData: [{ MetricName: 'rows', Value: expr(() => maybe(inFull) ?? maybe(inDelta) ?? 0) }],
      },
    }),
    { triggerRule: 'all_done' },
  )
  .after(full, delta);

export default dag;
