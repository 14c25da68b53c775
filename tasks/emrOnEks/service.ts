import type { Service } from '../service.ts';

export const emrOnEks = {
  name: 'emrOnEks',
  title: 'EMR on EKS',
  integrations: ['emr-containers', 'emrcontainers'],
  sdk: 'emrcontainers',
  // The role of a job is assumed within Kubernetes, and nobody hands it on.
  iam: [{ prefix: 'emr-containers', assumedBy: null }],
  jobs: {
    'emr-containers:startJobRun': {
      title: 'EMR on EKS job run',
      made: ['Id', 'VirtualClusterId'],
      asks: {
        call: 'emrcontainers:describeJobRun',
        arguments: { Id: '{% $job.made.Id %}', VirtualClusterId: '{% $job.made.VirtualClusterId %}' },
        state: '$states.result.JobRun.State',
        ended: ['COMPLETED', 'FAILED', 'CANCELLED'],
      },
      ends: {
        call: 'emrcontainers:cancelJobRun',
        arguments: { Id: '{% $job.made.Id %}', VirtualClusterId: '{% $job.made.VirtualClusterId %}' },
      },
    },
  },
  samples: { job: { Id: '000000031uovnh0abcd', VirtualClusterId: 'abcdefghijklmnopqrstuvwxy', Name: 'job' } },
  otherNames: {
    '^(?:start_?job\\w*|submit|job|run|spark_?submit|pyspark|container)$':
      '`emrOnEks.spark({ virtualCluster, role, release, script: … })`',
  },
} as const satisfies Service;
