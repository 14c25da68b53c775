import { readResource } from '../resource.ts';
import { SDK_DENIALS } from './denials.generated.ts';

/** How a state sees that IAM denied its call. */
export interface DenialForm {
  /** The error's name: `Glue.AccessDeniedException`. */
  readonly error: string;
  /** What stands behind AWS's text in the cause. */
  readonly suffix: string;
}

/**
 * The optimized integrations call with the AWS SDK for Java 1: the service as its exceptions name it, its general exception or the one
 * that it has for denials, and the service as messages call it.
 */
const OPTIMIZED_DENIALS: { readonly [service: string]: readonly [error: string, service: string] } = {
  athena: ['Athena.AmazonAthenaException', 'AmazonAthena'],
  batch: ['Batch.AWSBatchException', 'AWSBatch'],
  bedrock: ['Bedrock.AccessDeniedException', 'AmazonBedrock'],
  codebuild: ['CodeBuild.AWSCodeBuildException', 'AWSCodeBuild'],
  databrew: ['DataBrew.AccessDeniedException', 'AWSGlueDataBrew'],
  dynamodb: ['DynamoDB.AmazonDynamoDBException', 'AmazonDynamoDBv2'],
  ecs: ['ECS.AccessDeniedException', 'AmazonECS'],
  eks: ['EKS.AmazonEKSException', 'AmazonEKS'],
  elasticmapreduce: ['ElasticMapReduce.AmazonElasticMapReduceException', 'AmazonElasticMapReduce'],
  'emr-containers': ['EMRContainers.AmazonEMRContainersException', 'AmazonEMRContainers'],
  'emr-serverless': ['EMRServerless.AWSEMRServerlessException', 'AWSEMRServerless'],
  events: ['EventBridge.AmazonEventBridgeException', 'AmazonEventBridge'],
  glue: ['Glue.AccessDeniedException', 'AWSGlue'],
  lambda: ['Lambda.AWSLambdaException', 'AWSLambda'],
  mediaconvert: ['MediaConvert.ForbiddenException', 'AWSMediaConvert'],
  sagemaker: ['SageMaker.AmazonSageMakerException', 'AmazonSageMaker'],
  sns: ['SNS.AuthorizationErrorException', 'AmazonSNS'],
  sqs: ['SQS.AmazonSQSException', 'AmazonSQS'],
  states: ['StepFunctions.AWSStepFunctionsException', 'AWSStepFunctions'],
};

/** Services that answer a denial with the status of the protocol HTTP, and not with 400. */
const FORBIDS: ReadonlySet<string> = new Set([
  'batch',
  'eks',
  'emr-containers',
  'emr-serverless',
  'emrserverless',
  'iam',
  'lambda',
  's3',
  'sns',
  'sqs',
  'sts',
]);

/**
 * How a state of this Resource fails where IAM denies its call.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 * @example denialForm('arn:aws:states:::aws-sdk:glue:startCrawler') // { error: 'Glue.AccessDeniedException', suffix: ' (Service: Glue, …' }
 */
export function denialForm(resource: string): DenialForm {
  const read = readResource(resource);
  if (read.kind === 'lambda') return ofOptimized('lambda');
  if (read.kind !== 'integration') return { error: 'States.TaskFailed', suffix: '' };
  const { sdk, service } = read;
  if (!sdk) return ofOptimized(service);
  const error = SDK_DENIALS[service] ?? 'States.TaskFailed';
  return { error, suffix: ` (Service: ${error.split('.')[0]}, Status Code: ${FORBIDS.has(service) ? 403 : 400})` };
}

function ofOptimized(service: string): DenialForm {
  const [error, name] = OPTIMIZED_DENIALS[service] ?? ['States.TaskFailed', service];
  const status = FORBIDS.has(service) ? 403 : 400;
  return { error, suffix: ` (Service: ${name}; Status Code: ${status}; Error Code: AccessDeniedException)` };
}
