import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('backwards', { schedule: '@daily', startDate: '2026-06-01', endDate: '2026-05-31' });
dag.task('a', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } }));

export default dag;
