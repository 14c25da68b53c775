import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A dependency on a group is on its first tasks; of a group on its last ones. */
const dag = new Dag('groups');
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const extract = dag.task('extract', send);
const clean = dag.taskGroup('clean');
const trim = clean.task('trim', send);
clean.task('check', send).after(trim);
clean.task('count', send);
const inner = clean.taskGroup('deep');
inner.task('down', send);
clean.after(extract);
dag.task('load', send).after(clean);

export default dag;
