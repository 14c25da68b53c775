import type { OwnActions, SyncAnswers } from './optimized-types.ts';
import type {
  IsAny,
  Loose,
  AwsAction as SdkAction,
  SdkInput,
  SdkOutput,
  AwsService as SdkServiceName,
} from './sdk-types.ts';

/** A service by the SDK's name, `sfn`, `eventbridge`; `http` is none of AWS's, and Step Functions calls it. */
export type AwsService = SdkServiceName | 'http';

type OwnOf<S> = S extends keyof OwnActions ? keyof OwnActions[S] & string : never;

/** An action in camelCase: the API's, and what only an optimized integration has. */
export type AwsAction<S extends AwsService> = Actions[S];
/** By service, so that the compiler goes through the members of a client once, and not at each call. */
type Actions = { [S in AwsService]: OwnOf<S> | (S extends SdkServiceName ? SdkAction<S> : never) };

/** Which actions have an optimized integration under the API's own name. Held against asl/services by a test. */
export interface OptimizedActions {
  athena: 'startQueryExecution' | 'stopQueryExecution' | 'getQueryExecution' | 'getQueryResults';
  batch: 'submitJob';
  bedrock: 'createModelCustomizationJob';
  codebuild:
    | 'startBuild'
    | 'startBuildBatch'
    | 'retryBuildBatch'
    | 'stopBuild'
    | 'batchDeleteBuilds'
    | 'batchGetReports'
    | 'stopBuildBatch'
    | 'deleteBuildBatch';
  databrew: 'startJobRun';
  dynamodb: 'getItem' | 'putItem' | 'updateItem' | 'deleteItem';
  ecs: 'runTask';
  eks:
    | 'createCluster'
    | 'deleteCluster'
    | 'createFargateProfile'
    | 'deleteFargateProfile'
    | 'createNodegroup'
    | 'deleteNodegroup';
  emrcontainers: 'createVirtualCluster' | 'deleteVirtualCluster' | 'startJobRun';
  emrserverless:
    | 'createApplication'
    | 'startApplication'
    | 'stopApplication'
    | 'deleteApplication'
    | 'startJobRun'
    | 'cancelJobRun';
  eventbridge: 'putEvents';
  glue: 'startJobRun';
  lambda: 'invoke';
  mediaconvert: 'createJob';
  sagemaker:
    | 'createEndpoint'
    | 'createEndpointConfig'
    | 'createModel'
    | 'updateEndpoint'
    | 'createHyperParameterTuningJob'
    | 'createLabelingJob'
    | 'createProcessingJob'
    | 'createTrainingJob'
    | 'createTransformJob';
  sfn: 'startExecution';
  sns: 'publish';
  sqs: 'sendMessage';
}

type IsOwn<S, A> = A extends OwnOf<S> ? true : false;
type IsOptimized<S, A> = S extends keyof OptimizedActions ? (A extends OptimizedActions[S] ? true : false) : false;
type CanSync<S, A> = S extends keyof SyncAnswers ? (A extends keyof SyncAnswers[S] ? true : false) : false;
/** Of what only an optimized integration has, these alone hand a task token over. */
type OwnCallback = 'apigateway' | 'bedrock' | 'bedrockruntime' | 'eks';

/** The ways in which a call can be waited for. */
export type AwsPattern<S, A> =
  | 'request'
  | (IsOwn<S, A> extends true ? (S extends OwnCallback ? 'callback' : never) : 'callback')
  | (CanSync<S, A> extends true ? 'sync' : never);

/** The forms of a call that there are. */
export type AwsIntegration<S, A> =
  | (IsOwn<S, A> extends true ? 'optimized' : IsOptimized<S, A> extends true ? 'optimized' : never)
  | (S extends SdkServiceName ? (A extends SdkAction<S> ? 'sdk' : never) : never);

/** Members that hold JSON as text: an object may be given. */
interface JsonText {
  eventbridge: 'Detail' | 'Input' | 'EventPattern';
  scheduler: 'Input';
  sfn: 'Input' | 'Output' | 'Definition';
  sns: 'Message';
  sqs: 'MessageBody';
}
type JsonOf<S> = S extends keyof JsonText ? JsonText[S] : never;

type Spelled<S, A, I> = I extends 'sdk' ? 'java' : IsOptimized<S, A> extends true ? 'api' : 'java';

/** The key of what an action of its own takes and answers, where the optimized form is meant. */
type Own<S, A, I> = I extends 'sdk'
  ? undefined
  : S extends keyof OwnActions
    ? A extends keyof OwnActions[S]
      ? OwnActions[S][A]
      : undefined
    : undefined;

/** What a call takes: PascalCase at every depth, timestamps as text. */
export type AwsParameters<S extends AwsService, A, I = 'optimized'> =
  Own<S, A, I> extends { parameters: infer P }
    ? P
    : S extends SdkServiceName
      ? SdkInput<S, A, Spelled<S, A, I>, JsonOf<S>>
      : Loose;

/** What a call answers: of `sync` the job that has ended, of a callback whatever its token was sent back with. */
export type AwsResult<S extends AwsService, A, P = 'request', I = 'optimized'> = P extends 'callback'
  ? Loose
  : P extends 'sync'
    ? SyncAnswer<S, A>
    : Own<S, A, I> extends { answer: infer R }
      ? R
      : S extends SdkServiceName
        ? I extends 'sdk'
          ? WithText<S, A, SdkOutput<S, A>>
          : SdkOutput<S, A, Spelled<S, A, I>>
        : Loose;

type SyncAnswer<S, A> = S extends keyof SyncAnswers
  ? A extends keyof SyncAnswers[S]
    ? SyncAnswers[S][A]
    : Loose
  : Loose;

/** The SDK's form gives what a function returned as text. */
type WithText<S, A, R> = [S, A] extends ['lambda', 'invoke']
  ? IsAny<R> extends true
    ? Loose
    : { [K in keyof R]: K extends 'Payload' ? string : R[K] }
  : R;
