import type { Denied } from './authorize.ts';
import type { IamRequest, PolicyKind } from './policies.ts';

const NAMES: { readonly [kind in PolicyKind]: string } = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  organization: 'service control policy',
  resource: 'resource-based policy',
};

/**
 * What AWS says of a denied request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @example
 * denialText(role, request, denied)
 * // User: arn:aws:sts::…:assumed-role/datalake/… is not authorized to perform: glue:StartCrawler on resource: arn:aws:glue:… because no
 * // identity-based policy allows the glue:StartCrawler action
 */
export function denialText(principal: string, { action, resource }: IamRequest, { by, explicit }: Denied): string {
  const name = NAMES[by];
  const article = /^i/.test(name) ? 'an' : 'a';
  const why = explicit
    ? `with an explicit deny in ${article} ${name}`
    : `because no ${name} allows the ${action} action`;
  return `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
