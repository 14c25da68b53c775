import type { Job } from '../service.ts';

const made = (member: string) => `{% $job.made.${member} %}`;
const given = (argument: string) => `{% $job.given.${argument} %}`;

/** @param title a run of it, as people call it */
function build(title: string, Build: string, ask: string, stop: string): Job {
  return {
    title,
    made: [Build],
    asks: {
      call: `codebuild:${ask}`,
      arguments: { Ids: [made(`${Build}.Id`)] },
      state: `$states.result.${Build === 'Build' ? 'Builds[0].BuildStatus' : 'BuildBatches[0].BuildBatchStatus'}`,
      ended: ['SUCCEEDED', 'FAILED', 'FAULT', 'TIMED_OUT', 'STOPPED'],
    },
    ends: { call: `codebuild:${stop}`, arguments: { Id: made(`${Build}.Id`) } },
  };
}
const buildBatch = build('CodeBuild batch build', 'BuildBatch', 'batchGetBuildBatches', 'stopBuildBatch');

/**
 * The jobs of the services that have no folder of their own. What a call makes to stay, a cluster of EKS, is no job; nor is a job within
 * Kubernetes (`eks:runJob`), which no API of AWS knows.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html and the API reference of each service
 */
export const jobs: { readonly [call: string]: Job } = {
  'codebuild:retryBuildBatch': buildBatch,
  'codebuild:startBuild': build('CodeBuild build', 'Build', 'batchGetBuilds', 'stopBuild'),
  'codebuild:startBuildBatch': buildBatch,
  'databrew:startJobRun': {
    title: 'DataBrew job run',
    given: ['Name'],
    made: ['RunId'],
    asks: {
      call: 'databrew:describeJobRun',
      arguments: { Name: given('Name'), RunId: made('RunId') },
      state: '$states.result.State',
      ended: ['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMEOUT'],
    },
    ends: { call: 'databrew:stopJobRun', arguments: { Name: given('Name'), RunId: made('RunId') } },
  },
  'mediaconvert:createJob': {
    title: 'MediaConvert job',
    made: ['Job'],
    asks: {
      call: 'mediaconvert:getJob',
      arguments: { Id: made('Job.Id') },
      state: '$states.result.Job.Status',
      ended: ['COMPLETE', 'CANCELED', 'ERROR'],
    },
    ends: { call: 'mediaconvert:cancelJob', arguments: { Id: made('Job.Id') } },
  },
};
