/** How a task calls a service: request and go on, run a job and wait for it, or wait for a task token to come back. */
export type Pattern = 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';

const request: readonly Pattern[] = ['request'];
const job: readonly Pattern[] = ['request', 'sync'];
const callback: readonly Pattern[] = ['request', 'waitForTaskToken'];
const both: readonly Pattern[] = ['request', 'sync', 'waitForTaskToken'];

const all = (actions: readonly string[], patterns: readonly Pattern[]) =>
  Object.fromEntries(actions.map((action) => [action, patterns]));

/**
 * The optimized integrations: service → action → the patterns it can be called with.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html and the page of each service
 */
export const OPTIMIZED: { readonly [service: string]: { readonly [action: string]: readonly Pattern[] } } = {
  apigateway: { invoke: callback },
  athena: { startQueryExecution: job, ...all(['stopQueryExecution', 'getQueryExecution', 'getQueryResults'], request) },
  batch: { submitJob: job },
  bedrock: { invokeModel: callback, createModelCustomizationJob: both },
  codebuild: {
    ...all(['startBuild', 'startBuildBatch', 'retryBuildBatch'], job),
    ...all(['stopBuild', 'batchDeleteBuilds', 'batchGetReports', 'stopBuildBatch', 'deleteBuildBatch'], request),
  },
  databrew: { startJobRun: job },
  dynamodb: all(['getItem', 'putItem', 'updateItem', 'deleteItem'], request),
  ecs: { runTask: both },
  // The table of integrations has callbacks for EKS, its own page says otherwise: they are let through.
  eks: {
    ...all(
      [
        'createCluster',
        'deleteCluster',
        'createFargateProfile',
        'deleteFargateProfile',
        'createNodegroup',
        'deleteNodegroup',
        'runJob',
      ],
      both,
    ),
    call: callback,
  },
  elasticmapreduce: {
    ...all(['createCluster', 'terminateCluster', 'addStep'], job),
    ...all(
      ['setClusterTerminationProtection', 'cancelStep', 'modifyInstanceFleetByName', 'modifyInstanceGroupByName'],
      request,
    ),
  },
  'emr-containers': { ...all(['createVirtualCluster'], request), ...all(['deleteVirtualCluster', 'startJobRun'], job) },
  'emr-serverless': all(
    ['createApplication', 'startApplication', 'stopApplication', 'deleteApplication', 'startJobRun', 'cancelJobRun'],
    job,
  ),
  events: { putEvents: callback },
  glue: { startJobRun: job },
  http: { invoke: request },
  lambda: { invoke: callback },
  mediaconvert: { createJob: job },
  sagemaker: {
    ...all(['createEndpoint', 'createEndpointConfig', 'createModel', 'updateEndpoint'], request),
    ...all(
      [
        'createHyperParameterTuningJob',
        'createLabelingJob',
        'createProcessingJob',
        'createTrainingJob',
        'createTransformJob',
      ],
      job,
    ),
  },
  sns: { publish: callback },
  sqs: { sendMessage: callback },
  states: { startExecution: ['request', 'sync', 'sync:2', 'waitForTaskToken'] },
};

/** What an ItemReader and a ResultWriter may call. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html */
export const MAP_RESOURCES: readonly string[] = ['s3:getObject', 's3:listObjectsV2', 's3:putObject'];

/**
 * Which AWS SDK service has the API behind an optimized integration: the names differ for a few, and some integrations
 * call nothing that the SDK has.
 */
export const SDK_OF_OPTIMIZED: { readonly [service: string]: string } = {
  elasticmapreduce: 'emr',
  'emr-containers': 'emrcontainers',
  'emr-serverless': 'emrserverless',
  events: 'eventbridge',
  states: 'sfn',
};
