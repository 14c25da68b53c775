import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const dag = new Dag('skips');
dag.task('a', send, { skipOn: ['States.ALL'] });
dag.task('b', send, { skipOn: ['States.Runtime', 'States.TimeOut', ' '] });
dag.task('c', send, { skipOn: 'X' as never });

export default dag;
