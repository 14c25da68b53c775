import { Dag, expr } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('decides');
const first = dag.task('first', say('1'));
const second = dag.task('second', say('2')).after(first);
if (first) dag.task('then', say('then'));
dag.task('chosen', say(second ? 'yes' : 'no'));
if ((first as unknown) === 'success') dag.task('compared', say('compared'));
if ((first as unknown) === second) dag.task('same', say('same'));
dag.if(() => first).then(dag.task('if', say('if')));
dag.task('expr', say(expr(() => (second ? 'yes' : 'no'))));
// Whether there is one may be asked.
let previous: typeof first | undefined;
for (const id of ['x', 'y']) {
  const task = dag.task(id, say(id));
  if (previous) task.after(previous);
  previous = task;
}

export default dag;
