import { Dag, env } from 'dagwright';
import { s3 } from 'dagwright/tasks';

/** What arrived is listed, kept and noted; the day's drafts are deleted however that went. */
const dag = new Dag('lake_files', { schedule: '@daily', env: { lake: env.bucket(), archive: env.bucket() } });
const { lake, archive } = dag.env;

const files = dag.task('files', s3.list({ bucket: lake, prefix: `in/${dag.logicalDate}/`, maxKeys: 3 }), {
  executionTimeout: '10m',
});
const first = dag.shortCircuit('any', () => files.output.Objects.length > 0);
const { Key } = files.output.Objects[0]!;
const keep = dag
  .task('keep', s3.copy({ from: `s3://${lake}/${Key}`, to: `s3://${archive}/kept/${dag.logicalDate}/first.csv` }), {
    retries: 1,
    retryDelay: '10s',
  })
  .after(first);
const sample = dag
  .task('sample', s3.copy({ from: `s3://${lake}/examples/a day & more.csv`, to: `s3://${archive}/example.csv` }))
  .after(first);
const note = dag
  .task(
    'note',
    s3.put({ to: `s3://${lake}/notes/${dag.logicalDate}.json`, body: { day: dag.logicalDate, first: Key } }),
  )
  .after(keep);
const mark = dag.task('mark', s3.put({ to: `s3://${lake}/notes/_SUCCESS` })).after(note, sample);
dag.task('moved', s3.delete({ bucket: lake, keys: Key })).after(mark);
dag.task('drop', s3.delete({ bucket: lake, keys: ['in/old.csv', `in/${dag.logicalDate}.lock`] })).after(mark);
dag
  .task('tidy', s3.delete({ bucket: lake, prefix: `tmp/${dag.logicalDate}/` }), {
    executionTimeout: '30m',
    triggerRule: 'all_done',
  })
  .after(keep);

export default dag;
