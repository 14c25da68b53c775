import {
  builtIn,
  type ChecksOf,
  expression,
  type Fragment,
  type FragmentState,
  type LoweringContext,
  object,
  type Permission,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { type Conflict, checkedTemplate, type OtherNames, textMap } from '../checked.ts';
import { executionTags } from '../own-names.ts';
import { DEADLINE, deadline, waitingStates } from '../waiting.ts';
import { instanceType, NAMES_OF_JOBS } from './instances.ts';
import { freshName, namesLike, wholeName } from './names.ts';
import { sagemaker } from './service.ts';

/** An endpoint that answers with a model, for as long as it is there. */
export interface EndpointParameters {
  /** The endpoint's name. One that is there goes on with the new model; another one is made. */
  readonly name: string;
  /** The model's name: of one that is there, or `modelled.output.ModelName` of a `sagemaker.model`. */
  readonly model?: string;
  /** A configuration that is there, in place of a model and what it runs on. */
  readonly config?: string;
  /** On what the model runs, `ml.m5.large`; or `serverless`. */
  readonly instanceType?: string;
  /** Default 1. */
  readonly instanceCount?: number;
  readonly serverless?: Serverless;
  readonly tags?: { readonly [key: string]: string };
}

/** Answers without instances of one's own, paid for by the request. */
export interface Serverless {
  /** 1024 to 6144, in steps of 1024. */
  readonly memoryMb: number;
  /** How many requests at a time, at most 200. */
  readonly maxConcurrency: number;
}

/** What SageMaker says of an endpoint. */
export interface EndpointOutput {
  readonly EndpointName: string;
  readonly EndpointArn: string;
  readonly EndpointConfigName: string;
  readonly EndpointStatus: string;
}

/** An endpoint takes some minutes. */
const POLL_SECONDS = 30;

/**
 * Makes an endpoint of SageMaker answer with a model, and waits until it does: a new one, or one that is there, which answers all the while.
 * Where the new model does not start, SageMaker goes back to the old one, and the task fails with `SageMaker.EndpointFailed`. The endpoint
 * stays, and is paid for by the hour.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 *
 * @example
 * ```ts
 * dag.task('serve', sagemaker.endpoint({ name: 'churn', model: 'churn-3', instanceType: 'ml.m5.large' }), {
 *   executionTimeout: '30m',
 * });
 * ```
 */
export function endpoint(parameters: EndpointParameters): Template<EndpointOutput> {
  return checkedTemplate('sagemaker.endpoint', parameters, ENDPOINT, made, OTHER_NAMES, conflicts);
}

const SERVERLESS: ChecksOf<Serverless> = {
  memoryMb: required(wholeNumber(1024, 6144)),
  maxConcurrency: required(wholeNumber(1, 200)),
};

const ENDPOINT: ChecksOf<EndpointParameters> = {
  name: required(wholeName),
  model: wholeName,
  config: wholeName,
  instanceType,
  instanceCount: wholeNumber(1, 1000),
  serverless: object(SERVERLESS, '{ memoryMb: 2048, maxConcurrency: 5 }'),
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  endpointname: 'name',
  modelname: 'model',
  endpointconfigname: 'config',
  endpointconfig: 'config',
  initialinstancecount: 'instanceCount',
  serverlessconfig: 'serverless',
  operation: 'An endpoint that is there is updated, another one is made: leave it out.',
  productionvariants: 'Its parts are fields of their own here: `model`, `instanceType` and `instanceCount`.',
};

function conflicts({ model, config, instanceType: type, instanceCount, serverless }: EndpointParameters): Conflict[] {
  const parts = Object.entries({ model, instanceType: type, instanceCount, serverless }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (config !== undefined)
    return parts.length === 0
      ? []
      : [
          {
            detail: `config and ${parts.join(', ')} are given`,
            instead: 'Write the configuration’s name alone, or the model and on what it runs.',
          },
        ];
  if (model === undefined)
    return [
      { detail: 'there is neither model nor config', instead: "Write `model: 'churn', instanceType: 'ml.m5.large'`." },
    ];
  return (type === undefined) === (serverless === undefined)
    ? [
        {
          detail:
            type === undefined ? 'nothing says on what the model runs' : 'instanceType and serverless are both given',
          instead:
            "Write one of them: `instanceType: 'ml.m5.large'`, or `serverless: { memoryMb: 2048, maxConcurrency: 5 }`.",
        },
      ]
    : [];
}

const call = (action: string) => `arn:aws:states:::sagemaker:${action}`;
const LOOK = 'arn:aws:states:::aws-sdk:sagemaker:describeEndpoint';

function made(parameters: EndpointParameters): Template<EndpointOutput> {
  return template({
    service: 'sagemaker',
    kind: 'sagemaker.endpoint',
    outputShape: answerShape(LOOK, Object.keys(sagemaker.samples.endpoint)),
    goesOn: 'SageMaker endpoint',
    charge: {
      what: 'instances of the endpoint, by the hour for as long as it is there',
      open: 'an endpoint outlives the run',
      source: 'https://aws.amazon.com/sagemaker/ai/pricing/',
    },
    lower: (context) => lower(parameters, context),
    permissions: ({ task }) => tagging(parameters, task),
  });
}

/** Tagging what is made, in the calls that make it. */
function tagging({ name, config }: EndpointParameters, task: string): Permission[] {
  const place = `arn:${builtIn('partition')}:sagemaker:${builtIn('region')}:${builtIn('account')}`;
  const configuration = config === undefined ? [`${place}:endpoint-config/${namesLike(undefined, task)}`] : [];
  return [{ actions: ['sagemaker:AddTags'], resources: [`${place}:endpoint/${name}`, ...configuration] }];
}

function lower(parameters: EndpointParameters, { task, timeoutSeconds }: LoweringContext): Fragment {
  const { name, config, tags } = parameters;
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  const like = config ?? namesLike(undefined, task);
  const configuration = expression('$config', like);
  const arguments_ = { EndpointName: name, EndpointConfigName: configuration };
  return {
    start: 'name',
    variables: ['config', 'before', DEADLINE],
    samples: {
      ...(config === undefined && {
        configure: { EndpointConfigArn: 'arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/scores-0001' },
      }),
      find: { Endpoints: [] },
      create: { EndpointArn: sagemaker.samples.endpoint.EndpointArn },
      update: { EndpointArn: sagemaker.samples.endpoint.EndpointArn },
      current: sagemaker.samples.endpoint,
      look: sagemaker.samples.endpoint,
    },
    states: {
      name: {
        Type: 'Pass',
        Assign: { config: config ?? freshName(undefined, task), before: '', ...deadline(timeoutSeconds) },
        Next: config === undefined ? 'configure' : 'find',
      },
      ...(config === undefined && { configure: configure(parameters, configuration, limit || {}) }),
      find: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:sagemaker:listEndpoints',
        Arguments: { NameContains: name, SortBy: 'Name', SortOrder: 'Ascending', MaxResults: 100 },
        Output: { Name: name, Names: expression('[$states.result.Endpoints.EndpointName]') },
        ...limit,
        Next: 'there?',
      },
      'there?': {
        Type: 'Choice',
        Choices: [{ Condition: expression('$states.input.Name in $states.input.Names'), Next: 'current' }],
        Default: 'create',
      },
      current: {
        Type: 'Task',
        Resource: LOOK,
        Arguments: { EndpointName: name },
        Assign: { before: expression('$states.result.EndpointConfigName') },
        ...limit,
        Next: 'same?',
      },
      'same?': {
        Type: 'Choice',
        Choices: [
          { Condition: expression("$before = $config and $states.input.EndpointStatus = 'InService'"), Next: 'done' },
        ],
        Default: 'update',
      },
      create: {
        Type: 'Task',
        Resource: call('createEndpoint'),
        Arguments: { ...arguments_, Tags: executionTags(tags) },
        ...limit,
        Next: 'wait',
      },
      update: { Type: 'Task', Resource: call('updateEndpoint'), Arguments: arguments_, ...limit, Next: 'wait' },
      ...waitingStates(
        {
          what: 'endpoint',
          look: { Resource: LOOK, Arguments: { EndpointName: name } },
          seconds: POLL_SECONDS,
          done: "$states.input.EndpointStatus = 'InService' and $states.input.EndpointConfigName != $before",
          // In service with the configuration of before: SageMaker went back to it.
          failed:
            "$states.input.EndpointStatus in ['Failed', 'OutOfService', 'InService', 'Deleting', 'UpdateRollbackFailed']",
          error: 'SageMaker.EndpointFailed',
          cause:
            "$exists($states.input.FailureReason) ? $states.input.FailureReason : 'The endpoint is ' & $states.input.EndpointStatus & ' with the configuration ' & $states.input.EndpointConfigName & '.'",
        },
        timeoutSeconds,
      ),
      done: { Type: 'Succeed' },
    },
  };
}

function configure(parameters: EndpointParameters, name: unknown, limit: object): FragmentState {
  const { model, instanceType: type, instanceCount = 1, serverless, tags } = parameters;
  return {
    Type: 'Task',
    Resource: call('createEndpointConfig'),
    Arguments: {
      EndpointConfigName: name,
      ProductionVariants: [
        {
          VariantName: 'all',
          ModelName: model,
          ...(type !== undefined && { InstanceType: type, InitialInstanceCount: instanceCount }),
          ...(serverless && {
            ServerlessConfig: { MemorySizeInMB: serverless.memoryMb, MaxConcurrency: serverless.maxConcurrency },
          }),
        },
      ],
      Tags: executionTags(tags),
    },
    ...limit,
    Next: 'find',
  };
}
