import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

const say = (Message: string) => aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn', Message } });
const dag = new Dag('never', { params: { full: param.boolean({ default: false }) } });
const [a, b, c, join] = ['a', 'b', 'c', 'join'].map((id) => dag.task(id, say(id)));

const choice = dag.branch('choice', () => (dag.params.full ? a! : b!)).before(a!, b!, c!);
// A join is behind what is chosen.
dag.task('joined', say(`chosen: ${choice.output[0]}`), { triggerRule: 'all_done' }).after(a!, b!);
dag.task('report', say(`chosen: ${choice.output[0]}`), { triggerRule: 'all_done' });
dag
  .if(() => dag.params.full)
  .then(dag.task('then', say('then')))
  .before(join!);

export default dag;
