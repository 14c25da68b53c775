import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('refused');
dag.task(
  'a',
  aws({
    service: 'sqs',
    action: 'sendMesage' as never,
    parameters: { QueueUrl: 'https://q', MessageBody: 'a' } as never,
  }),
);

export default dag;
