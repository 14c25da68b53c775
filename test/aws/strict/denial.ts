import { type Denied, denialText } from '../../../engines/iam/index.ts';
import type { Principal } from './principals.ts';
import type { AwsCall } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';
import type { IamRequest } from './requests/request.ts';

/**
 * IAM's words for what it does not allow, as each service passes them on.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denial(call: AwsCall, { arn }: Principal, request: IamRequest, denied: Denied): Answer {
  // S3 puts the resource in quotes.
  const resource = call.protocol === 's3' ? `"${request.resource}"` : request.resource;
  const message = denialText(arn, { ...request, resource, context: {} }, denied);
  return refusal(call, { message, ...codeOf(call) });
}

function codeOf({ protocol, service }: AwsCall): { code: string; status: number } {
  if (protocol === 'query' || protocol === 's3') return { code: 'AccessDenied', status: 403 };
  if (service === 'monitoring') return { code: 'AccessDenied', status: 403 };
  return { code: 'AccessDeniedException', status: protocol === 'rest-json' ? 403 : 400 };
}
