import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Dependencies on a group without tasks and on an empty list. */
const dag = new Dag('groups');
const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://queue', MessageBody } });
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, send(id)));
const empty = dag.taskGroup('empty');
empty.after(a!).before(b!);
chain(a!, [], c!);

export default dag;
