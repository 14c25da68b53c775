import type { JsonObject } from '../../asl/json/value.ts';
import type { Job, ServiceCalls } from './account.ts';

/** Every job that `.sync` waits for and that can be ended: what starts it, and how its service speaks of it, by AWS's API reference. */
export const SERVICES: { readonly [title: string]: ServiceCalls & { readonly parameters: JsonObject } } = {
  'Athena query': service('athena:startQueryExecution.sync', 'athena:getQueryExecution', 'athena:stopQueryExecution', {
    parameters: { QueryString: 'INSERT INTO t VALUES (1)', ResultConfiguration: { OutputLocation: 's3://lake/x/' } },
    made: (QueryExecutionId) => ({ QueryExecutionId }),
    idIn: ({ QueryExecutionId }) => QueryExecutionId,
    told: (job) => ({ QueryExecution: { Status: { State: state(job, 'RUNNING', 'CANCELLED') } } }),
  }),
  'Batch job': service('batch:submitJob.sync', 'batch:describeJobs', 'batch:terminateJob', {
    parameters: { JobName: 'x', JobDefinition: 'x:1', JobQueue: 'q' },
    made: (JobId) => ({ JobArn: `arn:${JobId}`, JobId, JobName: 'x' }),
    idIn: ({ Jobs, JobId }) => JobId ?? first(Jobs),
    told: (job) => ({ Jobs: [{ JobId: job.id, Status: state(job, 'RUNNABLE', 'FAILED') }] }),
  }),
  'Bedrock customization job': service(
    'bedrock:createModelCustomizationJob.sync',
    'bedrock:getModelCustomizationJob',
    'bedrock:stopModelCustomizationJob',
    {
      parameters: {
        JobName: 'x',
        CustomModelName: 'x',
        RoleArn: 'arn:aws:iam::123456789012:role/x',
        BaseModelIdentifier: 'm',
        TrainingDataConfig: { S3Uri: 's3://x/y' },
        OutputDataConfig: { S3Uri: 's3://x/z' },
        ClientRequestToken: 'abc',
      },
      made: (JobArn) => ({ JobArn }),
      idIn: ({ JobIdentifier }) => JobIdentifier,
      told: (job) => ({ JobArn: job.id, Status: state(job, 'InProgress', 'Stopped') }),
    },
  ),
  'CodeBuild build': service('codebuild:startBuild.sync', 'codebuild:batchGetBuilds', 'codebuild:stopBuild', {
    parameters: { ProjectName: 'x' },
    made: (Id) => ({ Build: { Id, Arn: `arn:${Id}`, BuildStatus: 'IN_PROGRESS' } }),
    idIn: ({ Ids, Id }) => Id ?? first(Ids),
    told: (job) => ({ Builds: [{ Id: job.id, BuildStatus: state(job, 'IN_PROGRESS', 'STOPPED') }] }),
  }),
  'CodeBuild batch build': service(
    'codebuild:startBuildBatch.sync',
    'codebuild:batchGetBuildBatches',
    'codebuild:stopBuildBatch',
    {
      parameters: { ProjectName: 'x' },
      made: (Id) => ({ BuildBatch: { Id, BuildBatchStatus: 'IN_PROGRESS' } }),
      idIn: ({ Ids, Id }) => Id ?? first(Ids),
      told: (job) => ({ BuildBatches: [{ Id: job.id, BuildBatchStatus: state(job, 'IN_PROGRESS', 'STOPPED') }] }),
    },
  ),
  'DataBrew job run': service('databrew:startJobRun.sync', 'databrew:describeJobRun', 'databrew:stopJobRun', {
    parameters: { Name: 'x' },
    made: (RunId) => ({ RunId }),
    idIn: ({ Name, RunId }) => (Name === 'x' ? RunId : undefined),
    told: (job) => ({ RunId: job.id, State: state(job, 'STOPPING', 'STOPPED') }),
  }),
  'ECS task': service('ecs:runTask.sync', 'ecs:describeTasks', 'ecs:stopTask', {
    parameters: { Cluster: 'c', TaskDefinition: 'x' },
    made: (TaskArn) => ({ Failures: [], Tasks: [{ TaskArn, ClusterArn: 'c', LastStatus: 'PROVISIONING' }] }),
    idIn: ({ Cluster, Tasks, Task }) => (Cluster === 'c' ? (Task ?? first(Tasks)) : undefined),
    told: (job) => ({ Tasks: [{ TaskArn: job.id, LastStatus: state(job, 'DEPROVISIONING', 'STOPPED') }] }),
  }),
  'EMR cluster': service('elasticmapreduce:createCluster.sync', 'emr:describeCluster', 'emr:terminateJobFlows', {
    parameters: {
      Name: 'x',
      ServiceRole: 'r',
      JobFlowRole: 'p',
      ReleaseLabel: 'emr-7.13.0',
      Instances: { KeepJobFlowAliveWhenNoSteps: true },
    },
    made: (ClusterId) => ({ ClusterId }),
    idIn: ({ ClusterId, JobFlowIds }) => ClusterId ?? first(JobFlowIds),
    told: (job) => ({ Cluster: { Id: job.id, Status: { State: state(job, 'STARTING', 'TERMINATED') } } }),
  }),
  'EMR on EKS job run': service(
    'emr-containers:startJobRun.sync',
    'emrcontainers:describeJobRun',
    'emrcontainers:cancelJobRun',
    {
      parameters: { VirtualClusterId: 'v', Name: 'x', ClientToken: 'abc' },
      made: (Id) => ({ Id, Name: 'x', Arn: `arn:${Id}`, VirtualClusterId: 'v' }),
      idIn: ({ Id, VirtualClusterId }) => (VirtualClusterId === 'v' ? Id : undefined),
      told: (job) => ({ JobRun: { State: state(job, 'CANCEL_PENDING', 'CANCELLED') } }),
    },
  ),
  'EMR Serverless application': service(
    'emr-serverless:createApplication.sync',
    'emrserverless:getApplication',
    'emrserverless:deleteApplication',
    {
      parameters: { Name: 'x', ReleaseLabel: 'emr-7.13.0', Type: 'SPARK', ClientToken: 'abc' },
      made: (ApplicationId) => ({ ApplicationId, Arn: `arn:${ApplicationId}`, Name: 'x' }),
      idIn: ({ ApplicationId }) => ApplicationId,
      told: (job) => ({ Application: { State: state(job, 'CREATED', 'TERMINATED') } }),
    },
  ),
  'EMR Serverless job run': service(
    'emr-serverless:startJobRun.sync',
    'emrserverless:getJobRun',
    'emrserverless:cancelJobRun',
    {
      parameters: { ApplicationId: 'a', ExecutionRoleArn: 'arn:aws:iam::123456789012:role/x', ClientToken: 'abc' },
      made: (JobRunId) => ({ ApplicationId: 'a', Arn: `arn:${JobRunId}`, JobRunId }),
      idIn: ({ ApplicationId, JobRunId }) => (ApplicationId === 'a' ? JobRunId : undefined),
      told: (job) => ({ JobRun: { State: state(job, 'SCHEDULED', 'CANCELLED') } }),
    },
  ),
  'EMR step': service('elasticmapreduce:addStep.sync', 'emr:describeStep', 'emr:cancelSteps', {
    parameters: {
      ClusterId: 'j-1',
      Step: { Name: 'x', ActionOnFailure: 'CONTINUE', HadoopJarStep: { Jar: 'command-runner.jar' } },
    },
    made: (StepId) => ({ StepId }),
    idIn: ({ ClusterId, StepId, StepIds }) => (ClusterId === 'j-1' ? (StepId ?? first(StepIds)) : undefined),
    told: (job) => ({ Step: { Id: job.id, Status: { State: state(job, 'CANCEL_PENDING', 'CANCELLED') } } }),
  }),
  'Glue job run': service('glue:startJobRun.sync', 'glue:getJobRun', 'glue:batchStopJobRun', {
    parameters: { JobName: 'x' },
    made: (JobRunId) => ({ JobRunId }),
    idIn: ({ JobName, RunId, JobRunIds }) => (JobName === 'x' ? (RunId ?? first(JobRunIds)) : undefined),
    told: (job) => ({ JobRun: { Id: job.id, JobRunState: state(job, 'STOPPING', 'STOPPED') } }),
  }),
  'MediaConvert job': service('mediaconvert:createJob.sync', 'mediaconvert:getJob', 'mediaconvert:cancelJob', {
    parameters: { Role: 'arn:aws:iam::123456789012:role/x', Settings: {}, ClientRequestToken: 'abc' },
    made: (Id) => ({ Job: { Id, Status: 'SUBMITTED' } }),
    idIn: ({ Id }) => Id,
    told: (job) => ({ Job: { Id: job.id, Status: state(job, 'PROGRESSING', 'CANCELED') } }),
  }),
  'SageMaker training job': service(
    'sagemaker:createTrainingJob.sync',
    'sagemaker:describeTrainingJob',
    'sagemaker:stopTrainingJob',
    {
      // A name is taken once: the model takes it for the id of the last that was started.
      parameters: {
        TrainingJobName: 'job-1',
        RoleArn: 'arn:aws:iam::123456789012:role/x',
        OutputDataConfig: { S3OutputPath: 's3://x/y' },
        ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 1 },
        StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      },
      made: () => ({ TrainingJobArn: 'arn:x' }),
      idIn: ({ TrainingJobName }) => TrainingJobName,
      told: (job) => ({ TrainingJobName: job.id, TrainingJobStatus: state(job, 'Stopping', 'Stopped') }),
    },
  ),
  'child execution': service('states:startExecution.sync:2', 'sfn:describeExecution', 'sfn:stopExecution', {
    parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:other', Input: {} },
    made: (ExecutionArn) => ({ ExecutionArn, StartDate: 0 }),
    idIn: ({ ExecutionArn }) => ExecutionArn,
    told: (job) => ({ ExecutionArn: job.id, Status: state(job, 'RUNNING', 'ABORTED') }),
  }),
};

type Ids = { readonly [name: string]: string | undefined };

function service(
  start: string,
  ask: string,
  end: string,
  of: {
    readonly parameters: JsonObject;
    readonly made: (id: string) => JsonObject;
    readonly idIn: (args: Ids) => string | undefined;
    readonly told: (job: Job) => JsonObject;
  },
): ServiceCalls & { readonly parameters: JsonObject } {
  return {
    ...of,
    start,
    ask: `aws-sdk:${ask}`,
    end: `aws-sdk:${end}`,
    idIn: (args) => of.idIn(args as Ids),
  };
}

/** Whoever asks is told what is due: nothing is due of a job that has ended. */
function state({ due }: Job, running: string, ended: string): string {
  return due > 0 ? running : ended;
}

function first(list: unknown): string | undefined {
  return (list as readonly string[] | undefined)?.[0];
}
