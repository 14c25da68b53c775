import { builtIn, type Permission } from '../../authoring/internal.ts';

/**
 * What a call of a third party's address needs, which no API of AWS stands for: the machine may call it, and read the credentials of the
 * connection.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions
 */
export function callsAddress(call: {
  readonly method: string;
  readonly url: string;
  /** The connection's ARN; undefined where only a run knows it. */
  readonly connection: string | undefined;
}): Permission[] {
  const ours = (service: string, resource: string) =>
    `arn:${builtIn('partition')}:${service}:${builtIn('region')}:${builtIn('account')}:${resource}`;
  return [
    {
      actions: ['states:InvokeHTTPEndpoint'],
      resources: [ours('states', `stateMachine:${builtIn('machine')}`)],
      condition: { StringLike: { 'states:HTTPEndpoint': call.url, 'states:HTTPMethod': call.method } },
    },
    { actions: ['events:RetrieveConnectionCredentials'], resources: [call.connection ?? '*'] },
    {
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      resources: [ours('secretsmanager', 'secret:events!connection/*')],
    },
  ];
}
