import type { JsonObject } from '../asl/json/value.ts';
import type { Bench } from './check.ts';
import { makeRole } from './role.ts';
import { NotRun } from './verdict.ts';

/**
 * Credentials of a role that may do what deploying the run's own DAGs needs, and only under conditions, as organizations write them: in
 * these regions, on these names, with this tag.
 */
export async function callerWithConditions(at: Bench): Promise<NodeJS.ProcessEnv> {
  const { account, mark, until } = at;
  const trust = {
    Effect: 'Allow',
    Principal: { AWS: account.caller.arn },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': mark.run } },
  };
  const RoleArn = await makeRole(at, 'caller', [trust], policyOf(at));
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

/** What deploy, run and destroy call, on the run's names alone. IAM is no region's: its calls are in the partition's first one. */
function policyOf({ account, mark }: Bench): JsonObject {
  const { partition, account: number } = account.caller;
  const { region, bucket } = account;
  const here = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${number}:${resource}`;
  const global = (service: string, resource: string) => `arn:${partition}:${service}::${number}:${resource}`;
  const Condition = { StringEquals: { 'aws:RequestedRegion': [region, 'us-east-1', 'cn-north-1', 'us-gov-west-1'] } };
  const allow = (
    Action: readonly string[],
    Resource: readonly string[],
    condition: JsonObject = Condition,
  ): JsonObject => ({
    ...{ Effect: 'Allow', Action, Resource, Condition: condition },
  });
  const { prefix } = mark;
  return {
    Version: '2012-10-17',
    Statement: [
      allow(['states:*'], [here('states', `stateMachine:${prefix}*`), here('states', `execution:${prefix}*:*`)]),
      allow(['states:ListStateMachines', 'states:ValidateStateMachineDefinition'], ['*']),
      allow(
        ['iam:CreateRole', 'iam:CreateInstanceProfile'],
        [global('iam', `role/dagwright-${prefix}*`), global('iam', `instance-profile/dagwright-${prefix}*`)],
        { StringEquals: { 'aws:RequestTag/dagwright:acceptance': mark.run } },
      ),
      allow(
        ['Get', 'List', 'Tag', 'Untag', 'Put', 'Delete', 'Attach', 'Detach', 'Update', 'Add', 'Remove'].map(
          (verb) => `iam:${verb}*`,
        ),
        [global('iam', `role/dagwright-${prefix}*`), global('iam', `instance-profile/dagwright-${prefix}*`)],
      ),
      allow(['iam:PassRole'], [global('iam', `role/dagwright-${prefix}*`)], {
        StringEquals: {
          'iam:PassedToService': ['states', 'events', 'scheduler', 'ec2'].map((name) => `${name}.amazonaws.com`),
        },
      }),
      allow(['iam:SimulatePrincipalPolicy', 'iam:GetRole'], [global('iam', `role/${prefix}caller`)]),
      allow(['logs:*'], [here('logs', `log-group:/aws/vendedlogs/states/${prefix}*`)]),
      allow(['logs:DescribeLogGroups', 'cloudwatch:DescribeAlarms'], ['*']),
      allow(['cloudwatch:*'], [here('cloudwatch', `alarm:dagwright-${prefix}*`)]),
      allow(['events:*'], [here('events', `rule/dagwright-${prefix}*`)]),
      allow(
        ['scheduler:*'],
        ['schedule', 'schedule-group'].map((kind) => here('scheduler', `${kind}/dagwright-${prefix}*`)),
      ),
      allow(['sqs:*'], [here('sqs', `dagwright-${prefix}*`), here('sqs', `${prefix}*`)]),
      allow(
        ['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
        [`arn:${partition}:s3:::${bucket}`],
      ),
      allow(
        ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
        [`arn:${partition}:s3:::${bucket}/dagwright/${prefix}*`],
      ),
    ],
  };
}
