import { trusts } from './decision.ts';
import type { Callers, Principal } from './principals.ts';
import { sessionOf } from './principals.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, escaped, refusal } from './protocol/refusal.ts';
import { type Roles, roleNameOf } from './roles.ts';

/** What STS says of callers; the endpoint behind knows none. */
export function callerIdentity({ arn }: Principal): Answer {
  const account = arn.split(':')[4]!;
  const id = arn.includes(':assumed-role/')
    ? `AROA000000000000:${arn.split('/').at(-1)}`
    : isUser(arn)
      ? 'AIDA000000000000'
      : account;
  return xml('GetCallerIdentity', `<Arn>${escaped(arn)}</Arn><UserId>${id}</UserId><Account>${account}</Account>`);
}

function isUser(arn: string): boolean {
  return arn.includes(':user/');
}

/** A session of a role whose trust lets the caller have one. */
export async function assumeRole(
  call: AwsCall,
  caller: Principal,
  { roles, callers, delayMs }: { readonly roles: Roles; readonly callers: Callers; readonly delayMs: number },
): Promise<Answer> {
  const arn = textOf(call, 'RoleArn');
  const role = await roles.seen(roleNameOf(arn), delayMs);
  const externalId = textOf(call, 'ExternalId');
  const context = { 'aws:PrincipalArn': caller.arn, ...(externalId !== '' && { 'sts:ExternalId': externalId }) };
  if (role === undefined || role.arn !== arn || !(await trusts(role, caller.arn, context)))
    return refusal(call, {
      code: 'AccessDenied',
      message: `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      status: 403,
    });
  const session = sessionOf(role, textOf(call, 'RoleSessionName'));
  const { accessKeyId, secretAccessKey, sessionToken } = callers.session({
    ...session,
    ...(caller.scps && { scps: caller.scps }),
  });
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return xml(
    'AssumeRole',
    `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expires}</Expiration></Credentials><AssumedRoleUser><Arn>${session.arn}</Arn><AssumedRoleId>AROA000000000000:x</AssumedRoleId></AssumedRoleUser>`,
  );
}

function xml(operation: string, result: string): Answer {
  const text = `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}
