import { OPTIMIZED, SDK_OF_OPTIMIZED } from './optimized.ts';
import { readResource } from './resource.ts';
import { sdkService } from './sdk.ts';
import { type ResultMember, type ResultShape, sdkResult } from './sdk-results.ts';

/**
 * The shape of what a Task answers, by its Resource: of an SDK integration the API's, of an optimized one what Step Functions makes of it,
 * of `.sync` the description of the job that has ended. Undefined where it is not known: of a callback, whose answer is somebody's own, of
 * a function's ARN, of an activity, of what does not exist.
 * @example answerOf('arn:aws:states:::glue:startJobRun.sync') // { kind: 'structure', members: Id, JobName, JobRunState … }
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html and the page of each service
 */
export function answerOf(resource: string): ResultShape | undefined {
  const read = readResource(resource);
  if (read.kind !== 'integration' || read.pattern === 'waitForTaskToken') return undefined;
  const { service, action, sdk, pattern } = read;
  if (sdk) return pattern === 'request' ? apiAnswer(service, action) : undefined;
  const patterns = Object.hasOwn(OPTIMIZED, service) ? OPTIMIZED[service]![action] : undefined;
  if (!patterns?.includes(pattern)) return undefined;
  const name = `${service}:${action}`;
  const known = kept.get(resource);
  if (known !== undefined) return known;
  const made = pattern === 'request' ? requestAnswer(service, action, name) : jobAnswer(service, action, name, pattern);
  if (made === undefined) return undefined;
  kept.set(resource, apiSpelled(made));
  return kept.get(resource);
}

/** The same with what optimized integrations answer besides the members of the shape: how the request went. */
export function wholeAnswerOf(resource: string): ResultShape | undefined {
  const shape = answerOf(resource);
  const read = readResource(resource);
  if (shape?.kind !== 'structure' || (read.kind === 'integration' && read.sdk)) return shape;
  return { ...shape, members: new Map([...shape.members, ...METADATA]) };
}

const METADATA = ['SdkHttpMetadata', 'SdkResponseMetadata'].map((name): [string, ResultMember] => [
  name,
  { required: false, shape: () => ANY },
]);

const kept = new Map<string, ResultShape>();

const NOTHING: ResultShape = { kind: 'structure', members: new Map() };
const ANY: ResultShape = { kind: 'any' };
const STRING: ResultShape = { kind: 'string' };

const spelled = new WeakMap<ResultShape, ResultShape>();

/** SDK integrations write an acronym at the beginning as a word (`Bool`), optimized ones keep the API's own spelling (`BOOL`). Shapes may hold themselves. */
function apiSpelled(shape: ResultShape): ResultShape {
  if (shape.kind !== 'structure' && shape.kind !== 'list' && shape.kind !== 'map') return shape;
  const known = spelled.get(shape);
  if (known !== undefined) return known;
  const made: ResultShape =
    shape.kind === 'structure'
      ? {
          kind: 'structure',
          members: new Map(
            [...shape.members].map(([name, { required, api = name, shape: inner }]) => [
              api,
              { required, shape: () => apiSpelled(inner()) },
            ]),
          ),
        }
      : { kind: shape.kind, of: () => apiSpelled(shape.of()) };
  spelled.set(shape, made);
  return made;
}

/** An action without an output answers an empty object. */
function apiAnswer(service: string, action: string): ResultShape | undefined {
  return sdkResult(service, action) ?? (sdkService(service)?.has(action) ? NOTHING : undefined);
}

function requestAnswer(service: string, action: string, name: string): ResultShape | undefined {
  if (Object.hasOwn(OWN, name)) return OWN[name]!();
  return apiAnswer(SDK_OF_OPTIMIZED[service] ?? service, action);
}

/** A response to an HTTP request. */
const http = () =>
  structure({ Headers: ANY, ResponseBody: ANY, StatusCode: { kind: 'integer' }, StatusText: STRING }, ['StatusCode']);

