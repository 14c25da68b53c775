import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('undeclared', {
  env: { lake: 'my-bucket' as never },
  params: { day: '2026-01-01' as never, full: true as never, n: 3 as never, what: undefined as never },
});
const { lake } = dag.env;
dag.task(
  'a',
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: lake, MessageBody: dag.params.day } }),
);

export default dag;
