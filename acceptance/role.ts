import type { Json, JsonObject } from '../asl/json/value.ts';
import { orUndefined } from '../aws/errors.ts';
import type { Bench } from './check.ts';
import { TAG } from './mark.ts';

/** Makes a role of the run, tagged in the same call. Its ARN. */
export async function makeRole(
  { account, mark }: Bench,
  name: string,
  trust: readonly Json[],
  policies: readonly JsonObject[] = [],
): Promise<string> {
  const iam = await account.clients.iam();
  const RoleName = `${mark.prefix}${name}`;
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust });
  const Tags = [{ Key: TAG, Value: mark.run }];
  const made = await orUndefined(
    iam.createRole({
      RoleName,
      AssumeRolePolicyDocument,
      Tags,
      Description: 'Made by the acceptance suite of dagwright',
    }),
    'EntityAlreadyExists',
    'EntityAlreadyExistsException',
  );
  for (const [i, policy] of policies.entries())
    await iam.putRolePolicy({
      ...{ RoleName, PolicyName: `acceptance-${i + 1}` },
      PolicyDocument: JSON.stringify(policy),
    });
  return made?.Role?.Arn ?? (await iam.getRole({ RoleName })).Role!.Arn!;
}
