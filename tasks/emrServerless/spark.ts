import {
  builtIn,
  type ChecksOf,
  contextReference,
  type Fragment,
  filled,
  type LoweringContext,
  listOf,
  object,
  type Permission,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, madeHere, type OtherNames, s3Path, textMap } from '../checked.ts';
import { usesIceberg } from '../glue/iceberg-access.ts';
import { ownName, roleArnOf } from '../own-names.ts';
import { readsAndWritesBuckets, readsAssets } from '../s3-access.ts';
import { EXECUTION_TAG } from '../service.ts';
import {
  jobRole,
  NAMES_OF_SUBMITTED,
  SUBMITTED,
  type SubmittedJob,
  submitDriver,
  submittedAssets,
  submittedFiles,
} from '../spark-submit.ts';
import { type Application, anApplication, logsOfJobs } from './application.ts';
import { onOurs, requested } from './application-access.ts';
import { jobCharge } from './prices.ts';
import { emrServerless } from './service.ts';

/** A Spark job on an EMR Serverless application. */
export interface SparkParameters extends SubmittedJob {
  /**
   * The handle of an application that the DAG makes, or the id of one that is there already: as a text, an env value or a param. Nothing
   * ends one that is there.
   */
  readonly application: Application;
  /** The role that the job assumes: what it may read and write. A value of `dag.env`, or an ARN. */
  readonly role: string;
  /** Archives that are unpacked beside the script, `s3://bucket/environment.tar.gz#environment`. */
  readonly archives?: readonly string[];
  /** Spark properties, as `--conf`. */
  readonly conf?: { readonly [property: string]: string };
  /** The job's name. Default `<machine>_<task>`. */
  readonly name?: string;
  /** Where the job's logs go, `s3://bucket/prefix/`. Default: as the application that the DAG makes says, else EMR keeps them for 30 days. */
  readonly logs?: string;
  /** Logs go to CloudWatch as well: `{}` is the group `/aws/emr-serverless`. */
  readonly cloudWatch?: { readonly group?: string; readonly prefix?: string };
  readonly tags?: { readonly [key: string]: string };
}

export interface JobRunOutput {
  readonly ApplicationId: string;
  readonly JobRunId: string;
}

/**
 * Runs a Spark job and waits for its end. With an `executionTimeout` EMR itself ends the job as well, a minute after the task's time is
 * up; without one EMR ends it after 12 hours.
 * @see https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'clean',
 *   emrServerless.spark({
 *     application: '00f1r0kqvbfhs01d',
 *     role: 'arn:aws:iam::123456789012:role/spark',
 *     script: 's3://my-jobs/clean.py',
 *   }),
 * );
 * ```
 */
export function spark(parameters: SparkParameters): Template<JobRunOutput> {
  return checkedTemplate('emrServerless.spark', parameters, SPARK, made, OTHER_NAMES);
}

const CLOUD_WATCH: ChecksOf<NonNullable<SparkParameters['cloudWatch']>> = { group: filled, prefix: filled };

const SPARK: ChecksOf<SparkParameters> = {
  application: required(anApplication),
  role: required(jobRole('spark')),
  ...SUBMITTED,
  archives: listOf(s3Path, 'a list of S3 paths, `s3://bucket/environment.tar.gz#environment`'),
  conf: textMap,
  name: filled,
  logs: s3Path,
  cloudWatch: object(CLOUD_WATCH, "{ group: '/aws/emr-serverless' }"),
  tags: textMap,
};

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_SUBMITTED,
  applicationid: 'application',
  mainfile: 'script',
  applicationargs: 'args',
  jobargs: 'args',
  scriptargs: 'args',
  sparkproperties: 'conf',
  properties: 'conf',
  s3monitoringconfiguration: 'logs',
  cloudwatchloggingconfiguration: 'cloudWatch',
  sparksubmitparameters:
    'Its options are fields of their own here: `conf`, `mainClass`, `pyFiles`, `files`, `jars`, `archives`.',
  sparksubmit: 'Its parts are fields of their own here: `script`, `args` and `conf`.',
  monitoringconfiguration: 'Its parts are fields of their own here: `conf`, `logs` and `cloudWatch`.',
};

