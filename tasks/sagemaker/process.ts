import {
  type ChecksOf,
  filled,
  type LoweringContext,
  mapOf,
  object,
  oneOf,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, filledValues, type OtherNames, s3Path, textMap, values } from '../checked.ts';
import { executionTags, roleArnOf } from '../own-names.ts';
import { jobRole } from '../spark-submit.ts';
import { needsOfContainer } from './access.ts';
import {
  halfNetwork,
  INSTANCES,
  type Instances,
  instanceCharge,
  NAMES_OF_JOBS,
  NETWORK,
  type Network,
  vpcOf,
} from './instances.ts';
import { beginning, freshName, onOwnJobs, ownLimit } from './names.ts';
import { sagemaker } from './service.ts';

/** A processing job: a container that reads files and writes others. */
export interface ProcessParameters extends Instances, Network {
  /** The image, `123456789012.dkr.ecr.eu-west-1.amazonaws.com/features:2`. */
  readonly image: string;
  /** The role that the job assumes: a value of `dag.env`, which deploy can make, or an ARN. */
  readonly role: string;
  /** In place of the image's own entry point, `['python3', '/opt/ml/processing/input/code/clean.py']`. */
  readonly entrypoint?: readonly string[];
  /** What the entry point is given. */
  readonly args?: readonly string[];
  /** What is copied into the container before, by a name of each. */
  readonly inputs?: { readonly [name: string]: ProcessingInput };
  /** What is copied out of it at the end, by a name of each. */
  readonly outputs?: { readonly [name: string]: ProcessingOutput };
  /** Gigabytes of disk for each instance. Default 30. */
  readonly volumeGb?: number;
  readonly environment?: { readonly [name: string]: string };
  /** What the job's name begins with, at most 26 characters; a UUID follows. Default: the task's id. */
  readonly name?: string;
  readonly tags?: { readonly [key: string]: string };
}

export interface ProcessingInput {
  /** `s3://bucket/prefix/` */
  readonly from: string;
  /** The folder in the container. Default `/opt/ml/processing/input/<name>`. */
  readonly to?: string;
  /** Whether each instance has all files, the default, or its share of them. */
  readonly distribution?: 'FullyReplicated' | 'ShardedByS3Key';
}

export interface ProcessingOutput {
  /** The folder in the container. Default `/opt/ml/processing/output/<name>`. */
  readonly from?: string;
  /** `s3://bucket/prefix/` */
  readonly to: string;
}

/** What SageMaker says of a processing job that has ended. */
export interface ProcessOutput {
  readonly ProcessingJobName: string;
  readonly ProcessingJobArn: string;
  readonly ProcessingJobStatus: string;
}

/**
 * Runs a processing job of SageMaker and waits for its end. With an `executionTimeout` SageMaker itself ends the job as well, a minute after
 * the task's time is up; without one after a day.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'features',
 *   sagemaker.process({
 *     image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.2-1-cpu-py3',
 *     role: 'arn:aws:iam::123456789012:role/processing',
 *     entrypoint: ['python3', '/opt/ml/processing/input/code/features.py'],
 *     args: ['--day', dag.logicalDate],
 *     inputs: { code: { from: 's3://lake/jobs/' }, ratings: { from: 's3://lake/silver/ratings/' } },
 *     outputs: { features: { to: 's3://lake/gold/features/' } },
 *     instanceType: 'ml.m5.xlarge',
 *   }),
 * );
 * ```
 */
export function process(parameters: ProcessParameters): Template<ProcessOutput> {
  return checkedTemplate('sagemaker.process', parameters, PROCESS, made, OTHER_NAMES, halfNetwork);
}

const INPUT: ChecksOf<ProcessingInput> = {
  from: required(s3Path),
  to: filled,
  distribution: oneOf(['FullyReplicated', 'ShardedByS3Key']),
};
const OUTPUT: ChecksOf<ProcessingOutput> = { from: filled, to: required(s3Path) };

