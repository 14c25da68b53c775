import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A branch whose choice is an id or a list of ids that is known when the run gets there. */
const dag = new Dag('computed-branch', { params: { which: param.json<string[]>() } });
const send = aws({
  service: 'sqs',
  action: 'sendMessage',
  parameters: { QueueUrl: 'https://queue', MessageBody: 'hello' },
});
const route = dag.branch('route', () => dag.params.which);
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, send).after(route));
dag.task('join', send, { triggerRule: 'none_failed_min_one_success' }).after(a!, b!, c!);
dag.task('always', send, { triggerRule: 'all_done' }).after(a!, route);

export default dag;