const RUN = 'arn:aws:states:::emr-serverless:startJobRun.sync';

function made(parameters: SparkParameters): Template<JobRunOutput> {
  const { application } = parameters;
  const handle = madeHere(application);
  return template({
    service: 'emrServerless',
    kind: 'emrServerless.spark',
    assets: submittedAssets(parameters),
    outputShape: answerShape(RUN, ['ApplicationId', 'JobRunId']),
    sample: emrServerless.samples.job,
    charge: jobCharge(parameters.conf),
    lower: (context) => lower(parameters, context),
    permissions: () => [
      {
        actions: ['emr-serverless:TagResource'],
        resources: [`${applicationArn(handle ? '*' : `${application}`)}/jobruns/*`],
        condition: requested(),
      },
    ],
    roles: () => [{ role: parameters.role, permissions: needsOf(parameters) }],
    // An application that is there already does not carry the tag; the jobs do.
    conditions: () => {
      const { 'emr-serverless:CancelJobRun': ours } = onOurs();
      return handle ? onOurs() : { 'emr-serverless:CancelJobRun': ours!, 'emr-serverless:GetJobRun': ours! };
    },
  });
}

function lower(parameters: SparkParameters, { task, timeoutSeconds, isRole }: LoweringContext): Fragment {
  const { application, role, logs = logsOfJobs(application), cloudWatch } = parameters;
  const handle = madeHere(application);
  return callFragment(RUN, {
    ApplicationId: handle ? handle.output.ApplicationId : application,
    ExecutionRoleArn: roleArnOf(role, isRole),
    Name: parameters.name ?? ownName(task),
    JobDriver: { SparkSubmit: submitDriver(parameters) },
    ...((logs !== undefined || cloudWatch) && {
      ConfigurationOverrides: {
        MonitoringConfiguration: {
          ...(logs !== undefined && { S3MonitoringConfiguration: { LogUri: logs } }),
          ...(cloudWatch && {
            CloudWatchLoggingConfiguration: {
              Enabled: true,
              ...(cloudWatch.group !== undefined && { LogGroupName: cloudWatch.group }),
              ...(cloudWatch.prefix !== undefined && { LogStreamNamePrefix: cloudWatch.prefix }),
            },
          }),
        },
      },
    }),
    ...(timeoutSeconds !== undefined && { ExecutionTimeoutMinutes: Math.ceil(timeoutSeconds / 60) + 1 }),
    Tags: { [EXECUTION_TAG]: contextReference('Execution', 'Id'), ...parameters.tags },
  });
}

/** What the job does with its role: it reads its files, reads and writes the buckets that it is told of, and writes its logs. */
function needsOf(parameters: SparkParameters): Permission[] {
  const { args = [], archives: packed = [], conf = {} } = parameters;
  const { logs = logsOfJobs(parameters.application), cloudWatch } = parameters;
  return [
    ...readsAssets(submittedAssets(parameters)),
    ...readsAndWritesBuckets([
      ...[...submittedFiles(parameters), ...packed, ...args],
      ...Object.values(conf),
      ...(logs === undefined ? [] : [logs]),
    ]),
    ...usesIceberg(conf),
    ...(cloudWatch ? writesLogs(cloudWatch.group ?? '/aws/emr-serverless') : []),
  ];
}

/** @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/logging.html */
function writesLogs(group: string): Permission[] {
  const place = `arn:${builtIn('partition')}:logs:${builtIn('region')}:${builtIn('account')}`;
  return [
    { actions: ['logs:DescribeLogGroups'], resources: [`${place}:*`] },
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [`${place}:log-group:${group}`, `${place}:log-group:${group}:*`],
    },
  ];
}

function applicationArn(id: string): string {
  return `arn:${builtIn('partition')}:emr-serverless:${builtIn('region')}:${builtIn('account')}:/applications/${id}`;
}
