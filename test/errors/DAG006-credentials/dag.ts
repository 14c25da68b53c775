import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('credentials', { env: { partner: env.string() } });
const list = { service: 's3', action: 'listBuckets', parameters: {} } as const;

// A role has an ARN, and is called `roleArn`.
dag.task('name', aws({ ...list, credentials: { roleArn: 'partner' } }));
// @ts-expect-error: the field has another name
dag.task('field', aws({ ...list, credentials: { RoleArn: dag.env.partner } }));
// @ts-expect-error: it is an object
dag.task('text', aws({ ...list, credentials: dag.env.partner }));
// @ts-expect-error: the role is missing
dag.task('nothing', aws({ ...list, credentials: {} }));

// An endpoint of HTTP is called with a connection.
dag.task(
  'http',
  aws({
    service: 'http',
    action: 'invoke',
    parameters: {
      ApiEndpoint: 'https://example.com/',
      Method: 'GET',
      InvocationConfig: { ConnectionArn: 'arn:aws:events:eu-west-1:111122223333:connection/c/1' },
    },
    credentials: { roleArn: dag.env.partner },
  }),
);

export default dag;
