/** What an optimized integration does with the machine's role, as actions of the SDK's services. */
export interface IntegrationCalls {
  /** Whatever the pattern; default: the action that the integration is named after. */
  readonly calls?: readonly string[];
  /** What `.sync` does besides: it looks how the job is, and ends it when the execution is stopped. */
  readonly sync?: readonly string[];
  /** The EventBridge rule of the account by which `.sync` hears of the job's end; without one it polls. */
  readonly rule?: string;
}

const emrServerless = (sync: readonly string[], of: 'Application' | 'Job'): IntegrationCalls => ({
  sync,
  rule: `StepFunctionsGetEventsForEMRServerless${of}Rule`,
});

const sageMakerJob = (name: string, rule: string): IntegrationCalls => ({
  calls: [`create${name}`, 'addTags', 'listTags'],
  sync: [`describe${name}`, `stop${name}`],
  rule: `StepFunctionsGetEventsForSageMaker${rule}JobsRule`,
});

/**
 * Where an optimized integration calls more than the one action that it is named after, or another: `service:action` → its calls.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html and the page of each service
 */
export const INTEGRATION_CALLS: { readonly [integration: string]: IntegrationCalls } = {
  // API Gateway and third parties are called by their addresses: tasks/aws says what that needs.
  'apigateway:invoke': { calls: [] },
  // Athena looks the catalog up with the caller's leave, whatever the query.
  'athena:startQueryExecution': {
    calls: ['startQueryExecution', 'getDataCatalog'],
    sync: ['getQueryExecution', 'stopQueryExecution'],
  },
  'batch:submitJob': { sync: ['describeJobs', 'terminateJob'], rule: 'StepFunctionsGetEventsForBatchJobsRule' },
  'bedrock:createModelCustomizationJob': { sync: ['getModelCustomizationJob', 'stopModelCustomizationJob'] },
  'codebuild:retryBuildBatch': {
    sync: ['stopBuildBatch', 'batchGetBuildBatches'],
    rule: 'StepFunctionsGetEventForCodeBuildRetryBuildBatchRule',
  },
  'codebuild:startBuild': {
    sync: ['stopBuild', 'batchGetBuilds', 'batchGetReports'],
    rule: 'StepFunctionsGetEventForCodeBuildStartBuildRule',
  },
  'codebuild:startBuildBatch': {
    sync: ['stopBuildBatch', 'batchGetBuildBatches'],
    rule: 'StepFunctionsGetEventForCodeBuildStartBuildBatchRule',
  },
  'databrew:startJobRun': { sync: ['listJobRuns', 'stopJobRun'] },
  'ecs:runTask': { sync: ['describeTasks', 'stopTask'], rule: 'StepFunctionsGetEventsForECSTaskRule' },
  // The cluster's own roles decide.
  'eks:call': { calls: [] },
  'eks:createCluster': { sync: ['describeCluster', 'deleteCluster'] },
  'eks:createFargateProfile': { sync: ['describeFargateProfile', 'deleteFargateProfile'] },
  'eks:createNodegroup': { sync: ['describeNodegroup', 'deleteNodegroup'] },
  'eks:deleteCluster': { sync: ['describeCluster'] },
  'eks:deleteFargateProfile': { sync: ['describeFargateProfile'] },
  'eks:deleteNodegroup': { sync: ['describeNodegroup'] },
  'eks:runJob': { calls: [] },
  'elasticmapreduce:addStep': {
    calls: ['addJobFlowSteps'],
    sync: ['describeStep', 'cancelSteps'],
    rule: 'StepFunctionsGetEventForEMRAddJobFlowStepsRule',
  },
  'elasticmapreduce:cancelStep': { calls: ['cancelSteps'] },
  'elasticmapreduce:createCluster': {
    calls: ['runJobFlow'],
    sync: ['describeCluster', 'terminateJobFlows'],
    rule: 'StepFunctionsGetEventForEMRRunJobFlowRule',
  },
  'elasticmapreduce:modifyInstanceFleetByName': { calls: ['modifyInstanceFleet', 'listInstanceFleets'] },
  'elasticmapreduce:modifyInstanceGroupByName': { calls: ['modifyInstanceGroups', 'listInstanceGroups'] },
  'elasticmapreduce:setClusterTerminationProtection': { calls: ['setTerminationProtection'] },
  'elasticmapreduce:terminateCluster': {
    calls: ['terminateJobFlows'],
    sync: ['describeCluster'],
    rule: 'StepFunctionsGetEventForEMRTerminateJobFlowsRule',
  },
  'emr-containers:deleteVirtualCluster': { sync: ['describeVirtualCluster'] },
  'emr-containers:startJobRun': { sync: ['describeJobRun', 'cancelJobRun'] },
  'emr-serverless:cancelJobRun': emrServerless(['getJobRun'], 'Job'),
  'emr-serverless:createApplication': emrServerless(['getApplication', 'deleteApplication'], 'Application'),
  'emr-serverless:deleteApplication': emrServerless(['getApplication'], 'Application'),
  'emr-serverless:startApplication': emrServerless(['getApplication', 'stopApplication'], 'Application'),
  'emr-serverless:startJobRun': emrServerless(['getJobRun', 'cancelJobRun'], 'Job'),
  'emr-serverless:stopApplication': emrServerless(['getApplication'], 'Application'),
  'glue:startJobRun': { sync: ['getJobRun', 'getJobRuns', 'batchStopJobRun'] },
  'http:invoke': { calls: [] },
  'mediaconvert:createJob': { sync: ['getJob', 'cancelJob'], rule: 'StepFunctionsGetEventsForMediaConvertJobRule' },
  'sagemaker:createEndpoint': { calls: ['createEndpoint', 'listTags'] },
  'sagemaker:createEndpointConfig': { calls: ['createEndpointConfig', 'listTags'] },
  'sagemaker:createHyperParameterTuningJob': sageMakerJob('HyperParameterTuningJob', 'Tuning'),
  'sagemaker:createLabelingJob': sageMakerJob('LabelingJob', 'Labeling'),
  'sagemaker:createModel': { calls: ['createModel', 'listTags'] },
  'sagemaker:createProcessingJob': sageMakerJob('ProcessingJob', 'Processing'),
  'sagemaker:createTrainingJob': sageMakerJob('TrainingJob', 'Training'),
  'sagemaker:createTransformJob': sageMakerJob('TransformJob', 'Transform'),
  'states:startExecution': {
    sync: ['describeExecution', 'stopExecution'],
    rule: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
  },
};

/**
 * The optimized integrations that do nothing but call the service with what they are given: by the service, the arguments that may be JSON, of
 * which the service gets the text.
 */
export const SENT_AS_TEXT: { readonly [service: string]: readonly string[] } = {
  dynamodb: [],
  events: [],
  sns: ['Message'],
  sqs: ['MessageBody'],
};
