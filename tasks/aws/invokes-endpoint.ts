import { builtIn, isReference, type Permission } from '../../authoring/internal.ts';
import { callsAddress } from '../http/access.ts';
import type { Integration } from './integration.ts';

/** What a call of an HTTP endpoint needs that no API of AWS stands for. */
export function invokesEndpoint({ sdk, service }: Integration, parameters: unknown): Permission[] {
  if (sdk || typeof parameters !== 'object' || parameters === null || isReference(parameters)) return [];
  const given = parameters as { readonly [name: string]: unknown };
  if (service === 'http') return thirdParty(given);
  return service === 'apigateway' ? gateway(given) : [];
}

/** A third party's. */
function thirdParty(given: { readonly [name: string]: unknown }): Permission[] {
  const connection = connectionOf(given.InvocationConfig) ?? connectionOf(given.Authentication);
  return callsAddress({ method: `${given.Method}`, url: `${given.ApiEndpoint}`, connection });
}

function connectionOf(config: unknown): string | undefined {
  if (typeof config !== 'object' || config === null || isReference(config)) return undefined;
  const { ConnectionArn } = config as { readonly ConnectionArn?: unknown };
  return ConnectionArn === undefined ? undefined : `${ConnectionArn}`;
}

/**
 * One of API Gateway's, where it asks who calls.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
 */
function gateway({ ApiEndpoint, AuthType, Stage, Method, Path }: { readonly [name: string]: unknown }): Permission[] {
  if (AuthType === undefined || AuthType === 'NO_AUTH') return [];
  const api = /^([a-z0-9]+)\.execute-api\./.exec(`${ApiEndpoint}`)?.[1] ?? '*';
  const path = Path === undefined ? '' : `${Path}`.replace(/^\//, '');
  return [
    {
      actions: ['execute-api:Invoke'],
      resources: [ours('execute-api', `${api}/${Stage === undefined ? '*' : `${Stage}`}/${Method}/${path}`)],
    },
  ];
}

function ours(service: string, resource: string): string {
  return `arn:${builtIn('partition')}:${service}:${builtIn('region')}:${builtIn('account')}:${resource}`;
}
