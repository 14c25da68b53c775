import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });

export default ['Mars/X', 'CET', 'UTC+1', 'Europe/Zuerich', 'europe/zurich', '+01:00', '', 1 as never].map(
  (timezone, i) => {
    const dag = new Dag(`zone_${i}`, { timezone });
    dag.task('a', send);
    return dag;
  },
);
