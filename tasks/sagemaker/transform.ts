import {
  type ChecksOf,
  filled,
  type LoweringContext,
  oneOf,
  required,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, type OtherNames, s3Path, textMap } from '../checked.ts';
import { executionTags } from '../own-names.ts';
import { INSTANCES, type Instances, instanceCharge, NAMES_OF_JOBS } from './instances.ts';
import { beginning, freshName, onOwnJobs, wholeName } from './names.ts';
import { sagemaker } from './service.ts';

/** A batch transform: a model answers files of questions. */
export interface TransformParameters extends Instances {
  /** The model's name: of one that is there, or `modelled.output.ModelName` of a `sagemaker.model`. */
  readonly model: string;
  /** The questions, `s3://bucket/prefix/`. */
  readonly input: string;
  /** Where the answers go, a file for each of questions, `s3://bucket/prefix/`. */
  readonly output: string;
  /** What a file holds, `text/csv`, `application/jsonlines` … */
  readonly contentType?: string;
  readonly compression?: 'None' | 'Gzip';
  /** How a file is divided into questions. Default: it is one. */
  readonly split?: 'None' | 'Line' | 'RecordIO' | 'TFRecord';
  /** In what form the model answers, `text/csv`. */
  readonly accept?: string;
  /** How the answers of a file are put together; `Line` for a `split` by lines. */
  readonly assembleWith?: 'None' | 'Line';
  /** Whether the model is sent several questions at a time. */
  readonly strategy?: 'MultiRecord' | 'SingleRecord';
  /** How many requests an instance is sent at a time. */
  readonly maxConcurrent?: number;
  /** The largest request in MB. Default 6. */
  readonly maxPayloadMb?: number;
  /** What of a question the model sees, and what of the answer is kept, as JSONPath. */
  readonly inputFilter?: string;
  readonly outputFilter?: string;
  /** Whether the answer stands beside its question. Default: alone. */
  readonly join?: 'Input' | 'None';
  readonly environment?: { readonly [name: string]: string };
  /** What the job's name begins with, at most 26 characters; a UUID follows. Default: the task's id. */
  readonly name?: string;
  readonly tags?: { readonly [key: string]: string };
}

/** What SageMaker says of a transform job that has ended. */
export interface TransformOutput {
  readonly TransformJobName: string;
  readonly TransformJobArn: string;
  readonly TransformJobStatus: string;
  readonly ModelName: string;
}

/**
 * Lets a model of SageMaker answer files of questions, and waits for the end. SageMaker ends the job where the task's `executionTimeout` is
 * over.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'score',
 *   sagemaker.transform({
 *     model: 'churn',
 *     input: 's3://lake/gold/customers/',
 *     output: 's3://lake/gold/churn/',
 *     contentType: 'text/csv',
 *     split: 'Line',
 *     assembleWith: 'Line',
 *     instanceType: 'ml.m5.xlarge',
 *   }),
 * );
 * ```
 */
export function transform(parameters: TransformParameters): Template<TransformOutput> {
  return checkedTemplate('sagemaker.transform', parameters, TRANSFORM, made, OTHER_NAMES, conflicts);
}

const TRANSFORM: ChecksOf<TransformParameters> = {
  ...INSTANCES,
  model: required(wholeName),
  input: required(s3Path),
  output: required(s3Path),
  contentType: filled,
  compression: oneOf(['None', 'Gzip']),
  split: oneOf(['None', 'Line', 'RecordIO', 'TFRecord']),
  accept: filled,
  assembleWith: oneOf(['None', 'Line']),
  strategy: oneOf(['MultiRecord', 'SingleRecord']),
  maxConcurrent: wholeNumber(1, 1000),
  maxPayloadMb: wholeNumber(0, 100),
  inputFilter: filled,
  outputFilter: filled,
  join: oneOf(['Input', 'None']),
  environment: textMap,
  name: beginning,
  tags: textMap,
};

const PROCESSING = 'Its parts are fields of their own here: `inputFilter`, `outputFilter` and `join`.';

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  role: 'The model has a role of its own: leave it out.',
  rolearn: 'The model has a role of its own: leave it out.',
  modelname: 'model',
  transformjobname: 'name',
  transforminput: 'Its parts are fields of their own here: `input`, `contentType`, `compression` and `split`.',
  transformoutput: 'Its parts are fields of their own here: `output`, `accept` and `assembleWith`.',
  splittype: 'split',
  batchstrategy: 'strategy',
  maxconcurrenttransforms: 'maxConcurrent',
  maxpayloadinmb: 'maxPayloadMb',
  maxpayload: 'maxPayloadMb',
  dataprocessing: PROCESSING,
  joinsource: 'join',
  compressiontype: 'compression',
};

function conflicts({ strategy, split }: TransformParameters): Conflict[] {
  return strategy === 'MultiRecord' && (split === undefined || split === 'None')
    ? [
        {
          detail: 'strategy is MultiRecord, and files are not split',
          instead: "Write `split: 'Line'`, or leave strategy out.",
        },
      ]
    : [];
}

const CREATE = 'arn:aws:states:::sagemaker:createTransformJob.sync';

function made(parameters: TransformParameters): Template<TransformOutput> {
  return template({
    service: 'sagemaker',
    kind: 'sagemaker.transform',
    outputShape: answerShape(CREATE, Object.keys(sagemaker.samples.transformed)),
    sample: sagemaker.samples.transformed,
    charge: instanceCharge(parameters),
    lower: (context) => callFragment(CREATE, argumentsOf(parameters, context)),
    permissions: () => [],
    conditions: () => onOwnJobs('TransformJob'),
  });
}

function argumentsOf(parameters: TransformParameters, { task }: LoweringContext): object {
  const { model, input, output, contentType, compression, split, accept, assembleWith, tags } = parameters;
  const { instanceType, instanceCount = 1, strategy, maxConcurrent, maxPayloadMb, environment } = parameters;
  const filters = {
    ...(parameters.inputFilter !== undefined && { InputFilter: parameters.inputFilter }),
    ...(parameters.outputFilter !== undefined && { OutputFilter: parameters.outputFilter }),
    ...(parameters.join !== undefined && { JoinSource: parameters.join }),
  };
  return {
    TransformJobName: freshName(parameters.name, task),
    ModelName: model,
    ...(maxConcurrent !== undefined && { MaxConcurrentTransforms: maxConcurrent }),
    ...(maxPayloadMb !== undefined && { MaxPayloadInMB: maxPayloadMb }),
    ...(strategy !== undefined && { BatchStrategy: strategy }),
    ...(environment && { Environment: environment }),
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: input } },
      ...(contentType !== undefined && { ContentType: contentType }),
      ...(compression !== undefined && { CompressionType: compression }),
      ...(split !== undefined && { SplitType: split }),
    },
    TransformOutput: {
      S3OutputPath: output,
      ...(accept !== undefined && { Accept: accept }),
      ...(assembleWith !== undefined && { AssembleWith: assembleWith }),
    },
    TransformResources: { InstanceType: instanceType, InstanceCount: instanceCount },
    ...(Object.keys(filters).length > 0 && { DataProcessing: filters }),
    Tags: executionTags(tags),
  };
}
