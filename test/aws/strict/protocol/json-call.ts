import type { JsonObject } from '../../../../asl/json/value.ts';
import type { AwsCall, AwsRequest } from './call.ts';

/** AWS JSON 1.0 and 1.1: the operation stands in a header, its input is the body. */
export function jsonCall({ headers, body }: AwsRequest): Pick<AwsCall, 'operation' | 'parameters'> {
  const text = body.toString('utf8');
  return {
    operation: String(headers['x-amz-target']).split('.').at(-1)!,
    parameters: text === '' ? {} : (JSON.parse(text) as JsonObject),
  };
}
