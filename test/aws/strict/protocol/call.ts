import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../../../../asl/json/value.ts';
import { jsonCall } from './json-call.ts';
import { queryCall } from './query-call.ts';
import { restCall } from './rest-call.ts';

/** How a service writes its calls and its errors. */
export type Protocol = 'json' | 'query' | 'rest-json' | 's3';

/** A call of AWS as its client meant it. */
export interface AwsCall {
  /** The name that requests are signed for: `s3`, `iam`, `states`, `events` … */
  readonly service: string;
  /** `CreateStateMachine`. */
  readonly operation: string;
  /** By the SDK's names; of a path, a query and headers too. */
  readonly parameters: { readonly [name: string]: Json };
  readonly accessKey: string;
  readonly region: string;
  readonly protocol: Protocol;
}

/** A request as it came, its body read. */
export interface AwsRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The call that a request is; undefined if it is not signed, as none of AWS's API is. */
export async function callOf(request: AwsRequest): Promise<AwsCall | undefined> {
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '');
  if (scope === null) return undefined;
  const [, accessKey, region, service] = scope as unknown as readonly [string, string, string, string];
  const caller = { service, accessKey, region };
  if (request.headers['x-amz-target'] !== undefined) return { ...caller, protocol: 'json', ...jsonCall(request) };
  if (/^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? ''))
    return { ...caller, protocol: 'query', ...queryCall(request) };
  return { ...caller, protocol: service === 's3' ? 's3' : 'rest-json', ...(await restCall(service, request)) };
}

/** A text among a call's parameters; empty if there is none. */
export function textOf({ parameters }: Pick<AwsCall, 'parameters'>, name: string): string {
  const value = parameters[name];
  return typeof value === 'string' ? value : '';
}
