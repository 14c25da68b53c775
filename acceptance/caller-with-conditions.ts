import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../asl/json/value.ts';
import { roleArn } from '../aws/names.ts';
import { deployerPolicies } from '../deploy/permissions/deployer-policy.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Bench } from './check.ts';
import { makeRole } from './role.ts';
import { NotRun } from './verdict.ts';
import type { Workspace } from './workspace.ts';

/**
 * Credentials of a role that the caller alone may assume. It has the least policy of docs/deploy.md for what bears a prefix, and only
 * under conditions, as organizations write them: in these regions.
 * @throws NotRun where the caller may not assume a role
 */
export async function callerWithConditions(at: Bench, project: Workspace, prefix: string): Promise<NodeJS.ProcessEnv> {
  const { account, mark, until } = at;
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: account.caller.arn },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': mark.run } },
  };
  const manifest = await readFile(join(project.folder, 'dist/first/manifest.json'), 'utf8');
  const policies = policiesOf(at, prefix, JSON.parse(manifest) as Manifest);
  const RoleArn = await makeRole(at, 'caller', [trust], policies);
  const sts = await account.clients.sts();
  let refusal = '';
  const credentials = await until(
    async () => {
      try {
        const request = { RoleArn, RoleSessionName: mark.run, ExternalId: mark.run, DurationSeconds: 3600 };
        return (await sts.assumeRole(request)).Credentials;
      } catch (error) {
        // IAM takes a while to spread a role; whoever may not assume any role is refused for good.
        if (!/AccessDenied/.test((error as Error).name)) throw error;
        refusal = (error as Error).message;
        return undefined;
      }
    },
    { ms: account.isAws ? 120_000 : 2_000, otherwise: 'the role is not assumed' },
  ).catch((error: Error) => {
    throw new NotRun(`The caller may not assume a role of the account: ${refusal || error.message}`);
  });
  return {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
    AWS_PROFILE: undefined,
  };
}

/** The least policy, each statement with conditions besides its own. IAM is no region's: its calls are in the partition's first one. */
function policiesOf({ account, mark }: Bench, prefix: string, manifest: Manifest): JsonObject[] {
  const { caller, region, bucket } = account;
  const regions = { 'aws:RequestedRegion': [...new Set([region, 'us-east-1', 'cn-north-1', 'us-gov-west-1'])] };
  const policies = deployerPolicies({
    environment: { prefix, artifacts: bucket, role: 'managed' },
    place: caller,
    manifests: [manifest],
    deployer: roleArn(caller, `${mark.prefix}caller`),
  });
  return policies.map(({ Version, Statement }) => ({
    Version,
    Statement: Statement.map((statement) => {
      const { Condition = {} } = statement;
      const own = { ...regions, ...(Condition.StringEquals as object | undefined) };
      return { ...statement, Condition: { ...Condition, StringEquals: own } } as unknown as JsonObject;
    }),
  }));
}
