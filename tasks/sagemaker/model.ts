import {
  type ChecksOf,
  expression,
  type Fragment,
  filled,
  type LoweringContext,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { checkedTemplate, type OtherNames, s3Path, textMap } from '../checked.ts';
import { executionTags, roleArnOf } from '../own-names.ts';
import { jobRole } from '../spark-submit.ts';
import { needsOfContainer } from './access.ts';
import { halfNetwork, NAMES_OF_JOBS, NETWORK, type Network, vpcOf } from './instances.ts';
import { beginning, freshName, namesLike } from './names.ts';
import { sagemaker } from './service.ts';

/** A model: an image that answers, and what was trained. */
export interface ModelParameters extends Network {
  /** The image that answers, `683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1`. */
  readonly image: string;
  /** The packed model, `trained.output.ModelArtifacts.S3ModelArtifacts` of a `sagemaker.train`. Absent: the image has it. */
  readonly data?: string;
  /** The role of whatever answers with it: a value of `dag.env`, which deploy can make, or an ARN. */
  readonly role: string;
  /** Where the data lies, `s3://bucket/prefix/`: what the role may read where `data` is a reference. */
  readonly dataIn?: string;
  readonly environment?: { readonly [name: string]: string };
  /** What the model's name begins with, at most 26 characters; a UUID follows. Default: the task's id. */
  readonly name?: string;
  readonly tags?: { readonly [key: string]: string };
}

export interface ModelOutput {
  readonly ModelName: string;
  readonly ModelArn: string;
}

/**
 * Makes a model of SageMaker, by a name of its own in each run, for `sagemaker.transform` and `sagemaker.endpoint`. Models cost nothing, and
 * stay.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 *
 * @example
 * ```ts
 * const modelled = dag.task(
 *   'model',
 *   sagemaker.model({
 *     image: '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1',
 *     data: 's3://lake/models/churn/model.tar.gz',
 *     role: 'arn:aws:iam::123456789012:role/models',
 *   }),
 * );
 * ```
 */
export function model(parameters: ModelParameters): Template<ModelOutput> {
  return checkedTemplate('sagemaker.model', parameters, MODEL, made, OTHER_NAMES, halfNetwork);
}

const MODEL: ChecksOf<ModelParameters> = {
  ...NETWORK,
  image: required(filled),
  data: filled,
  role: required(jobRole('models')),
  dataIn: s3Path,
  environment: textMap,
  name: beginning,
  tags: textMap,
};

const CONTAINER = 'Its parts are fields of their own here: `image`, `data` and `environment`.';

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_JOBS,
  modelname: 'name',
  modeldata: 'data',
  modeldataurl: 'data',
  primarycontainer: CONTAINER,
  containers:
    "`aws({ service: 'sagemaker', action: 'createModel', parameters: { … } })` makes models of several containers.",
};

function made(parameters: ModelParameters): Template<ModelOutput> {
  const { role, data, dataIn, subnets } = parameters;
  return template({
    service: 'sagemaker',
    kind: 'sagemaker.model',
    lower: (context) => lower(parameters, context),
    permissions: () => [],
    roles: () => [{ role, permissions: needsOfContainer([dataIn ?? data], '*', subnets !== undefined) }],
  });
}

/** A state makes the name, for the answer has none: SageMaker's ARNs are in small letters. */
function lower(parameters: ModelParameters, { task, timeoutSeconds, isRole }: LoweringContext): Fragment {
  const { image, data, role, environment, tags } = parameters;
  const vpc = vpcOf(parameters);
  return {
    start: 'name',
    variables: ['model'],
    samples: { '': sagemaker.samples.model },
    states: {
      name: { Type: 'Pass', Assign: { model: freshName(parameters.name, task) }, Next: '' },
      '': {
        Type: 'Task',
        Resource: 'arn:aws:states:::sagemaker:createModel',
        Arguments: {
          ModelName: expression('$model', namesLike(parameters.name, task)),
          PrimaryContainer: {
            Image: image,
            ...(data !== undefined && { ModelDataUrl: data }),
            ...(environment && { Environment: environment }),
          },
          ExecutionRoleArn: roleArnOf(role, isRole),
          ...(vpc && { VpcConfig: vpc }),
          Tags: executionTags(tags),
        },
        Output: { ModelName: expression('$model'), ModelArn: expression('$states.result.ModelArn') },
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        Next: 'done',
      },
      done: { Type: 'Succeed' },
    },
  };
}
