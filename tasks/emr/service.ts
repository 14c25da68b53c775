import { CLEANUP_RETRY, EXECUTIONS, type Service } from '../service.ts';

/**
 * The Spark that a release carries.
 * @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-release-7x.html
 */
export const SPARK_OF_RELEASE: { readonly [release: string]: string } = {
  'emr-7.11.0': '3.5.6',
  'emr-7.12.0': '3.5.6',
  'emr-7.13.0': '3.5.6',
};

const CLIENT = { package: '@aws-sdk/client-emr', prefix: 'elasticmapreduce', title: 'EMR' } as const;

const MAKES_CLUSTERS = ['createCluster', 'runJobFlow'];
/** Without this the cluster ends after its last step. */
const KEPT_ALIVE = {
  title: 'a cluster',
  where: { path: ['Instances', 'KeepJobFlowAliveWhenNoSteps'], value: true },
  endedBy: ['elasticmapreduce:terminateCluster', 'emr:terminateJobFlows'],
  instead: "dag.setup('cluster', emr.cluster({ … }))",
};

/**
 * Families of types have quotas of their own.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const STANDARD = '^[acdhimrtz]\\d';
const ACCELERATED = '^(g|vt)\\d';
const P = '^p\\d';

/** Where a cluster's instances stand in a call. A group is on demand where it does not say otherwise. */
function instances(market: 'ON_DEMAND' | 'SPOT', types: string) {
  return {
    types,
    groups: {
      ...{ parameter: 'InstanceGroups', type: 'InstanceType', count: 'InstanceCount' },
      market: { parameter: 'Market', value: market },
      orElse: market === 'ON_DEMAND',
    },
    fleets: {
      parameter: 'InstanceFleets',
      target: market === 'ON_DEMAND' ? 'TargetOnDemandCapacity' : 'TargetSpotCapacity',
      ...{ types: 'InstanceTypeConfigs', type: 'InstanceType', weight: 'WeightedCapacity' },
    },
    ...(market === 'ON_DEMAND' && {
      whole: { first: 'MasterInstanceType', others: 'SlaveInstanceType', count: 'InstanceCount' },
    }),
  };
}
const CLUSTERS = 'arn:${partition}:elasticmapreduce:${region}:${account}:cluster/*';

