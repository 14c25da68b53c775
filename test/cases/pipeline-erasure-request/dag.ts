import { Dag, param, taskToken } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** A client asks to be forgotten: a person agrees, every store deletes, and a certificate is written only where all did. */
const dag = new Dag('pipeline-erasure-request', { params: { client: param.string({ minLength: 1 }) } });
const approve = dag.task(
  'approve',
  aws({
    service: 'sqs',
    action: 'sendMessage',
    pattern: 'callback',
    parameters: {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/privacy',
      MessageBody: { client: dag.params.client, token: taskToken },
    },
  }),
  { executionTimeout: '7d', skipOn: ['Declined'] },
);
const erased = ['crm', 'lake', 'mail'].map((store) =>
  dag
    .task(
      `erase_${store}`,
      aws({
        service: 'lambda',
        action: 'invoke',
        parameters: { FunctionName: `erase-${store}`, Payload: { client: dag.params.client } },
      }),
      {
        retries: 3,
        retryDelay: '10m',
      },
    )
    .after(approve),
);
dag
  .task('certificate', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'write-certificate' } }))
  .after(...erased);
dag
  .task(
    'escalate',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:privacy', Message: 'A store did not delete' },
    }),
    {
      triggerRule: 'one_failed',
    },
  )
  .after(...erased);

export default dag;