const PROCESS: ChecksOf<ProcessParameters> = {
  ...INSTANCES,
  ...NETWORK,
  image: required(filled),
  role: required(jobRole('processing')),
  entrypoint: filledValues,
  args: values,
  inputs: mapOf(
    object(INPUT, "{ from: 's3://lake/silver/ratings/' }"),
    "an object by the inputs' names, `{ ratings: { from: 's3://lake/silver/ratings/' } }`",
  ),
  outputs: mapOf(
    object(OUTPUT, "{ to: 's3://lake/gold/features/' }"),
    "an object by the outputs' names, `{ features: { to: 's3://lake/gold/features/' } }`",
  ),
  volumeGb: wholeNumber(1, 16_384),
  environment: textMap,
  name: beginning,
  tags: textMap,
};

const APP = 'Its parts are fields of their own here: `image`, `entrypoint` and `args`.';

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  appspecification: APP,
  containerentrypoint: 'entrypoint',
  containerarguments: 'args',
  arguments: 'args',
  processingjobname: 'name',
  processinginputs: 'inputs',
  processingoutputconfig: 'outputs',
  script: 'Write it among the inputs, and in `entrypoint`: `["python3", "/opt/ml/processing/input/code/clean.py"]`.',
  code: 'Write it among the inputs, and in `entrypoint`: `["python3", "/opt/ml/processing/input/code/clean.py"]`.',
};

const CREATE = 'arn:aws:states:::sagemaker:createProcessingJob.sync';

function made(parameters: ProcessParameters): Template<ProcessOutput> {
  const { role, inputs = {}, outputs = {}, subnets } = parameters;
  const places = [...Object.values(inputs).map(({ from }) => from), ...Object.values(outputs).map(({ to }) => to)];
  return template({
    service: 'sagemaker',
    kind: 'sagemaker.process',
    outputShape: answerShape(CREATE, Object.keys(sagemaker.samples.processed)),
    sample: sagemaker.samples.processed,
    charge: instanceCharge(parameters),
    lower: (context) => callFragment(CREATE, argumentsOf(parameters, context)),
    permissions: () => [],
    roles: () => [{ role, permissions: needsOfContainer(places, 'ProcessingJobs', subnets !== undefined) }],
    conditions: () => onOwnJobs('ProcessingJob'),
  });
}

function argumentsOf(parameters: ProcessParameters, context: LoweringContext): object {
  const { image, role, entrypoint, args, inputs = {}, outputs = {}, environment, tags } = parameters;
  const { instanceType, instanceCount = 1, volumeGb = 30 } = parameters;
  const limit = ownLimit(context);
  const vpc = vpcOf(parameters);
  const read = Object.entries(inputs);
  const written = Object.entries(outputs);
  return {
    ProcessingJobName: freshName(parameters.name, context.task),
    AppSpecification: {
      ImageUri: image,
      ...(entrypoint && { ContainerEntrypoint: entrypoint }),
      ...(args && { ContainerArguments: args }),
    },
    RoleArn: roleArnOf(role, context.isRole),
    ...(read.length > 0 && {
      ProcessingInputs: read.map(([InputName, { from, to, distribution }]) => ({
        InputName,
        S3Input: {
          S3Uri: from,
          LocalPath: to ?? `/opt/ml/processing/input/${InputName}`,
          S3DataType: 'S3Prefix',
          S3InputMode: 'File',
          ...(distribution !== undefined && { S3DataDistributionType: distribution }),
        },
      })),
    }),
    ...(written.length > 0 && {
      ProcessingOutputConfig: {
        Outputs: written.map(([OutputName, { from, to }]) => ({
          OutputName,
          S3Output: {
            S3Uri: to,
            LocalPath: from ?? `/opt/ml/processing/output/${OutputName}`,
            S3UploadMode: 'EndOfJob',
          },
        })),
      },
    }),
    ProcessingResources: {
      ClusterConfig: { InstanceType: instanceType, InstanceCount: instanceCount, VolumeSizeInGB: volumeGb },
    },
    ...(environment && { Environment: environment }),
    ...(vpc && { NetworkConfig: { VpcConfig: vpc } }),
    ...(limit !== undefined && { StoppingCondition: { MaxRuntimeInSeconds: limit } }),
    Tags: executionTags(tags),
  };
}
