import type { Service } from '../service.ts';

const CLIENT = { package: '@aws-sdk/client-batch', prefix: 'batch', title: 'Batch' } as const;
const REGISTER = 'Register it (`aws batch register-job-definition`).';

export const batch = {
  name: 'batch',
  title: 'Batch',
  integrations: ['batch'],
  sdk: 'batch',
  iam: [
    {
      prefix: 'batch',
      passedRoles: { ExecutionRoleArn: 'ecs-tasks.amazonaws.com', JobRoleArn: 'ecs-tasks.amazonaws.com' },
      // `name:revision`, or a whole ARN, which stays as it is.
      arnNames: {
        JobDefinitionName: { parameters: ['JobDefinition'], part: ['^(?:([^:]*):[^:]*|(.*))$', '$1$2'] },
        Revision: { parameters: ['JobDefinition'], part: ['^[^:]*:([^:]*)$', '$1'] },
      },
    },
  ],
  jobs: {
    'batch:submitJob': {
      title: 'Batch job',
      made: ['JobId'],
      asks: {
        call: 'batch:describeJobs',
        arguments: { Jobs: ['{% $job.made.JobId %}'] },
        state: '$states.result.Jobs[0].Status',
        ended: ['SUCCEEDED', 'FAILED'],
      },
      ends: {
        call: 'batch:terminateJob',
        arguments: { JobId: '{% $job.made.JobId %}', Reason: 'Nobody waits for this job any more.' },
      },
    },
  },
  account: {
    named: [
      {
        title: 'job queue',
        parameters: ['JobQueue'],
        madeBy: { createJobQueue: 'JobQueueName' },
        asks: { client: CLIENT, call: 'batch:describeJobQueues', arguments: { JobQueues: ['${given}'] } },
        list: 'JobQueues',
        state: { path: ['JobQueues', '0', 'State'], unusable: ['DISABLED'] },
        make: 'Make it (`aws batch create-job-queue`), with a compute environment behind it.',
      },
      {
        title: 'job definition',
        parameters: ['JobDefinition'],
        madeBy: { registerJobDefinition: 'JobDefinitionName' },
        // With a revision, and whole ARNs.
        form: '^(?:arn:.+|[^:]+:\\d+)$',
        asks: { client: CLIENT, call: 'batch:describeJobDefinitions', arguments: { JobDefinitions: ['${given}'] } },
        list: 'JobDefinitions',
        state: { path: ['JobDefinitions', '0', 'Status'], unusable: ['INACTIVE'] },
        make: REGISTER,
      },
      {
        title: 'job definition',
        parameters: ['JobDefinition'],
        madeBy: { registerJobDefinition: 'JobDefinitionName' },
        form: '^(?<name>[^:]+)$',
        asks: {
          client: CLIENT,
          call: 'batch:describeJobDefinitions',
          arguments: { JobDefinitionName: '${name}', Status: 'ACTIVE' },
        },
        list: 'JobDefinitions',
        make: REGISTER,
      },
    ],
  },
  samples: {
    job: {
      JobId: '01234567-89ab-cdef-0123-456789abcdef',
      JobName: 'job',
      Status: 'SUCCEEDED',
      Container: { ExitCode: 0 },
    },
  },
  otherNames: { '^(?:submit|submit_?job|run|run_?job)$': '`batch.job({ queue, definition })`' },
} as const satisfies Service;
