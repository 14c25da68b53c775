/**
 * The action that Step Functions asks how a job is doing, and whose answer is the result of `.sync`: service → action → that action, both
 * of the SDK's service.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html, the policies of each service's page
 */
export const POLLED: { readonly [service: string]: { readonly [action: string]: string } } = {
  athena: { startQueryExecution: 'getQueryExecution' },
  batch: { submitJob: 'describeJobs' },
  bedrock: { createModelCustomizationJob: 'getModelCustomizationJob' },
  codebuild: {
    startBuild: 'batchGetBuilds',
    startBuildBatch: 'batchGetBuildBatches',
    retryBuildBatch: 'batchGetBuildBatches',
  },
  databrew: { startJobRun: 'describeJobRun' },
  ecs: { runTask: 'describeTasks' },
  eks: {
    createCluster: 'describeCluster',
    createFargateProfile: 'describeFargateProfile',
    createNodegroup: 'describeNodegroup',
    deleteCluster: 'describeCluster',
    deleteFargateProfile: 'describeFargateProfile',
    deleteNodegroup: 'describeNodegroup',
  },
  elasticmapreduce: {
    createCluster: 'describeCluster',
    terminateCluster: 'describeCluster',
    addStep: 'describeStep',
  },
  'emr-containers': { startJobRun: 'describeJobRun', deleteVirtualCluster: 'describeVirtualCluster' },
  'emr-serverless': {
    createApplication: 'getApplication',
    startApplication: 'getApplication',
    stopApplication: 'getApplication',
    deleteApplication: 'getApplication',
    startJobRun: 'getJobRun',
    cancelJobRun: 'getJobRun',
  },
  glue: { startJobRun: 'getJobRun' },
  mediaconvert: { createJob: 'getJob' },
  sagemaker: {
    createHyperParameterTuningJob: 'describeHyperParameterTuningJob',
    createLabelingJob: 'describeLabelingJob',
    createProcessingJob: 'describeProcessingJob',
    createTrainingJob: 'describeTrainingJob',
    createTransformJob: 'describeTransformJob',
  },
  states: { startExecution: 'describeExecution' },
};
