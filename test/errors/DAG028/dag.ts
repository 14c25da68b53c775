import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('no-setup');
const a = dag.task('a', send('a'));
dag.teardown('b', send('b'), { setups: [a] });

export default dag;
