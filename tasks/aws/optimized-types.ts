import type { AwsService, IsAny, Loose, SdkInput, SdkOutput } from './sdk-types.ts';

/** What an optimized integration answers is spelled as the API has it. */
type Answer<S extends AwsService, A> = SdkOutput<S, A, 'api'>;
type Item<T, K> =
  IsAny<T> extends true ? Loose : K extends keyof T ? (T[K] extends readonly (infer I)[] ? I : Loose) : Loose;
type Member<T, K> = IsAny<T> extends true ? Loose : K extends keyof T ? T[K] : Loose;
type Parameters<S extends AwsService, A> = SdkInput<S, A, 'api'>;

interface HttpAnswer {
  readonly StatusCode: number;
  readonly StatusText: string;
  readonly Headers: { readonly [name: string]: readonly string[] };
  /** JSON where the answer is JSON. */
  readonly ResponseBody: Loose;
}
type Texts = { readonly [name: string]: string | readonly string[] };
type Nothing = Record<string, never>;

interface InvokeModel {
  parameters: {
    readonly ModelId: string;
    readonly Body?: object | string;
    readonly Accept?: string;
    readonly ContentType?: string;
    /** Where the prompt is read from, where it is too large for the state. */
    readonly Input?: { readonly S3Uri: string };
    readonly Output?: { readonly S3Uri: string };
    readonly GuardrailIdentifier?: string;
    readonly GuardrailVersion?: string;
    readonly PerformanceConfigLatency?: string;
    readonly ServiceTier?: string;
    readonly Trace?: string;
  };
  answer: { readonly Body: Loose; readonly ContentType: string };
}

/** What a call of a cluster's API names the cluster by. */
interface KubernetesCluster {
  readonly ClusterName?: string;
  readonly CertificateAuthority: string;
  readonly Endpoint: string;
}

/**
 * What only optimized integrations have, by the SDK's service: what it takes, and what it answers at once.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html and the page of each service
 */
export interface OwnActions {
  apigateway: {
    invoke: {
      parameters: {
        readonly ApiEndpoint: string;
        readonly Method: string;
        readonly Stage?: string;
        readonly Path?: string;
        readonly Headers?: { readonly [name: string]: readonly string[] };
        readonly QueryParameters?: { readonly [name: string]: readonly string[] };
        readonly RequestBody?: object | string;
        readonly AllowNullValues?: boolean;
        /** Default `NO_AUTH`. */
        readonly AuthType?: 'NO_AUTH' | 'IAM_ROLE' | 'RESOURCE_POLICY';
      };
      answer: HttpAnswer;
    };
  };
  bedrock: { invokeModel: InvokeModel };
  bedrockruntime: { invokeModel: InvokeModel };
  eks: {
    call: {
      parameters: KubernetesCluster & {
        readonly Method: string;
        readonly Path: string;
        readonly QueryParameters?: { readonly [name: string]: readonly string[] };
        readonly RequestBody?: object;
      };
      answer: HttpAnswer;
    };
    runJob: {
      parameters: KubernetesCluster & {
        readonly Job: object;
        readonly Namespace?: string;
        readonly LogOptions?: { readonly RetrieveLogs?: boolean; readonly LogParameters?: object };
      };
      answer: Loose;
    };
  };
  emr: {
    addStep: {
      parameters: {
        readonly ClusterId: string;
        readonly Step: Item<Parameters<'emr', 'addJobFlowSteps'>, 'Steps'>;
        readonly ExecutionRoleArn?: string;
      };
      answer: { readonly StepId: string };
    };
    cancelStep: {
      parameters: { readonly ClusterId: string; readonly StepId: string };
      answer: { readonly CancelStepsInfo: Item<Answer<'emr', 'cancelSteps'>, 'CancelStepsInfoList'> };
    };
    createCluster: { parameters: Parameters<'emr', 'runJobFlow'>; answer: { readonly ClusterId: string } };
    modifyInstanceFleetByName: {
      parameters: {
        readonly ClusterId: string;
        readonly InstanceFleetName: string;
        readonly InstanceFleet: {
          readonly TargetOnDemandCapacity?: number;
          readonly TargetSpotCapacity?: number;
          readonly ResizeSpecifications?: object;
        };
      };
      answer: Nothing;
    };
    modifyInstanceGroupByName: {
      parameters: {
        readonly ClusterId: string;
        readonly InstanceGroupName: string;
        readonly InstanceGroup: {
          readonly InstanceCount?: number;
          readonly EC2InstanceIdsToTerminate?: readonly string[];
          readonly ShrinkPolicy?: object;
        };
      };
      answer: Nothing;
    };
    setClusterTerminationProtection: {
      parameters: { readonly ClusterId: string; readonly TerminationProtected: boolean };
      answer: Nothing;
    };
    terminateCluster: { parameters: { readonly ClusterId: string }; answer: Nothing };
  };
  http: {
    invoke: {
      parameters: {
        /** The address, without the query: `https://api.example.com/jobs`. */
        readonly ApiEndpoint: string;
        readonly Method: string;
        /** The EventBridge connection that has the credentials. */
        readonly InvocationConfig?: { readonly ConnectionArn: string };
        readonly Authentication?: { readonly ConnectionArn: string };
        readonly Headers?: Texts;
        readonly QueryParameters?: Texts;
        readonly RequestBody?: object | string;
        readonly Transform?: {
          readonly RequestBodyEncoding?: 'NONE' | 'URL_ENCODED';
          readonly RequestEncodingOptions?: {
            readonly ArrayFormat?: 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS' | 'NONE';
          };
        };
      };
      answer: HttpAnswer;
    };
  };
}

