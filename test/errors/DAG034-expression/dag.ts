import { Dag, expr, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('expression');
const job = dag.task('job', aws({ service: 'glue', action: 'startJobRun', parameters: { JobName: 'j' } }));
const id = job.output.JobRunId as string;
const rule = { triggerRule: 'all_done' } as const;
// Read as if they were there: refused.
dag.task('compared', send(expr(() => (id === 'jr_1' ? 'first' : 'other'))), rule).after(job);
dag.task('joined', send(expr(() => `run ${id}`)), rule).after(job);
dag.task('part', send(expr(() => maybe(job.output.JobRunId) ?? id)), rule).after(job);
// It is said what stands for them: fine.
dag.task('else', send(expr(() => maybe(id) ?? 'none')), rule).after(job);
dag.task('asked', send(expr(() => (maybe(id) === undefined ? 'none' : `run ${id}`))), rule).after(job);
dag.task('truth', send(expr(() => (maybe(id) ? 'some' : 'none'))), rule).after(job);
dag.task('field', send(expr(() => maybe(job.output)?.JobRunId ?? 'none')), rule).after(job);
// Needs it: fine, with or without.
dag.task('needs', send(`run ${id}`)).after(job);
dag.task('needless', send(expr(() => maybe(id) ?? 'none'))).after(job);

export default dag;
