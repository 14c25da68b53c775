import type { Request } from './evaluate-policy.ts';

/** Where a machine runs, as its policy's placeholders have it. */
export interface Where {
  readonly region: string;
  readonly account: string;
  /** What the machine is called as deployed. */
  readonly machine: string;
  /** What the machine is called that ends its jobs. */
  readonly cleanup: string;
}

/** Mocks of a run that finds the crawler and the job of an earlier one. */
export const FOUND = Object.fromEntries(
  ['crawl_gold: crawler', 'report: job'].map((state) => [
    state,
    { '0': { Throw: { Error: 'Glue.AlreadyExistsException' } } },
  ]),
);

/** A call that a state makes. */
export interface Call {
  /** Without `arn:aws:states:::`. */
  readonly resource: string;
  readonly arguments: unknown;
}

/**
 * What the states of the reference pipeline ask of IAM, by AWS's pages on them and on what they call; services that work on the machine's
 * behalf are among them.
 */
export function requestsOf({ region, account, machine, cleanup }: Where): {
  readonly of: (call: Call) => readonly Request[];
  readonly ofCleanup: readonly Request[];
} {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  const execution = arn('states', `execution:${machine}:run-1`);
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
        resource: `arn:aws:iam::${account}:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup`,
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
    'states:startExecution.sync:2': () => [
      ...on('states:StartExecution', arn('states', `stateMachine:${cleanup}`)),
      ...['DescribeExecution', 'StopExecution'].flatMap((action) =>
        on(`states:${action}`, arn('states', `execution:${cleanup}:run-1`)),
      ),
      ...listens(arn('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')),
    ],
    'aws-sdk:glue:createDatabase': (args: { DatabaseInput: { Name: string } }) => [
      ...on('glue:CreateDatabase', arn('glue', 'catalog'), arn('glue', `database/${args.DatabaseInput.Name}`)),
      ...on('glue:TagResource', arn('glue', `database/${args.DatabaseInput.Name}`)),
    ],
    'aws-sdk:glue:createCrawler': (args: { Name: string; Role: string }) => [
      ...on('glue:CreateCrawler', '*'),
      ...on('glue:TagResource', arn('glue', `crawler/${args.Name}`)),
      passed(args.Role, 'glue.amazonaws.com'),
    ],
    'aws-sdk:glue:updateCrawler': (args: { Name: string; Role: string }) => [
      ...on('glue:UpdateCrawler', arn('glue', `crawler/${args.Name}`)),
      passed(args.Role, 'glue.amazonaws.com'),
    ],
    'aws-sdk:glue:updateJob': (args: { JobName: string; JobUpdate: { Role: string } }) => [
      ...on('glue:UpdateJob', arn('glue', `job/${args.JobName}`)),
      passed(args.JobUpdate.Role, 'glue.amazonaws.com'),
    ],
    'aws-sdk:glue:getCrawler': (args: { Name: string }) => on('glue:GetCrawler', arn('glue', `crawler/${args.Name}`)),
    'aws-sdk:glue:startCrawler': (args: { Name: string }) =>
      on('glue:StartCrawler', arn('glue', `crawler/${args.Name}`)),
    'aws-sdk:glue:createJob': (args: { Name: string; Role: string }) => [
      ...on('glue:CreateJob', arn('glue', `job/${args.Name}`)),
      ...on('glue:TagResource', arn('glue', `job/${args.Name}`)),
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
        ...on('s3:ListBucketMultipartUploads', s3(bucket!)),
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
        ...on('lakeformation:GetDataAccess', '*'),
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
      resource: `arn:aws:iam::${account}:role/${role}`,
      context: { 'iam:PassedToService': service },
    };
  }

  return {
    of: ({ resource, arguments: args }) => {
      const known = done[resource];
      if (known === undefined) throw new Error(`${resource} has no entry here`);
      return known(args as never);
    },
    ofCleanup: [
      ...on('states:GetExecutionHistory', execution),
      ...['GetQueryExecution', 'StopQueryExecution'].flatMap((action) =>
        on(`athena:${action}`, arn('athena', 'workgroup/primary')),
      ),
      ...['GetJobRun', 'BatchStopJobRun'].flatMap((action) =>
        on(`glue:${action}`, arn('glue', `job/${machine}_report`)),
      ),
      ...['CancelSteps', 'DescribeStep', 'TerminateJobFlows'].map((action) => ({
        action: `elasticmapreduce:${action}`,
        resource: cluster,
        context: ours,
      })),
      { action: 'elasticmapreduce:ListClusters', resource: '*' },
      // Its tags stand in the answer alone.
      { action: 'elasticmapreduce:DescribeCluster', resource: cluster },
    ],
  };
}
