import { Dag, env } from 'dagwright';
import { events, s3, sns } from 'dagwright/tasks';

/**
 * What arrived for a day is moved to the archive's first place, noted and told to whoever listens; the drafts go whatever comes of it.
 * Airflow: example_s3, example_eventbridge, example_sns.
 */
const dag = new Dag('arrivals', {
  schedule: '0 7 * * *',
  env: {
    lake: env.bucket({ description: 'Files arrive below inbox/<day>/.' }),
    alerts: env.string({ description: 'The ARN of the topic that is told of days without files' }),
  },
  defaultArgs: { executionTimeout: '10m' },
});
const { lake, alerts } = dag.env;

const files = dag.task('files', s3.list({ bucket: lake, prefix: `inbox/${dag.logicalDate}/` }), { retries: 2 });
const { Key, Size } = files.output.Objects[0]!;

const keep = dag.task(
  'keep',
  s3.copy({ from: `s3://${lake}/${Key}`, to: `s3://${lake}/archive/${dag.logicalDate}.csv` }),
);
const note = dag
  .task('note', s3.put({ to: `s3://${lake}/archive/${dag.logicalDate}.json`, body: { from: Key, bytes: Size } }))
  .after(keep);
const drop = dag.task('drop', s3.delete({ bucket: lake, keys: Key })).after(note);
const tell = events.put({ source: 'data.arrivals', detailType: 'Day is there', detail: { day: dag.logicalDate } });
dag.task('tell', tell).after(drop);

const nothing = sns.publish({ topic: alerts, subject: 'Nothing arrived', message: { day: dag.logicalDate } });
const alarm = dag.task('alarm', nothing);
dag
  .if(() => files.output.Objects.length > 0)
  .then(keep)
  .else(alarm);

dag
  .task('tidy', s3.delete({ bucket: lake, prefix: `drafts/${dag.logicalDate}/` }), { triggerRule: 'all_done' })
  .after(drop);

export default dag;
