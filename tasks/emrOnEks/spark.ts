import {
  builtIn,
  type ChecksOf,
  contextReference,
  filled,
  type LoweringContext,
  object,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, formed, type OtherNames, s3Path, textMap } from '../checked.ts';
import { ownExecutions, ownLabel, roleArnOf } from '../own-names.ts';
import { EXECUTION_TAG } from '../service.ts';
import {
  jobRole,
  NAMES_OF_SUBMITTED,
  SUBMITTED,
  type SubmittedJob,
  submitDriver,
  submittedAssets,
} from '../spark-submit.ts';
import { emrOnEks } from './service.ts';

/** A Spark job on a virtual cluster of EMR on EKS. */
export interface SparkParameters extends SubmittedJob {
  /** The id of the virtual cluster, a namespace of an EKS cluster that is registered with EMR. */
  readonly virtualCluster: string;
  /** The role that the job's pods assume, whose trust names the EKS cluster: a value of `dag.env`, or an ARN. Deploy does not make it. */
  readonly role: string;
  /** EMR's release, `emr-7.13.0-latest`. */
  readonly release: string;
  /** Spark properties, as `--conf`: `spark.executor.instances`, `spark.kubernetes.container.image` … */
  readonly conf?: { readonly [property: string]: string };
  /** The job's name. Default `<machine>_<task>`, or the task's id where that could have more than 64 characters. */
  readonly name?: string;
  /** Where the job's logs go, `s3://bucket/prefix/`. */
  readonly logs?: string;
  /** The group of CloudWatch Logs that they go to, and what streams begin with. */
  readonly cloudWatch?: { readonly group: string; readonly prefix?: string };
  readonly tags?: { readonly [key: string]: string };
}

export interface JobRunOutput {
  readonly Id: string;
  readonly VirtualClusterId: string;
}

/**
 * Runs a Spark job on EMR on EKS and waits for its end. The role of its pods, the namespace and the virtual cluster are there already.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'clean',
 *   emrOnEks.spark({
 *     virtualCluster: 'abcdefghijklmnopqrstuvwxy',
 *     role: 'arn:aws:iam::123456789012:role/pods',
 *     release: 'emr-7.13.0-latest',
 *     script: 's3://my-jobs/clean.py',
 *     conf: { 'spark.executor.instances': '4' },
 *   }),
 * );
 * ```
 */
export function spark(parameters: SparkParameters): Template<JobRunOutput> {
  return checkedTemplate('emrOnEks.spark', parameters, SPARK, made, OTHER_NAMES);
}

const CLOUD_WATCH: ChecksOf<NonNullable<SparkParameters['cloudWatch']>> = { group: required(filled), prefix: filled };

const SPARK: ChecksOf<SparkParameters> = {
  virtualCluster: required(
    formed('the id of a virtual cluster, `abcdefghijklmnopqrstuvwxy`', (id) => /^[0-9a-z]{1,64}$/.test(id)),
  ),
  role: required(jobRole('pods')),
  release: required(
    formed('a release of EMR on EKS, `emr-7.13.0-latest`', (label) => /^emr-\d+\.\d+\.\d+-\S+$/.test(label)),
  ),
  ...SUBMITTED,
  conf: textMap,
  name: filled,
  logs: s3Path,
  cloudWatch: object(CLOUD_WATCH, "{ group: '/emr-on-eks/jobs' }"),
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_SUBMITTED,
  virtualclusterid: 'virtualCluster',
  cluster: 'virtualCluster',
  clusterid: 'virtualCluster',
  releaselabel: 'release',
  sparksubmitparameters: 'Its options are fields of their own here: `conf`, `mainClass`, `pyFiles`, `files`, `jars`.',
  maxpollingattempts: 'Step Functions waits for the end, whatever it takes: leave it out.',
  waitforcompletion: 'The task waits for the end, which costs nothing: leave it out.',
};

const RUN = 'arn:aws:states:::emr-containers:startJobRun.sync';

function made(parameters: SparkParameters): Template<JobRunOutput> {
  return template({
    service: 'emrOnEks',
    kind: 'emrOnEks.spark',
    assets: submittedAssets(parameters),
    outputShape: answerShape(RUN, ['Id', 'VirtualClusterId']),
    sample: emrOnEks.samples.job,
    charge: {
      what: 'vCPU and memory of the job’s pods, by the second, and the cluster’s own nodes',
      open: 'how many executors a job has, Spark decides while it runs',
      source: 'https://aws.amazon.com/emr/pricing/',
    },
    lower: (context) => callFragment(RUN, argumentsOf(parameters, context)),
    // Tags are said in the call that makes the job.
    permissions: () => [
      {
        actions: ['emr-containers:TagResource'],
        resources: [`${clusterArn(parameters.virtualCluster)}/jobruns/*`],
        condition: { StringLike: { [`aws:RequestTag/${EXECUTION_TAG}`]: ownExecutions() } },
      },
    ],
  });
}

function clusterArn(id: string): string {
  return `arn:${builtIn('partition')}:emr-containers:${builtIn('region')}:${builtIn('account')}:/virtualclusters/${id}`;
}

function argumentsOf(parameters: SparkParameters, context: LoweringContext): object {
  const { virtualCluster, role, release, logs, cloudWatch, tags = {} } = parameters;
  return {
    Name: parameters.name ?? ownLabel(context, 64),
    VirtualClusterId: virtualCluster,
    ExecutionRoleArn: roleArnOf(role, context.isRole),
    ReleaseLabel: release,
    JobDriver: { SparkSubmitJobDriver: submitDriver(parameters) },
    ...((logs !== undefined || cloudWatch) && {
      ConfigurationOverrides: {
        MonitoringConfiguration: {
          ...(logs !== undefined && { S3MonitoringConfiguration: { LogUri: logs } }),
          ...(cloudWatch && {
            CloudWatchMonitoringConfiguration: {
              LogGroupName: cloudWatch.group,
              ...(cloudWatch.prefix !== undefined && { LogStreamNamePrefix: cloudWatch.prefix }),
            },
          }),
        },
      },
    }),
    Tags: { [EXECUTION_TAG]: contextReference('Execution', 'Id'), ...tags },
  };
}
