import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('taken', {
  env: {
    region: env.string(),
    account: env.string(),
    assets: env.bucket(),
    machine: env.string(),
    function_score: env.string(),
  },
});
dag.task(
  'a',
  aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: dag.env.region } }),
);

export default dag;
