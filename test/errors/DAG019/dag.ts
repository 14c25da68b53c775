import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = (MessageBody: string) =>
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody } });
const dag = new Dag('under-setup');
const setup = dag.setup('setup', send('make'));
dag.task('a', send('a'), { triggerRule: 'all_done' }).after(setup);

export default dag;
