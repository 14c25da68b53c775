import {
  type Check,
  type ChecksOf,
  check,
  filled,
  flag,
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
import { type Conflict, checkedTemplate, type OtherNames, s3Path, textMap } from '../checked.ts';
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

/** A training job. */
export interface TrainParameters extends Instances, Network {
  /** The image with the algorithm, `123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:3`, or `algorithm` in its place. */
  readonly image?: string;
  /** An algorithm of the account's or of the marketplace's: its name or ARN. */
  readonly algorithm?: string;
  /** The role that the job assumes: a value of `dag.env`, which deploy can make, or an ARN. */
  readonly role: string;
  /** The data by the channel's name, `{ train: 's3://lake/gold/train/' }`. */
  readonly inputs?: { readonly [channel: string]: string | Channel };
  /** Where the model goes, `s3://bucket/prefix/`. */
  readonly output: string;
  /** Gigabytes of disk for each instance. Default 30. */
  readonly volumeGb?: number;
  /** What the algorithm is told; all of it as texts. */
  readonly hyperparameters?: { readonly [name: string]: string };
  readonly environment?: { readonly [name: string]: string };
  /** How data reaches the container: copied before (`File`, the default), or while it reads. */
  readonly inputMode?: 'File' | 'FastFile' | 'Pipe';
  /** Metrics that are read off the log, by regular expressions. */
  readonly metrics?: { readonly [name: string]: string };
  /** Spot instances, which may be taken away: with `checkpoints` the job goes on where it was. Default: no. */
  readonly spot?: boolean;
  /** Where checkpoints are kept, `s3://bucket/prefix/`. */
  readonly checkpoints?: string;
  /** What the job's name begins with, at most 26 characters; a UUID follows. Default: the task's id. */
  readonly name?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** Data of a training job. */
export interface Channel {
  /** `s3://bucket/prefix/` */
  readonly from: string;
  /** `text/csv`, `application/x-parquet` … */
  readonly contentType?: string;
  /** Whether each instance has all files, the default, or its share of them. */
  readonly distribution?: 'FullyReplicated' | 'ShardedByS3Key';
  readonly compression?: 'None' | 'Gzip';
}

/** What SageMaker says of a training job that has ended. */
export interface TrainOutput {
  readonly TrainingJobName: string;
  readonly TrainingJobArn: string;
  readonly TrainingJobStatus: string;
  readonly ModelArtifacts: { readonly S3ModelArtifacts: string };
  readonly FinalMetricDataList: readonly { readonly MetricName: string; readonly Value: number }[];
}

/**
 * Trains a model with SageMaker and waits for the end. With an `executionTimeout` SageMaker itself ends the job as well, a minute after the
 * task's time is up; without one after a day.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 *
 * @example
 * ```ts
 * const trained = dag.task(
 *   'train',
 *   sagemaker.train({
 *     image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1',
 *     role: 'arn:aws:iam::123456789012:role/training',
 *     inputs: { train: { from: 's3://lake/gold/train/', contentType: 'text/csv' } },
 *     output: 's3://lake/models/',
 *     instanceType: 'ml.m5.xlarge',
 *     hyperparameters: { num_round: '100' },
 *   }),
 *   { executionTimeout: '2h' },
 * );
 * ```
 */
export function train(parameters: TrainParameters): Template<TrainOutput> {
  return checkedTemplate('sagemaker.train', parameters, TRAIN, made, OTHER_NAMES, conflicts);
}

const CHANNEL: ChecksOf<Channel> = {
  from: required(s3Path),
  contentType: filled,
  distribution: oneOf(['FullyReplicated', 'ShardedByS3Key']),
  compression: oneOf(['None', 'Gzip']),
};
const asObject = object<Channel>(CHANNEL, "{ from: 's3://lake/gold/train/', contentType: 'text/csv' }");
const channel: Check = check('an S3 path, or `{ from: "s3://…", contentType: … }`', (given, where) =>
  typeof given === 'object' ? asObject(given, where) : s3Path(given, where),
);

const TRAIN: ChecksOf<TrainParameters> = {
  ...INSTANCES,
  ...NETWORK,
  image: filled,
  algorithm: filled,
  role: required(jobRole('training')),
  inputs: mapOf(channel, "an object by the channels' names, `{ train: 's3://lake/gold/train/' }`"),
  output: required(s3Path),
  volumeGb: wholeNumber(1, 16_384),
  hyperparameters: textMap,
  environment: textMap,
  inputMode: oneOf(['File', 'FastFile', 'Pipe']),
  metrics: textMap,
  spot: flag,
  checkpoints: s3Path,
  name: beginning,
  tags: textMap,
};

const ALGORITHM = 'Its parts are fields of their own here: `image` or `algorithm`, `inputMode` and `metrics`.';

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  algorithmspecification: ALGORITHM,
  algorithmname: 'algorithm',
  traininginputmode: 'inputMode',
  metricdefinitions: 'metrics',
  trainingjobname: 'name',
  inputdataconfig: 'inputs',
  channels: 'inputs',
  outputdataconfig: 'output',
  outputpath: 'output',
  s3outputpath: 'output',
  usespotinstances: 'spot',
  enablemanagedspottraining: 'spot',
  checkpointconfig: 'checkpoints',
  checkpoints3uri: 'checkpoints',
};

function conflicts(given: TrainParameters): Conflict[] {
  const { image, algorithm, spot, checkpoints } = given;
  const which = { instead: 'Write one of them: the image with the algorithm, or the algorithm’s name.' };
  return [
    ...(image === undefined && algorithm === undefined
      ? [{ detail: 'there is neither image nor algorithm', ...which }]
      : []),
    ...(image !== undefined && algorithm !== undefined
      ? [{ detail: 'image and algorithm are both given', ...which }]
      : []),
    ...(checkpoints !== undefined && !spot
      ? [
          {
            detail: 'checkpoints are kept, and nothing takes the instances away',
            instead: 'Add `spot: true`, or leave checkpoints out.',
          },
        ]
      : []),
    ...halfNetwork(given),
  ];
}

const CREATE = 'arn:aws:states:::sagemaker:createTrainingJob.sync';

/** As long as a job may last where its task has no time limit, in seconds: SageMaker's own limit. */
const A_DAY = 86_400;

function made(parameters: TrainParameters): Template<TrainOutput> {
  const { role, inputs = {}, output, checkpoints, subnets } = parameters;
  const places = [...Object.values(inputs).map(placeOf), output, checkpoints];
  return template({
    service: 'sagemaker',
    kind: 'sagemaker.train',
    outputShape: answerShape(CREATE, Object.keys(sagemaker.samples.trained)),
    sample: sagemaker.samples.trained,
    charge: instanceCharge(parameters),
    lower: (context) => callFragment(CREATE, argumentsOf(parameters, context)),
    permissions: () => [],
    roles: () => [{ role, permissions: needsOfContainer(places, 'TrainingJobs', subnets !== undefined) }],
    conditions: () => onOwnJobs('TrainingJob'),
  });
}

function placeOf(one: string | Channel): string {
  return typeof one === 'object' && 'from' in one ? one.from : `${one}`;
}

function argumentsOf(parameters: TrainParameters, context: LoweringContext): object {
  const { image, algorithm, role, inputs = {}, output, hyperparameters, environment, metrics, tags } = parameters;
  const { instanceType, instanceCount = 1, volumeGb = 30, inputMode = 'File', spot, checkpoints } = parameters;
  const limit = ownLimit(context) ?? A_DAY;
  const vpc = vpcOf(parameters);
  return {
    TrainingJobName: freshName(parameters.name, context.task),
    AlgorithmSpecification: {
      ...(image !== undefined && { TrainingImage: image }),
      ...(algorithm !== undefined && { AlgorithmName: algorithm }),
      TrainingInputMode: inputMode,
      ...(metrics && { MetricDefinitions: Object.entries(metrics).map(([Name, Regex]) => ({ Name, Regex })) }),
    },
    RoleArn: roleArnOf(role, context.isRole),
    ...(Object.keys(inputs).length > 0 && { InputDataConfig: Object.entries(inputs).map(channelOf) }),
    OutputDataConfig: { S3OutputPath: output },
    ResourceConfig: { InstanceType: instanceType, InstanceCount: instanceCount, VolumeSizeInGB: volumeGb },
    ...(hyperparameters && { HyperParameters: hyperparameters }),
    ...(environment && { Environment: environment }),
    ...(vpc && { VpcConfig: vpc }),
    StoppingCondition: { MaxRuntimeInSeconds: limit, ...(spot && { MaxWaitTimeInSeconds: limit }) },
    ...(spot && { EnableManagedSpotTraining: true }),
    ...(checkpoints !== undefined && { CheckpointConfig: { S3Uri: checkpoints } }),
    Tags: executionTags(tags),
  };
}

function channelOf([ChannelName, given]: [string, string | Channel]): object {
  const { contentType, distribution, compression }: Partial<Channel> =
    typeof given === 'object' && 'from' in given ? given : {};
  return {
    ChannelName,
    DataSource: {
      S3DataSource: {
        S3DataType: 'S3Prefix',
        S3Uri: placeOf(given),
        S3DataDistributionType: distribution ?? 'FullyReplicated',
      },
    },
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(compression !== undefined && { CompressionType: compression }),
  };
}
