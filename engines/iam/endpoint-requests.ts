import { isObject, type Json, type JsonObject } from '../../asl/json/value.ts';
import type { IamRequest } from './policies.ts';
import type { Place } from './requests.ts';

/** What IAM is asked for a call of an HTTP endpoint, which no API of AWS stands for; undefined where the integration calls none. */
export function endpointRequests(
  integration: string,
  args: Json,
  { place, machine }: { readonly place: Place; readonly machine: string },
): IamRequest[] | undefined {
  const given = isObject(args) ? args : {};
  if (integration === 'http:invoke') return thirdParty(given, place, machine);
  return integration === 'apigateway:invoke' ? gateway(given, place) : undefined;
}

/**
 * A third party's: the machine may call the address, and read the credentials of the connection.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions
 */
function thirdParty(given: JsonObject, place: Place, machine: string): IamRequest[] {
  const { partition, region, account } = place;
  const config = [given.InvocationConfig, given.Authentication].find(isObject);
  const connection = `${config?.ConnectionArn ?? '*'}`;
  const secret = `events!connection/${/\/(.+)$/.exec(connection)?.[1] ?? '*'}`;
  const context = { 'aws:RequestedRegion': region };
  return [
    {
      action: 'states:InvokeHTTPEndpoint',
      resource: `arn:${partition}:states:${region}:${account}:stateMachine:${machine}`,
      context: {
        ...context,
        'states:HTTPEndpoint': `${given.ApiEndpoint ?? ''}`,
        'states:HTTPMethod': `${given.Method ?? ''}`,
      },
    },
    { action: 'events:RetrieveConnectionCredentials', resource: connection, context },
    ...['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'].map((action) => ({
      action,
      resource: `arn:${partition}:secretsmanager:${region}:${account}:secret:${secret}`,
      context,
    })),
  ];
}

/**
 * One of API Gateway's, where it asks who calls.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
function gateway(given: JsonObject, { partition, region, account }: Place): IamRequest[] {
  const { ApiEndpoint, AuthType = 'NO_AUTH', Stage = '', Method, Path = '' } = given;
  if (AuthType === 'NO_AUTH') return [];
  const api = `${ApiEndpoint}`.split('.')[0];
  const path = `${Path}`.replace(/^\//, '');
  return [
    {
      action: 'execute-api:Invoke',
      resource: `arn:${partition}:execute-api:${region}:${account}:${api}/${Stage}/${Method}/${path}`,
      context: { 'aws:RequestedRegion': region },
    },
  ];
}
