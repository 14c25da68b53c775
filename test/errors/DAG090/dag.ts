import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const send = aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: 'x' } });
const given = [
  'yesterday',
  '2026-02-30',
  '2026-13-01',
  '2026-1-1',
  '01.02.2026',
  '2026-01-01T25:00:00Z',
  new Date('2026-01-01T00:00:00Z') as never,
  1_767_225_600 as never,
];

export default given.map((startDate, i) => {
  const dag = new Dag(`date_${i}`, { startDate });
  dag.task('a', send);
  return dag;
});
