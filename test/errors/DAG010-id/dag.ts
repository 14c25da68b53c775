import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('id', { env: { name: env.string() } });
dag.task(dag.env.name, send);

export default dag;
