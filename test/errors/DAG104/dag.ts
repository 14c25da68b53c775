import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('handles');
const setup = dag.setup('setup', send);
dag.task('a', send).after(setup);
dag.teardown('one', send, { setups: 'setup' as never });
dag.teardown('two', send, { setups: [setup, undefined as never, send as never] });

export default dag;
