import { SPARK_OF_RELEASE } from '../emr/service.ts';
import { CLEANUP_RETRY, EXECUTIONS, type Service } from '../service.ts';
import { REGIONS } from './prices.ts';

/** Only what an execution of a machine made is used and ended. */
const OURS = { StringLike: { 'aws:ResourceTag/dagwright:execution': EXECUTIONS } };

const APPLICATIONS = 'arn:${partition}:emr-serverless:${region}:${account}:/applications/';
const APPLICATION = {
  title: 'an application',
  endedBy: ['emr-serverless:deleteApplication', 'emrserverless:deleteApplication'],
  instead: "dag.setup('application', emrServerless.application({ … }))",
};
const JOB_RUN = { ApplicationId: '{% $job.made.ApplicationId %}', JobRunId: '{% $job.made.JobRunId %}' };

export const emrServerless = {
  name: 'emrServerless',
  title: 'EMR Serverless',
  integrations: ['emr-serverless', 'emrserverless'],
  sdk: 'emrserverless',
  iam: [
    {
      prefix: 'emr-serverless',
      passedRoles: { ExecutionRoleArn: 'emr-serverless.amazonaws.com' },
      // AWS's own trust policies for these roles have no condition.
      namesNoSource: ['emr-serverless.amazonaws.com'],
      alsoNeeded: {
        CreateApplication: [
          { action: 'emr-serverless:TagResource', resource: `${APPLICATIONS}*`, given: 'Tags' },
          {
            action: 'iam:CreateServiceLinkedRole',
            resource:
              'arn:${partition}:iam::${account}:role/aws-service-role/ops.emr-serverless.amazonaws.com/AWSServiceRoleForAmazonEMRServerless',
            context: { 'iam:AWSServiceName': 'ops.emr-serverless.amazonaws.com' },
          },
          ...['network-interface/*', 'security-group/${SecurityGroupIds}', 'subnet/${SubnetIds}'].map((resource) => ({
            action: 'ec2:CreateNetworkInterface',
            resource: `arn:\${partition}:ec2:\${region}:\${account}:${resource}`,
            given: 'NetworkConfiguration',
            calledVia: 'ops.emr-serverless.amazonaws.com',
          })),
        ],
        StartJobRun: [
          {
            action: 'emr-serverless:TagResource',
            resource: `${APPLICATIONS}\${ApplicationId}/jobruns/*`,
            given: 'Tags',
          },
        ],
      },
    },
  ],
  local: {
    python: true,
    spark: {
      releaseIn: { createApplication: 'ReleaseLabel' },
      versions: SPARK_OF_RELEASE,
      // Of an application that is there already the machine names no release.
      assumedFor: { startJobRun: 'emr-7.13.0' },
    },
  },
  account: {
    linkedRoles: [
      {
        name: 'AWSServiceRoleForAmazonEMRServerless',
        service: 'ops.emr-serverless.amazonaws.com',
        actions: ['createApplication'],
      },
    ],
    subnets: ['SubnetIds'],
    named: [
      {
        title: 'application',
        parameters: ['ApplicationId'],
        asks: {
          client: { package: '@aws-sdk/client-emr-serverless', prefix: 'emr-serverless', title: 'EMR Serverless' },
          call: 'emrserverless:getApplication',
          arguments: { ApplicationId: '${given}' },
        },
        none: ['ResourceNotFoundException'],
        state: { path: ['Application', 'State'], unusable: ['TERMINATED'] },
        make:
          'Name one that `aws emr-serverless list-applications` prints, or let each run make its own: ' +
          "`dag.setup('application', emrServerless.application({ … }))`.",
      },
    ],
    quotas: [
      {
        service: 'emr-serverless',
        code: 'L-D05C8A75',
        title: 'Max concurrent vCPUs per account',
        actions: ['startJobRun'],
        // A driver and one executor of four vCPUs each, as Spark has them where a job says nothing else.
        takes: 8,
      },
    ],
  },
  priceRegions: REGIONS,
  samples: {
    application: { ApplicationId: '00f1r0kqvbfhs01d' },
    job: { ApplicationId: '00f1r0kqvbfhs01d', JobRunId: '00f1r2l3ghd8ql0f' },
  },
  otherNames: {
    '^(?:create\\w*|app|applications?)$': "`dag.setup('application', emrServerless.application({ … }))`",
    '^(?:start_?job\\w*|submit|job|run|spark_?submit|pyspark|step)$':
      '`emrServerless.spark({ application, role, script: … })`',
    '^(?:stop\\w*|delete\\w*|terminate)$': 'nothing: an application brings its teardown, `delete_<id>`',
  },
  jobs: {
    'emr-serverless:startJobRun': {
      title: 'EMR Serverless job run',
      made: ['ApplicationId', 'JobRunId'],
      asks: {
        call: 'emrserverless:getJobRun',
        arguments: JOB_RUN,
        state: '$states.result.JobRun.State',
        ended: ['SUCCESS', 'FAILED', 'CANCELLED'],
        forgotten: ['EmrServerless.ResourceNotFoundException'],
      },
      ends: { call: 'emrserverless:cancelJobRun', arguments: JOB_RUN },
    },
    'emr-serverless:createApplication': {
      title: 'EMR Serverless application',
      made: ['ApplicationId'],
      asks: {
        call: 'emrserverless:getApplication',
        arguments: { ApplicationId: '{% $job.made.ApplicationId %}' },
        state: '$states.result.Application.State',
        ended: ['TERMINATED'],
        forgotten: ['EmrServerless.ResourceNotFoundException'],
      },
      // Refused while it is being made: asked again and again.
      ends: {
        call: 'emrserverless:deleteApplication',
        arguments: { ApplicationId: '{% $job.made.ApplicationId %}' },
      },
    },
  },
  stays: { 'emr-serverless:createApplication': APPLICATION, 'emrserverless:createApplication': APPLICATION },
  leftover: {
    ends: 'Deletes the EMR Serverless applications',
    variables: { next: {} },
    start: 'applications',
    conditions: {
      'emr-serverless:CancelJobRun': OURS,
      'emr-serverless:DeleteApplication': OURS,
      'emr-serverless:StopApplication': OURS,
    },
    states: {
      applications: {
        Type: 'Task',
        Comment: 'Applications that are not gone, a page at a time.',
        Resource: 'arn:aws:states:::aws-sdk:emrserverless:listApplications',
        Arguments:
          "{% $merge([{'States': ['CREATING', 'CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED']}, $next]) %}",
        Assign: { next: "{% $exists($states.result.NextToken) ? {'NextToken': $states.result.NextToken} : {} %}" },
        Retry: CLEANUP_RETRY,
        Next: 'each application',
      },
      'each application': {
        Type: 'Map',
        Next: 'more applications?',
        Items: '{% [$states.input.Applications.Id] %}',
        MaxConcurrency: 5,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'application',
          States: {
            application: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:emrserverless:getApplication',
              Arguments: { ApplicationId: '{% $states.input %}' },
              Assign: { application: '{% $states.result.Application.ApplicationId %}' },
              Retry: CLEANUP_RETRY,
              Next: 'of the execution?',
            },
            'of the execution?': {
              Type: 'Choice',
              Choices: [
                {
                  Condition: "{% $lookup($states.input.Application.Tags, 'dagwright:execution') = $execution %}",
                  Next: 'jobs',
                },
              ],
              Default: 'of another',
            },
            jobs: {
              Type: 'Task',
              Comment: 'An application can be stopped when no job runs on it.',
              Resource: 'arn:aws:states:::aws-sdk:emrserverless:listJobRuns',
              Arguments: {
                ApplicationId: '{% $application %}',
                States: ['SUBMITTED', 'PENDING', 'SCHEDULED', 'RUNNING', 'QUEUED'],
              },
              Retry: CLEANUP_RETRY,
              Next: 'each job',
            },
            'each job': {
              Type: 'Map',
              Items: '{% [$states.input.JobRuns.Id] %}',
              ItemProcessor: {
                ProcessorConfig: { Mode: 'INLINE' },
                StartAt: 'cancel job',
                States: {
                  'cancel job': {
                    Type: 'Task',
                    Resource: 'arn:aws:states:::aws-sdk:emrserverless:cancelJobRun',
                    Arguments: { ApplicationId: '{% $application %}', JobRunId: '{% $states.input %}' },
                    Retry: CLEANUP_RETRY,
                    End: true,
                  },
                },
              },
              Next: 'stop application',
            },
            'stop application': {
              Type: 'Task',
              Comment: 'Refused while jobs are being cancelled, and where the application was never started.',
              Resource: 'arn:aws:states:::aws-sdk:emrserverless:stopApplication',
              Arguments: { ApplicationId: '{% $application %}' },
              Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 4, BackoffRate: 1 }],
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'delete application' }],
              Next: 'delete application',
            },
            'delete application': {
              Type: 'Task',
              Comment: 'Refused while it is being stopped.',
              Resource: 'arn:aws:states:::aws-sdk:emrserverless:deleteApplication',
              Arguments: { ApplicationId: '{% $application %}' },
              Retry: CLEANUP_RETRY,
              End: true,
            },
            'of another': { Type: 'Succeed', Output: {} },
          },
        },
      },
      'more applications?': {
        Type: 'Choice',
        Choices: [{ Condition: '{% $exists($next.NextToken) %}', Next: 'applications' }],
        Default: 'done',
      },
    },
  },
} as const satisfies Service;