type EmrCluster = { readonly ClusterId: string; readonly Cluster: Member<Answer<'emr', 'describeCluster'>, 'Cluster'> };
type Build = { readonly BuildBatch: Item<Answer<'codebuild', 'batchGetBuildBatches'>, 'BuildBatches'> };
type Application = { readonly ApplicationId: string };

/** What `sync` answers, by the SDK's service: the description of the job that has ended. The same as asl/services/answers.ts. */
export interface SyncAnswers {
  athena: { startQueryExecution: Answer<'athena', 'getQueryExecution'> };
  batch: { submitJob: Item<Answer<'batch', 'describeJobs'>, 'Jobs'> };
  bedrock: { createModelCustomizationJob: Answer<'bedrock', 'getModelCustomizationJob'> };
  codebuild: {
    startBuild: { readonly Build: Item<Answer<'codebuild', 'batchGetBuilds'>, 'Builds'> };
    startBuildBatch: Build;
    retryBuildBatch: Build;
  };
  databrew: { startJobRun: Answer<'databrew', 'describeJobRun'> };
  ecs: { runTask: Item<Answer<'ecs', 'describeTasks'>, 'Tasks'> };
  eks: {
    createCluster: Answer<'eks', 'describeCluster'>;
    deleteCluster: Answer<'eks', 'describeCluster'>;
    createFargateProfile: Answer<'eks', 'describeFargateProfile'>;
    deleteFargateProfile: Answer<'eks', 'describeFargateProfile'>;
    createNodegroup: Answer<'eks', 'describeNodegroup'>;
    deleteNodegroup: Answer<'eks', 'describeNodegroup'>;
    runJob: Loose;
  };
  emr: {
    addStep: { readonly StepId: string; readonly Step: Member<Answer<'emr', 'describeStep'>, 'Step'> };
    createCluster: EmrCluster;
    terminateCluster: EmrCluster;
  };
  emrcontainers: {
    deleteVirtualCluster: Answer<'emrcontainers', 'describeVirtualCluster'>;
    startJobRun: Answer<'emrcontainers', 'describeJobRun'>;
  };
  emrserverless: {
    createApplication: Answer<'emrserverless', 'createApplication'>;
    startApplication: Application;
    stopApplication: Application;
    deleteApplication: Application;
    startJobRun: Answer<'emrserverless', 'startJobRun'>;
    cancelJobRun: Answer<'emrserverless', 'cancelJobRun'>;
  };
  glue: { startJobRun: Member<Answer<'glue', 'getJobRun'>, 'JobRun'> };
  mediaconvert: { createJob: Answer<'mediaconvert', 'getJob'> };
  sagemaker: {
    createHyperParameterTuningJob: Answer<'sagemaker', 'describeHyperParameterTuningJob'>;
    createLabelingJob: Answer<'sagemaker', 'describeLabelingJob'>;
    createProcessingJob: Answer<'sagemaker', 'describeProcessingJob'>;
    createTrainingJob: Answer<'sagemaker', 'describeTrainingJob'>;
    createTransformJob: Answer<'sagemaker', 'describeTransformJob'>;
  };
  /** Called as `.sync:2`, which gives the input and the output as JSON. */
  sfn: { startExecution: WithJson<Answer<'sfn', 'describeExecution'>> };
}

type WithJson<T> = IsAny<T> extends true ? Loose : { [K in keyof T]: K extends 'Input' | 'Output' ? Loose : T[K] };
