import { syntaxErrors } from './decision.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';

/** The documents in calls, and whether they say who may assume a role or what somebody may do. */
const DOCUMENTS: { readonly [operation: string]: { readonly parameter: string; readonly kind: 'trust' | 'identity' } } =
  {
    CreateRole: { parameter: 'AssumeRolePolicyDocument', kind: 'trust' },
    UpdateAssumeRolePolicy: { parameter: 'PolicyDocument', kind: 'trust' },
    PutRolePolicy: { parameter: 'PolicyDocument', kind: 'identity' },
    PutUserPolicy: { parameter: 'PolicyDocument', kind: 'identity' },
    CreatePolicy: { parameter: 'PolicyDocument', kind: 'identity' },
    CreatePolicyVersion: { parameter: 'PolicyDocument', kind: 'identity' },
  };

/** What IAM says of a document that it does not take; undefined where it takes it. */
export async function malformedPolicy(call: AwsCall, partition: string): Promise<Answer | undefined> {
  const about = call.service === 'iam' ? DOCUMENTS[call.operation] : undefined;
  if (about === undefined) return undefined;
  const message = await faultOf(textOf(call, about.parameter), about.kind, partition);
  if (message === undefined) return undefined;
  return refusal(call, { code: 'MalformedPolicyDocument', message });
}

export async function faultOf(
  text: string,
  kind: 'trust' | 'identity',
  partition: string,
): Promise<string | undefined> {
  let document: Document;
  try {
    document = JSON.parse(text) as Document;
  } catch {
    return 'This policy contains invalid Json';
  }
  const errors = await syntaxErrors(document, kind);
  if (errors.length > 0) return `Syntax errors in policy. (${errors.join('; ')})`;
  for (const { Resource, NotResource, Principal } of [document.Statement].flat()) {
    for (const resource of [Resource ?? [], NotResource ?? []].flat()) {
      const fault = resourceFault(resource, partition);
      if (fault !== undefined) return fault;
    }
    const principal = kind === 'trust' ? principalFault(Principal, partition) : undefined;
    if (principal !== undefined) return principal;
  }
  return undefined;
}

interface Document {
  readonly Statement: Statement | readonly Statement[];
}

interface Statement {
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: string | { readonly [kind: string]: string | readonly string[] };
}

function resourceFault(resource: string, partition: string): string | undefined {
  if (resource === '*') return undefined;
  const [arn, of, service] = resource.split(':');
  if (arn !== 'arn' || resource.split(':').length < 6) return `Resource ${resource} must be in ARN format or "*".`;
  // A pattern may stand for a partition or a service, as for anything.
  if (of !== partition && !/[*?]/.test(of!)) return `Partition "${of}" is not valid for resource "${resource}".`;
  if (service === '') return `Vendor  is not valid`;
  return undefined;
}

/** Services' principals are names of hosts; others are ARNs of this partition, account numbers or `*`. */
function principalFault(principal: Statement['Principal'], partition: string): string | undefined {
  if (principal === undefined) return undefined;
  if (typeof principal === 'string') return principal === '*' ? undefined : invalid('AWS', principal);
  for (const [kind, values] of Object.entries(principal))
    for (const value of [values].flat()) {
      if (kind === 'Service' && !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(value))
        return invalid(kind, value);
      if (kind === 'AWS' && !(value === '*' || /^\d{12}$/.test(value) || value.startsWith(`arn:${partition}:`)))
        return invalid(kind, value);
    }
  return undefined;
}

function invalid(kind: string, value: string): string {
  return kind === 'Service'
    ? `Invalid principal in policy: "SERVICE":"${value}"`
    : `Invalid principal in policy: "AWS":"${value}"`;
}
