import { Dag, expr, maybe } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Ids of digits: an object's keys that look like numbers come first, whatever the plan says, so that no order may be taken from them. */
const dag = new Dag('digit-ids');
const say = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const extract = dag.task('extract', say('extract'));
const either = expr(() => (maybe(extract.output.MessageId) as string | undefined) ?? 'none');
const last = dag.task('2023', say(either), { triggerRule: 'all_done' });
const first = dag.task('2022', say(`${last.output.MessageId}`)).after(last);
dag.task('10', say(`${extract.output.MessageId}`)).after(first);
dag.task('9', say(`${last.output.MessageId}`)).after(first);

export default dag;