export const emr = {
  name: 'emr',
  title: 'EMR',
  integrations: ['elasticmapreduce', 'emr'],
  sdk: 'emr',
  iam: [
    {
      prefix: 'elasticmapreduce',
      passedRoles: {
        AutoScalingRole: 'application-autoscaling.amazonaws.com',
        JobFlowRole: 'ec2.amazonaws.com',
        ServiceRole: 'elasticmapreduce.amazonaws.com',
      },
      namesNoSource: ['ec2.amazonaws.com'],
      // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html
      sources: {
        'elasticmapreduce.amazonaws.com': 'arn:${partition}:elasticmapreduce:${region}:${account}:*',
      },
      principals: { 'aws-cn': { 'elasticmapreduce.amazonaws.com': 'elasticmapreduce.amazonaws.com.cn' } },
      arnNames: { ClusterId: { parameters: ['ClusterId', 'JobFlowId', 'JobFlowIds'], all: true } },
      alsoNeeded: {
        RunJobFlow: [
          { action: 'elasticmapreduce:AddTags', resource: CLUSTERS, given: 'Tags' },
          { action: 'elasticmapreduce:PutAutoTerminationPolicy', resource: CLUSTERS, given: 'AutoTerminationPolicy' },
          {
            action: 'iam:CreateServiceLinkedRole',
            resource:
              'arn:${partition}:iam::${account}:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup',
            context: { 'iam:AWSServiceName': 'elasticmapreduce.amazonaws.com' },
          },
        ],
      },
    },
  ],
  local: {
    python: true,
    spark: {
      releaseIn: { createCluster: 'ReleaseLabel', runJobFlow: 'ReleaseLabel' },
      versions: SPARK_OF_RELEASE,
    },
  },
  account: {
    linkedRoles: [
      { name: 'AWSServiceRoleForEMRCleanup', service: 'elasticmapreduce.amazonaws.com', actions: MAKES_CLUSTERS },
      {
        name: 'AWSServiceRoleForEC2Spot',
        service: 'spot.amazonaws.com',
        actions: MAKES_CLUSTERS,
        where: { parameter: 'Market', value: 'SPOT' },
      },
    ],
    subnets: ['Ec2SubnetId', 'Ec2SubnetIds'],
    defaultNetwork: MAKES_CLUSTERS,
    named: [
      {
        title: 'cluster',
        parameters: ['ClusterId', 'JobFlowId'],
        form: '^j-[A-Z0-9]+$',
        asks: { client: CLIENT, call: 'emr:describeCluster', arguments: { ClusterId: '${given}' } },
        // "Cluster id 'j-…' is not valid."
        none: ['InvalidRequestException'],
        state: {
          path: ['Cluster', 'Status', 'State'],
          unusable: ['TERMINATING', 'TERMINATED', 'TERMINATED_WITH_ERRORS'],
        },
        make: "Name one that is alive, or let each run make its own: `dag.setup('cluster', emr.cluster({ … }))`.",
      },
    ],
    quotas: [
      {
        service: 'ec2',
        code: 'L-1216C47A',
        title: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
        actions: MAKES_CLUSTERS,
        takes: instances('ON_DEMAND', STANDARD),
      },
      {
        service: 'ec2',
        code: 'L-34B43A08',
        title: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
        actions: MAKES_CLUSTERS,
        takes: instances('SPOT', STANDARD),
      },
      {
        service: 'ec2',
        code: 'L-DB2E81BA',
        title: 'Running On-Demand G and VT instances',
        actions: MAKES_CLUSTERS,
        takes: instances('ON_DEMAND', ACCELERATED),
      },
      {
        service: 'ec2',
        code: 'L-3819A6DF',
        title: 'All G and VT Spot Instance Requests',
        actions: MAKES_CLUSTERS,
        takes: instances('SPOT', ACCELERATED),
      },
      {
        service: 'ec2',
        code: 'L-417A185B',
        title: 'Running On-Demand P instances',
        actions: MAKES_CLUSTERS,
        takes: instances('ON_DEMAND', P),
      },
    ],
  },
  client: CLIENT,
  samples: {
    cluster: { ClusterId: 'j-2AXXXXXXGAPLF' },
    step: { StepId: 's-2AXXXXXXGAPLF' },
  },
  otherNames: {
    '^(?:submit|pyspark|spark_?submit|job)$': '`emr.spark({ cluster, script: … })`',
    '^(?:steps|add_?steps?|command|jar)$': '`emr.step({ cluster, args: […] })`, a task for each step',
    '^(?:create\\w*|job_?flow|create_?job_?flow)$': "`dag.setup('cluster', emr.cluster({ … }))`",
  },
  jobs: {
    'elasticmapreduce:addStep': {
      title: 'EMR step',
      given: ['ClusterId'],
      made: ['StepId'],
      asks: {
        call: 'emr:describeStep',
        arguments: { ClusterId: '{% $job.given.ClusterId %}', StepId: '{% $job.made.StepId %}' },
        state: '$states.result.Step.Status.State',
        ended: ['COMPLETED', 'CANCELLED', 'FAILED', 'INTERRUPTED'],
      },
      // "CancelSteps is idempotent but asynchronous; it does not guarantee that a step will be canceled": asked again and again.
      ends: {
        call: 'emr:cancelSteps',
        arguments: {
          ClusterId: '{% $job.given.ClusterId %}',
          StepIds: ['{% $job.made.StepId %}'],
          StepCancellationOption: 'TERMINATE_PROCESS',
        },
      },
    },
    'elasticmapreduce:createCluster': {
      title: 'EMR cluster',
      made: ['ClusterId'],
      asks: {
        call: 'emr:describeCluster',
        arguments: { ClusterId: '{% $job.made.ClusterId %}' },
        state: '$states.result.Cluster.Status.State',
        ended: ['TERMINATED', 'TERMINATED_WITH_ERRORS'],
      },
      ends: { call: 'emr:terminateJobFlows', arguments: { JobFlowIds: ['{% $job.made.ClusterId %}'] } },
    },
  },
  stays: { 'elasticmapreduce:createCluster': KEPT_ALIVE, 'emr:runJobFlow': KEPT_ALIVE },
  leftover: {
    ends: 'Terminates the EMR clusters',
    // A clock of another service may go a minute behind.
    variables: {
      page: {},
      since:
        '{% $exists($states.input.detail.startDate) ? $fromMillis($states.input.detail.startDate - 60000) : $fromMillis(0) %}',
    },
    start: 'clusters',
    // Only clusters that an execution made are ended. To know them all are looked at: their tags stand in DescribeCluster alone.
    conditions: {
      'elasticmapreduce:TerminateJobFlows': {
        StringLike: {
          'elasticmapreduce:ResourceTag/dagwright:execution': EXECUTIONS,
        },
      },
    },
    states: {
      clusters: {
        Type: 'Task',
        Comment: 'Clusters that were made since the execution began and are alive, a page at a time.',
        Resource: 'arn:aws:states:::aws-sdk:emr:listClusters',
        Arguments:
          "{% $merge([{'ClusterStates': ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING'], 'CreatedAfter': $since}, $page]) %}",
        Assign: { page: "{% $exists($states.result.Marker) ? {'Marker': $states.result.Marker} : {} %}" },
        Retry: CLEANUP_RETRY,
        Next: 'each cluster',
      },
      'each cluster': {
        Type: 'Map',
        Next: 'more?',
        Items: '{% [$states.input.Clusters.Id] %}',
        MaxConcurrency: 5,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'describe',
          States: {
            describe: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:emr:describeCluster',
              Arguments: { ClusterId: '{% $states.input %}' },
              Retry: CLEANUP_RETRY,
              Next: 'ours?',
            },
            'ours?': {
              Type: 'Choice',
              Choices: [
                {
                  Condition:
                    "{% $exists($states.input.Cluster.Tags[Key = 'dagwright:execution' and Value = $execution]) %}",
                  Next: 'terminate',
                },
              ],
              Default: 'not ours',
            },
            terminate: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:emr:terminateJobFlows',
              Arguments: { JobFlowIds: ['{% $states.input.Cluster.Id %}'] },
              Retry: CLEANUP_RETRY,
              End: true,
            },
            'not ours': { Type: 'Succeed', Output: {} },
          },
        },
      },
      'more?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($page.Marker) %}', Next: 'clusters' }],
        Default: 'done',
      },
    },
  },
} as const satisfies Service;
