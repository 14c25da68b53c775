import type { IAM } from '@aws-sdk/client-iam';
import type { Caller } from '../../aws/caller.ts';
import { isError, orUndefined } from '../../aws/errors.ts';
import { roleArn } from '../../aws/names.ts';

export const GONE = ['NoSuchEntity', 'NoSuchEntityException'] as const;
export const REFUSED = ['AccessDenied', 'AccessDeniedException'] as const;

/** Whose policies IAM's simulator looks at for a caller, or why there are none that it could look at. */
export type Principal = { readonly arn: string } | { readonly none: string };

/**
 * The user, or the role that was assumed. A session's ARN has the role's name without its path, which the role itself has: it is asked for
 * it, and taken to have none where the caller may not look.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export async function principalOf(iam: IAM, caller: Caller): Promise<Principal> {
  const { arn } = caller;
  if (arn.endsWith(':root'))
    return { none: 'the account’s root user may do everything but what its organization denies' };
  if (/:user\//.test(arn)) return { arn };
  const RoleName = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  if (RoleName === undefined) return { none: `IAM’s simulator knows no ${arn.split(':')[5]?.split('/')[0]}` };
  try {
    const found = await orUndefined(iam.getRole({ RoleName }), ...GONE);
    // A role of another account cannot be asked about.
    return found?.Role?.Arn === undefined ? { none: `IAM has no role ${RoleName}` } : { arn: found.Role.Arn };
  } catch (error) {
    if (isError(error, ...REFUSED)) return { arn: roleArn(caller, RoleName) };
    throw error;
  }
}
