import { Lambda } from '@aws-sdk/client-lambda';
import { createClients } from '../../aws/clients.ts';
import { ROOT } from '../aws/deployer.ts';
import { BUCKET, REGION } from './support.ts';

/** Everything that stands at the endpoint, without times and revisions: two that are alike were made by the same history. */
export async function snapshot(): Promise<Record<string, unknown>> {
  const aws = createClients({ region: REGION, credentials: ROOT });
  const [sfn, iam, s3, events, scheduler, logs, cloudwatch] = await Promise.all([
    aws.sfn(),
    aws.iam(),
    aws.s3(),
    aws.events(),
    aws.scheduler(),
    aws.logs(),
    aws.cloudwatch(),
  ]);
  const all: Record<string, unknown> = {};

  const { stateMachines = [] } = await sfn.listStateMachines({});
  for (const { stateMachineArn } of stateMachines) {
    const { definition, roleArn, loggingConfiguration } = await sfn.describeStateMachine({ stateMachineArn });
    const { stateMachineVersions = [] } = await sfn.listStateMachineVersions({ stateMachineArn });
    const versions: Record<string, unknown> = {};
    for (const { stateMachineVersionArn: version } of stateMachineVersions)
      versions[version!] = (await sfn.describeStateMachine({ stateMachineArn: version })).definition;
    const { stateMachineAliases = [] } = await sfn.listStateMachineAliases({ stateMachineArn });
    const aliases: Record<string, unknown> = {};
    for (const { stateMachineAliasArn: alias } of stateMachineAliases)
      aliases[alias!] = (await sfn.describeStateMachineAlias({ stateMachineAliasArn: alias })).routingConfiguration;
    const { tags } = await sfn.listTagsForResource({ resourceArn: stateMachineArn });
    all[stateMachineArn!] = { definition, roleArn, loggingConfiguration, versions, aliases, tags: sorted(tags) };
  }
  for (const { RoleName, AssumeRolePolicyDocument } of (await iam.listRoles({})).Roles ?? []) {
    const policies: Record<string, unknown> = {};
    for (const PolicyName of (await iam.listRolePolicies({ RoleName })).PolicyNames ?? [])
      policies[PolicyName] = (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument;
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName });
    const { Tags } = await iam.listRoleTags({ RoleName });
    all[`role ${RoleName}`] = { AssumeRolePolicyDocument, policies, AttachedPolicies, Tags: sorted(Tags) };
  }
  for (const { InstanceProfileName, Roles } of (await iam.listInstanceProfiles({})).InstanceProfiles ?? [])
    all[`profile ${InstanceProfileName}`] = (Roles ?? []).map(({ RoleName }) => RoleName);
  for (const { Name, EventPattern, State, Arn } of (await events.listRules({})).Rules ?? []) {
    const { Targets } = await events.listTargetsByRule({ Rule: Name });
    const { Tags } = await events.listTagsForResource({ ResourceARN: Arn });
    all[`rule ${Name}`] = { EventPattern, State, Targets, Tags: sorted(Tags) };
  }
  for (const { Name, Arn } of (await scheduler.listScheduleGroups({})).ScheduleGroups ?? [])
    if (Name !== 'default')
      all[`schedule group ${Name}`] = sorted((await scheduler.listTagsForResource({ ResourceArn: Arn })).Tags);
  for (const { Name, GroupName } of (await scheduler.listSchedules({})).Schedules ?? []) {
    const { ScheduleExpression, ScheduleExpressionTimezone, State, Target, Description } = await scheduler.getSchedule({
      ...{ Name, GroupName },
    });
    all[`schedule ${GroupName}/${Name}`] = {
      ScheduleExpression,
      ScheduleExpressionTimezone,
      State,
      Target,
      Description,
    };
  }
  const lambda = new Lambda({ region: REGION, credentials: ROOT });
  for (const { FunctionName, Role } of (await lambda.listFunctions({})).Functions ?? []) {
    const { Aliases = [] } = await lambda.listAliases({ FunctionName });
    const aliases: Record<string, unknown> = {};
    for (const { Name } of Aliases) {
      // Which number a version has depends on how often a killed deploy published it.
      const found = await lambda.getFunctionConfiguration({ FunctionName, Qualifier: Name });
      const { Description, MemorySize, CodeSha256 } = found;
      aliases[Name!] = { Description, MemorySize, CodeSha256 };
    }
    const { Tags } = await lambda.getFunction({ FunctionName });
    all[`function ${FunctionName}`] = { Role, aliases, Tags };
  }
  lambda.destroy();
  for (const { logGroupName, retentionInDays } of (await logs.describeLogGroups({})).logGroups ?? [])
    all[`log ${logGroupName}`] = { retentionInDays };
  for (const { AlarmName, MetricName, AlarmActions } of (await cloudwatch.describeAlarms({})).MetricAlarms ?? [])
    all[`alarm ${AlarmName}`] = { MetricName, AlarmActions };
  for (const { Key } of (await s3.listObjectsV2({ Bucket: BUCKET })).Contents ?? []) {
    const { Body } = await s3.getObject({ Bucket: BUCKET, Key });
    all[`object ${Key}`] = await Body!.transformToString();
  }
  const { Uploads } = await s3.listMultipartUploads({ Bucket: BUCKET });
  if (Uploads !== undefined && Uploads.length > 0) all.uploads = Uploads.map(({ Key }) => Key);
  aws.destroy();
  return all;
}

function sorted(tags: readonly object[] | undefined): string[] {
  return (tags ?? []).map((tag) => Object.values(tag).join('=')).sort();
}