/** Integrations whose answer is not that of an action of their name; undefined where no page says it. */
const OWN: { readonly [integration: string]: () => ResultShape | undefined } = {
  'apigateway:invoke': http,
  'bedrock:invokeModel': () => structure({ Body: ANY, ContentType: STRING }, ['Body']),
  'eks:call': http,
  'eks:runJob': () => undefined,
  'elasticmapreduce:addStep': () => structure({ StepId: STRING }, ['StepId']),
  'elasticmapreduce:cancelStep': () =>
    structure({ CancelStepsInfo: itemOf(memberOf(sdkResult('emr', 'cancelSteps'), 'CancelStepsInfoList')) }),
  'elasticmapreduce:createCluster': () => structure({ ClusterId: STRING }, ['ClusterId']),
  'elasticmapreduce:modifyInstanceFleetByName': () => NOTHING,
  'elasticmapreduce:modifyInstanceGroupByName': () => NOTHING,
  'elasticmapreduce:setClusterTerminationProtection': () => NOTHING,
  'elasticmapreduce:terminateCluster': () => NOTHING,
  'emr-serverless:deleteApplication': () => structure({ ApplicationId: STRING }, ['ApplicationId']),
  'emr-serverless:startApplication': () => structure({ ApplicationId: STRING }, ['ApplicationId']),
  'emr-serverless:stopApplication': () => structure({ ApplicationId: STRING }, ['ApplicationId']),
  'http:invoke': http,
  // The optimized integration hands on what the function returned as the JSON that it is.
  'lambda:invoke': () => replaced(sdkResult('lambda', 'invoke'), { Payload: ANY }),
};

/** Makes the result of `.sync` from the answer of the API that describes the job. */
type Taken = (polled: ResultShape | undefined) => ResultShape | undefined;

const member =
  (name: string): Taken =>
  (polled) =>
    memberOf(polled, name);
const itemIn =
  (name: string): Taken =>
  (polled) =>
    itemOf(memberOf(polled, name));
/** `Builds` of several is `Build` of one. */
const itemAs =
  (list: string, name: string): Taken =>
  (polled) =>
    structure({ [name]: itemOf(memberOf(polled, list)) });
const beside =
  (own: { readonly [name: string]: ResultShape }): Taken =>
  (polled) =>
    structure({ ...own, ...Object.fromEntries(shapesOf(polled)) });

/** Jobs whose result is not the whole answer of the API that describes the job. */
const TAKEN: { readonly [integration: string]: Taken } = {
  'batch:submitJob': itemIn('Jobs'),
  'codebuild:retryBuildBatch': itemAs('BuildBatches', 'BuildBatch'),
  'codebuild:startBuild': itemAs('Builds', 'Build'),
  'codebuild:startBuildBatch': itemAs('BuildBatches', 'BuildBatch'),
  'ecs:runTask': itemIn('Tasks'),
  'elasticmapreduce:addStep': beside({ StepId: STRING }),
  'elasticmapreduce:createCluster': beside({ ClusterId: STRING }),
  'elasticmapreduce:terminateCluster': beside({ ClusterId: STRING }),
  'glue:startJobRun': member('JobRun'),
};

/**
 * Services whose `.sync` answers what the request answers, once the job has ended.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html "No differences between the … responses"
 */
const AS_REQUEST: ReadonlySet<string> = new Set(['emr-serverless']);

function jobAnswer(service: string, action: string, name: string, pattern: string): ResultShape | undefined {
  if (AS_REQUEST.has(service)) return requestAnswer(service, action, name);
  const asked = POLLED[service]?.[action];
  if (asked === undefined) return undefined;
  const polled = sdkResult(SDK_OF_OPTIMIZED[service] ?? service, asked);
  const answer = Object.hasOwn(TAKEN, name) ? TAKEN[name]!(polled) : polled;
  // `.sync:2` gives the input and the output of the other execution as JSON, `.sync` as texts.
  return pattern === 'sync:2' ? replaced(answer, { Input: ANY, Output: ANY }) : answer;
}

function structure(
  members: { readonly [name: string]: ResultShape | undefined },
  required: readonly string[] = [],
): ResultShape {
  const entries = Object.entries(members).map(([name, shape = ANY]): [string, ResultMember] => [
    name,
    { required: required.includes(name), shape: () => shape },
  ]);
  return { kind: 'structure', members: new Map(entries) };
}

function shapesOf(shape: ResultShape | undefined): [string, ResultShape][] {
  return shape?.kind === 'structure' ? [...shape.members].map(([name, one]) => [name, one.shape()]) : [];
}

function replaced(
  shape: ResultShape | undefined,
  by: { readonly [name: string]: ResultShape },
): ResultShape | undefined {
  if (shape?.kind !== 'structure') return undefined;
  const others = Object.entries(by).map(([name, other]): [string, ResultMember] => [
    name,
    { required: shape.members.get(name)?.required ?? false, shape: () => other },
  ]);
  return { kind: 'structure', members: new Map([...shape.members, ...others]) };
}

function memberOf(shape: ResultShape | undefined, name: string): ResultShape | undefined {
  return shape?.kind === 'structure' ? shape.members.get(name)?.shape() : undefined;
}

function itemOf(shape: ResultShape | undefined): ResultShape | undefined {
  return shape?.kind === 'list' ? shape.of() : undefined;
}

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
