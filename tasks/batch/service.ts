import type { Service } from '../service.ts';

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
