import type { JsonObject } from '../../../asl/json/value.ts';
import type { AwsCall, AwsRequest } from './protocol/call.ts';

/** Another call of the same service, as its caller would have sent it. */
export function requestFor(
  { headers, ...request }: AwsRequest,
  call: AwsCall,
  { operation, parameters }: { readonly operation: string; readonly parameters: JsonObject },
): AwsRequest {
  const { 'content-encoding': _, ...kept } = headers;
  if (call.protocol === 'json') {
    const target = String(headers['x-amz-target']).replace(/\.[^.]+$/, `.${operation}`);
    return { ...request, headers: { ...kept, 'x-amz-target': target }, body: Buffer.from(JSON.stringify(parameters)) };
  }
  if (call.protocol === 'query') {
    const form = new URLSearchParams({ Action: operation, Version: VERSIONS[call.service]! });
    for (const [name, value] of Object.entries(parameters)) form.set(name, String(value));
    return { ...request, headers: kept, body: Buffer.from(form.toString()) };
  }
  if (call.service === 'scheduler' && operation === 'GetSchedule')
    return {
      method: 'GET',
      url: `/schedules/${encodeURIComponent(String(parameters.Name))}`,
      headers: kept,
      body: Buffer.alloc(0),
    };
  throw new Error(`The strict AWS has no form for ${call.service}:${operation}.`);
}

const VERSIONS: { readonly [service: string]: string } = { iam: '2010-05-08', sts: '2011-06-15' };
