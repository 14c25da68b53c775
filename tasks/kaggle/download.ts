import {
  builtIn,
  type ChecksOf,
  check,
  filled,
  flag,
  isReference,
  listOf,
  type Permission,
  required,
  type Template,
} from '../../authoring/internal.ts';
import { checkedTemplate, file, filledValues, formed, type OtherNames, s3Path } from '../checked.ts';
import type { StepOutput } from '../emr/add-step.ts';
import { aCluster, type Cluster } from '../emr/cluster-handle.ts';
import { sparkStep } from '../emr/spark.ts';

/** A Kaggle dataset landed in S3 by a step on the cluster. */
export interface DownloadParameters {
  /** As `emr.spark` takes it. */
  readonly cluster: Cluster;
  /** `owner/dataset`, as in the dataset's address. */
  readonly dataset: string;
  /**
   * The files wanted: names, or patterns with `*`, `?` and `[…]`; with a `/` they mean the whole path in the dataset, else the file's name.
   * A comma in a name is written `?`.
   */
  readonly files: readonly string[];
  /** The folder that they land in, `s3://bucket/prefix/`. Files that are there already are taken as they are. */
  readonly to: string;
  /** Whether what is missing is downloaded; otherwise it must be there. Default true. */
  readonly fromKaggle?: boolean;
  /**
   * Whether Kaggle is asked though all is there, and what has changed since it was downloaded is downloaded anew. Files that somebody else
   * put there, or changed, stay. Default false.
   */
  readonly refresh?: boolean;
  /**
   * The Secrets Manager secret, by its name or its ARN: Kaggle's `username` and `key` as JSON, or the newer token, `{"token": "…"}` or alone.
   * Without it: the environment or `~/.kaggle`.
   */
  readonly secret?: string;
  /** The script that does it. Default `spark/ingest.py`. */
  readonly script?: string;
  /** Further Python files, which the script imports. Default: those of `spark/ingest.py`, for a script of your own none. */
  readonly pyFiles?: readonly string[];
}

/**
 * Downloads files of a Kaggle dataset through Kaggle's public API.
 *
 * @example
 * ```ts
 * const cluster = dag.setup(
 *   'cluster',
 *   emr.cluster({ release: 'emr-7.5.0', subnet: 'subnet-1', primary: { type: 'm5.xlarge' }, serviceRole: 'emr', instanceProfile: 'emr-ec2' }),
 * );
 * const files = kaggle.download({ cluster: cluster.output.ClusterId, dataset: 'netflix-inc/netflix-prize-data', files: ['README'], to: 's3://lake/bronze/' });
 * dag.task('download', files);
 * ```
 */
export function download(parameters: DownloadParameters): Template<StepOutput> {
  return checkedTemplate('kaggle.download', parameters, DOWNLOAD, downloadStep, OTHER_NAMES);
}

const flagOrReference = check('true, false or a reference', (given, where) =>
  isReference(given) ? [] : flag(given, where),
);

const DOWNLOAD: ChecksOf<DownloadParameters> = {
  cluster: required(aCluster),
  dataset: required(
    formed('`owner/dataset`, as its address has it behind `kaggle.com/datasets/`', (text) =>
      /^[\w-]+\/[\w.-]+$/.test(text),
    ),
  ),
  files: required(
    listOf(
      formed('one file name or pattern (a comma in a name is written `?`)', (text) => !text.includes(',')),
      'a list of file names and patterns',
    ),
  ),
  to: required(s3Path),
  fromKaggle: flagOrReference,
  refresh: flagOrReference,
  secret: filled,
  script: file,
  pyFiles: filledValues,
};

const OTHER_NAMES: OtherNames = {
  clusterid: 'cluster',
  jobflowid: 'cluster',
  slug: 'dataset',
  path: 'to',
  destination: 'to',
  output: 'to',
  target: 'to',
  secretname: 'secret',
  secretid: 'secret',
  credentials: 'secret',
};

const SCRIPT = 'spark/ingest.py';
const MODULES = ['archive', 'kaggle_api', 'kaggle_credentials', 'landing'].map((name) => `spark/${name}.py`);

function downloadStep(parameters: DownloadParameters): Template<StepOutput> {
  const { cluster, dataset, files, to, fromKaggle = true, refresh, secret, script = SCRIPT } = parameters;
  return sparkStep(
    'kaggle.download',
    {
      cluster,
      script,
      pyFiles: parameters.pyFiles ?? (script === SCRIPT ? MODULES : []),
      args: [
        dataset,
        to,
        '--files',
        files.join(','),
        '--from-kaggle',
        `${fromKaggle}`,
        ...(refresh === undefined ? [] : ['--refresh', `${refresh}`]),
        // A node of a cluster has no region of its own.
        ...(secret === undefined ? [] : ['--secret', secret, '--region', builtIn('region')]),
      ],
    },
    () => (secret === undefined ? [] : [readsSecret(secret)]),
  );
}

/**
 * The secret by its name or its ARN: Secrets Manager adds six characters to the name, which an ARN that is whole has.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
 */
function readsSecret(secret: string): Permission {
  const place = `arn:${builtIn('partition')}:secretsmanager:${builtIn('region')}:${builtIn('account')}`;
  const text = `${secret}`;
  const isArn = text.startsWith('arn:');
  const arn = isArn ? text : `${place}:secret:${text}`;
  const isWhole = isArn && /-[A-Za-z0-9]{6}$/.test(text);
  return { actions: ['secretsmanager:GetSecretValue'], resources: [isWhole ? arn : `${arn}-??????`] };
}
