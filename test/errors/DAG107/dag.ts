import { chain, Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('arguments');
const a = dag.task('a', send);
chain(a, 'b' as never, undefined as never);

export default dag;
