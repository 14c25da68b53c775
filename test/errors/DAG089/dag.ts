import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const given = [
  '61 * * * *',
  'every day',
  '0 0 0 * * *',
  '0 12 * * ? *',
  'rate(1 day)',
  'rate(6 hours)',
  'cron(0 12 ? * 2-6 *)',
  '@midnight',
  '@dayly',
  '0 0 30 2 *',
  '* * * *',
  '',
  86_400 as never,
];

export default given.map((schedule, i) => {
  const dag = new Dag(`schedule_${i}`, { schedule });
  dag.task('a', send);
  return dag;
});
