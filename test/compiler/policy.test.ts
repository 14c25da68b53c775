import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { allows, filled, type Policy, type Request } from './evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  assets: 's3://assets',
  lake: 'lake',
  subnet: 'subnet-1',
  emrServiceRole: 'emr-service',
  emrInstanceProfile: 'emr-machines',
  crawlerRole: 'crawler',
  reportRole: 'reporter',
  kaggleSecret: 'kaggle',
};
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const execution = arn('states', 'execution:datalake-prod:run-1');

describe('the reference pipeline', () => {
  const files = async () => {
    const { compiled } = await compileFolder(join(root, 'dags'), root, ['datalake']);
    return compiled[0]!.files;
  };
  const fileOf = async (name: string) => filled((await files()).get(name) as string, values);

  const ours = { 'elasticmapreduce:ResourceTag/dagwright:execution': execution };
  const creating = { 'elasticmapreduce:RequestTag/dagwright:execution': execution };
  const fromAthena = { 'aws:CalledVia': ['athena.amazonaws.com'] };
  const cluster = arn('elasticmapreduce', 'cluster/j-1');
  const rule = (name: string) => arn('events', `rule/StepFunctionsGetEventForEMR${name}Rule`);

  /** What each of the machine's resources does, by AWS's pages on them and on what they call. */
  const done: { readonly [resource: string]: (args: never) => Request[] } = {
    'elasticmapreduce:createCluster.sync': (args: { ServiceRole: string; JobFlowRole: string }) => [
      { action: 'elasticmapreduce:RunJobFlow', resource: '*', context: creating },
      { action: 'elasticmapreduce:AddTags', resource: cluster, context: creating },
      { action: 'elasticmapreduce:PutAutoTerminationPolicy', resource: cluster },
      { action: 'elasticmapreduce:DescribeCluster', resource: cluster, context: ours },
      { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster, context: ours },
      passed(args.ServiceRole, 'elasticmapreduce.amazonaws.com'),
      passed(args.JobFlowRole, 'ec2.amazonaws.com'),
      {
        action: 'iam:CreateServiceLinkedRole',
        resource:
          'arn:aws:iam::111122223333:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup',
        context: { 'iam:AWSServiceName': 'elasticmapreduce.amazonaws.com' },
      },
      ...listens(rule('RunJobFlow')),
    ],
    'elasticmapreduce:addStep.sync': () => [
      ...['AddJobFlowSteps', 'CancelSteps', 'DescribeStep'].map((action) => ({
        action: `elasticmapreduce:${action}`,
        resource: cluster,
        context: ours,
      })),
      ...listens(rule('AddJobFlowSteps')),
    ],
    'elasticmapreduce:terminateCluster.sync': () => [
      { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster, context: ours },
      { action: 'elasticmapreduce:DescribeCluster', resource: cluster, context: ours },
      ...listens(rule('TerminateJobFlows')),
    ],
    'aws-sdk:glue:createDatabase': (args: { DatabaseInput: { Name: string } }) =>
      on('glue:CreateDatabase', arn('glue', 'catalog'), arn('glue', `database/${args.DatabaseInput.Name}`)),
    'aws-sdk:glue:createCrawler': (args: { Role: string }) => [
      ...on('glue:CreateCrawler', '*'),
      passed(args.Role, 'glue.amazonaws.com'),
    ],
    'aws-sdk:glue:getCrawler': (args: { Name: string }) => on('glue:GetCrawler', arn('glue', `crawler/${args.Name}`)),
    'aws-sdk:glue:startCrawler': (args: { Name: string }) =>
      on('glue:StartCrawler', arn('glue', `crawler/${args.Name}`)),
    'aws-sdk:glue:createJob': (args: { Name: string; Role: string }) => [
      ...on('glue:CreateJob', arn('glue', `job/${args.Name}`)),
      passed(args.Role, 'glue.amazonaws.com'),
    ],
    'glue:startJobRun.sync': (args: { JobName: string }) =>
      ['StartJobRun', 'GetJobRun', 'GetJobRuns', 'BatchStopJobRun'].flatMap((action) =>
        on(`glue:${action}`, arn('glue', `job/${args.JobName}`)),
      ),
    'athena:startQueryExecution.sync': (args: {
      WorkGroup: string;
      QueryExecutionContext: { Database: string };
      ResultConfiguration: { OutputLocation: string };
    }) => {
      const [, bucket, folder] = /^s3:\/\/([^/]+)\/(.*)$/.exec(args.ResultConfiguration.OutputLocation)!;
      const { Database } = args.QueryExecutionContext;
      const catalog = [arn('glue', 'catalog'), arn('glue', `database/${Database}`)];
      const s3 = (path: string) => `arn:aws:s3:::${path}`;
      const behind = [
        ...on('glue:GetDatabase', ...catalog, arn('glue', 'database/default')),
        ...['GetTable', 'GetPartition', 'GetPartitions', 'BatchGetPartition'].flatMap((action) =>
          on(`glue:${action}`, ...catalog, arn('glue', `table/${Database}/ratings`)),
        ),
        ...on('s3:GetBucketLocation', s3(bucket!)),
        ...on('s3:GetObject', s3(`${bucket}/gold/tables/ratings/part-0.parquet`), s3(`${bucket}/${folder}1.csv`)),
        ...['PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'].flatMap((action) =>
          on(`s3:${action}`, s3(`${bucket}/${folder}1.csv`)),
        ),
      ].map((request) => ({ ...request, context: fromAthena }));
      const listed = ['gold/tables/ratings/', folder!].map((prefix) => ({
        action: 's3:ListBucket',
        resource: s3(bucket!),
        context: { ...fromAthena, 's3:prefix': prefix },
      }));
      const queried = ['StartQueryExecution', 'GetQueryExecution', 'StopQueryExecution'].flatMap((action) =>
        on(`athena:${action}`, arn('athena', `workgroup/${args.WorkGroup}`)),
      );
      return [
        ...queried,
        ...on('athena:GetDataCatalog', arn('athena', 'datacatalog/AwsDataCatalog')),
        ...behind,
        ...listed,
      ];
    },
  };

  function on(action: string, ...resources: string[]): Request[] {
    return resources.map((resource) => ({ action, resource }));
  }
  function listens(resource: string): Request[] {
    return ['PutRule', 'PutTargets', 'DescribeRule'].flatMap((action) => on(`events:${action}`, resource));
  }
  function passed(role: string, service: string): Request {
    return {
      action: 'iam:PassRole',
      resource: `arn:aws:iam::111122223333:role/${role}`,
      context: { 'iam:PassedToService': service },
    };
  }

  const requestsOf = async () => {
    const machine = (await files()).get('step_function.json') as string;
    const definition: unknown = JSON.parse(machine.replace(/\$\{(\w+)\}/g, (_, name) => values[name as 'lake']));
    return tasksOf(definition).flatMap(({ Resource, Arguments }) => {
      const known = done[Resource.replace('arn:aws:states:::', '')];
      if (!known) throw new Error(`${Resource} has no entry here`);
      return known(Arguments as never);
    });
  };

  it('may do all that its states do, and nothing is left over', async () => {
    const [policy, requests] = [await fileOf('policy.json'), await requestsOf()];
    expect(requests.filter((request) => !allows(policy, request))).toEqual([]);
    // Every action on every resource pattern is there for a request.
    const unused = policy.Statement.flatMap((statement) =>
      statement.Action.flatMap((action) =>
        statement.Resource.filter(
          (resource) =>
            !requests.some((request) =>
              allows({ ...policy, Statement: [{ ...statement, Action: [action], Resource: [resource] }] }, request),
            ),
        ).map((resource) => `${action} ${resource}`),
      ),
    );
    expect(unused).toEqual([]);
  });

  it('may not touch what is not its own', async () => {
    const policy = await fileOf('policy.json');
    const others: Request[] = [
      { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster },
      {
        action: 'elasticmapreduce:AddJobFlowSteps',
        resource: cluster,
        context: { 'elasticmapreduce:ResourceTag/dagwright:execution': 'somebody' },
      },
      { action: 'elasticmapreduce:RunJobFlow', resource: '*' },
      { action: 'elasticmapreduce:AddTags', resource: cluster, context: { 'elasticmapreduce:RequestTag/owner': 'me' } },
      passed('reporter', 'ec2.amazonaws.com'),
      passed('admin', 'glue.amazonaws.com'),
      ...on('glue:StartCrawler', arn('glue', 'crawler/other')),
      ...on('glue:StartJobRun', arn('glue', 'job/other')),
      ...on('athena:StartQueryExecution', arn('athena', 'workgroup/other')),
      // Tables and results are Athena's to read, not the machine's.
      ...on('s3:GetObject', 'arn:aws:s3:::lake/gold/tables/ratings/part-0.parquet'),
      ...[
        ...on('s3:GetObject', 'arn:aws:s3:::lake/bronze/netflix/x.txt', 'arn:aws:s3:::other/gold/tables/x'),
        ...on('s3:PutObject', 'arn:aws:s3:::lake/gold/tables/ratings/x'),
        ...on('glue:GetTable', arn('glue', 'table/other/t')),
      ].map((request) => ({ ...request, context: fromAthena })),
      {
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::lake',
        context: { ...fromAthena, 's3:prefix': 'bronze/netflix/' },
      },
      // The cluster's machines read it.
      ...on('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:kaggle-abcdef')),
    ];
    expect(others.filter((request) => allows(policy, request))).toEqual([]);
  });

  it('has a policy for the cleanup machine, which ends no cluster but an execution’s', async () => {
    const policy = await fileOf('cleanup_policy.json');
    const called: Request[] = [
      { action: 'elasticmapreduce:ListClusters', resource: '*' },
      { action: 'elasticmapreduce:DescribeCluster', resource: cluster },
      { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster, context: ours },
    ];
    expect(called.filter((request) => !allows(policy, request))).toEqual([]);
    expect(actionsOf(policy)).toEqual(called.map(({ action }) => action).sort());
    expect(allows(policy, { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster })).toBe(false);
  });
});

function actionsOf({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}

interface TaskState {
  readonly Resource: string;
  readonly Arguments: unknown;
}
function tasksOf(value: unknown): TaskState[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { Type?: unknown }).Type === 'Task' ? [value as TaskState] : [];
  return [...own, ...Object.values(value).flatMap(tasksOf)];
}
