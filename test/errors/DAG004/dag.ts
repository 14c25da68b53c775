import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('lengths');
const [a, b, c] = ['a', 'b', 'c'].map((id) => dag.task(id, send(id)));
chain([a!, b!], [c!]);

export default dag;
