import {
  type ChecksOf,
  contextReference,
  expression,
  type Fragment,
  type LoweringContext,
  type Permission,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { checkedTemplate, filledValues, formed, type OtherNames, s3Path } from '../checked.ts';
import { hyphened, roleArnOf } from '../own-names.ts';
import { bucketAndKey, readsAndWritesBuckets } from '../s3-access.ts';
import { jobRole } from '../spark-submit.ts';
import { DEADLINE, deadline, waitingStates } from '../waiting.ts';
import { rds } from './service.ts';

/** A snapshot of a database, or a cluster of Aurora, into S3 as Parquet. */
export interface ExportSnapshotParameters {
  /** The ARN of a snapshot, or of a cluster of Aurora; a value of `dag.env` and a task's output too. */
  readonly snapshot: string;
  /** The folder, `s3://bucket/prefix/`: RDS writes below a folder named after the export. */
  readonly to: string;
  /** The role with which RDS writes: a value of `dag.env`, which deploy can make, or an ARN. */
  readonly role: string;
  /** The key that encrypts the files, which RDS demands: its ARN. The role must be allowed to use it. */
  readonly kmsKey: string;
  /** Which part: `database.schema`, `database.schema.table`. Default: all. */
  readonly only?: readonly string[];
  /** What the export's name begins with, at most 23 characters; a UUID follows. Default: the task's id. */
  readonly name?: string;
}

/** What RDS says of an export that has ended. */
export interface ExportSnapshotOutput {
  readonly ExportTaskIdentifier: string;
  readonly SourceArn: string;
  readonly S3Bucket: string;
  readonly S3Prefix: string;
  readonly Status: string;
  readonly TotalExtractedDataInGB: number;
}

/** An export takes half an hour, of a small snapshot too. */
const POLL_SECONDS = 60;

/** RDS's names have 60 characters. */
const MOST = 60 - 37;

/**
 * Exports a snapshot of RDS or Aurora to S3 as Parquet and waits for the end: it asks every minute. An export that fails fails the task with
 * `Rds.ExportFailed`; where the task's `executionTimeout` is over it is cancelled, and one that nobody waits for any more goes on to its end.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartExportTask.html
 *
 * @example
 * ```ts
 * dag.task(
 *   'export',
 *   rds.exportSnapshot({
 *     snapshot: 'arn:aws:rds:eu-west-1:123456789012:snapshot:shop',
 *     to: 's3://lake/bronze/shop/',
 *     role: 'arn:aws:iam::123456789012:role/rds-export',
 *     kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef',
 *   }),
 *   { executionTimeout: '6h' },
 * );
 * ```
 */
export function exportSnapshot(parameters: ExportSnapshotParameters): Template<ExportSnapshotOutput> {
  return checkedTemplate('rds.exportSnapshot', parameters, EXPORT, made, OTHER_NAMES);
}

const EXPORT: ChecksOf<ExportSnapshotParameters> = {
  snapshot: required(
    formed('the ARN of a snapshot or a cluster, `arn:aws:rds:eu-west-1:123456789012:snapshot:shop`', (text) =>
      /^arn:[\w-]+:rds:[\w-]+:\d{12}:(?:cluster-)?(?:snapshot|cluster):./.test(text),
    ),
  ),
  to: required(s3Path),
  role: required(jobRole('rds-export')),
  kmsKey: required(
    formed('the ARN of a key, `arn:aws:kms:eu-west-1:123456789012:key/…`', (text) =>
      /^arn:[\w-]+:kms:[\w-]+:\d{12}:(?:key|alias)\/./.test(text),
    ),
  ),
  only: filledValues,
  name: formed(
    `a text of at most ${MOST} letters, digits and "-" that begins with a letter`,
    (text) => /^[A-Za-z](?:-?[A-Za-z0-9])*$/.test(text) && text.length <= MOST,
  ),
};

const OTHER_NAMES: OtherNames = {
  sourcearn: 'snapshot',
  snapshotarn: 'snapshot',
  dbsnapshotidentifier: 'snapshot',
  exporttaskidentifier: 'name',
  s3bucketname: 'to',
  s3bucket: 'to',
  s3prefix: 'to',
  iamrolearn: 'role',
  kmskeyid: 'kmsKey',
  exportonly: 'only',
  waitforcompletion: 'The task waits for the end: leave it out.',
  waitinterval: 'The task asks every minute: leave it out.',
};

const call = (action: string) => `arn:aws:states:::aws-sdk:rds:${action}`;

function made(parameters: ExportSnapshotParameters): Template<ExportSnapshotOutput> {
  const { role, to } = parameters;
  return template({
    service: 'rds',
    kind: 'rds.exportSnapshot',
    outputShape: answerShape(call('startExportTask'), [
      'ExportTaskIdentifier',
      'SourceArn',
      'S3Bucket',
      'S3Prefix',
      'Status',
      'TotalExtractedDataInGB',
    ]),
    goesOn: 'RDS export',
    charge: rds.prices.export,
    lower: (context) => lower(parameters, context),
    permissions: () => usesKey(parameters),
    roles: () => [{ role, permissions: [...readsAndWritesBuckets([to]), ...usesKey(parameters)] }],
  });
}

/** RDS takes the key with the caller's leave. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html */
function usesKey({ kmsKey }: ExportSnapshotParameters): Permission[] {
  return [{ actions: ['kms:CreateGrant', 'kms:DescribeKey'], resources: [`${kmsKey}`] }];
}

function lower(parameters: ExportSnapshotParameters, { task, timeoutSeconds, isRole }: LoweringContext): Fragment {
  const { snapshot, to, role, kmsKey, only, name = labelOf(task) } = parameters;
  const { bucket, key: prefix } = bucketAndKey(to);
  const like = `${name}-${contextReference('Execution', 'Name')}`;
  const id = expression('$export', like);
  return {
    start: 'start',
    variables: ['export', DEADLINE],
    samples: { start: rds.samples.begun, look: rds.samples.exported },
    states: {
      start: {
        Type: 'Task',
        Resource: call('startExportTask'),
        Arguments: {
          ExportTaskIdentifier: expression(`'${name}-' & $uuid()`, like),
          SourceArn: snapshot,
          S3BucketName: bucket,
          ...(prefix !== '' && { S3Prefix: prefix.replace(/\/$/, '') }),
          IamRoleArn: roleArnOf(role, isRole),
          KmsKeyId: kmsKey,
          ...(only && { ExportOnly: only }),
        },
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        Assign: { export: expression('$states.result.ExportTaskIdentifier'), ...deadline(timeoutSeconds) },
        Next: 'wait',
      },
      ...waitingStates(
        {
          what: 'export',
          look: {
            Resource: call('describeExportTasks'),
            Arguments: { ExportTaskIdentifier: id },
            Output: expression('$states.result.ExportTasks[0]'),
          },
          seconds: POLL_SECONDS,
          done: "$states.input.Status = 'COMPLETE'",
          failed: "$states.input.Status in ['FAILED', 'CANCELED', 'CANCELING']",
          error: 'Rds.ExportFailed',
          cause:
            "$exists($states.input.FailureCause) ? $states.input.FailureCause : 'The export is ' & $states.input.Status & '.'",
          ends: { Resource: call('cancelExportTask'), Arguments: { ExportTaskIdentifier: id } },
        },
        timeoutSeconds,
      ),
      done: { Type: 'Succeed' },
    },
  };
}

/** A name begins with a letter. */
function labelOf(task: string): string {
  return hyphened(task, MOST).replace(/^[^A-Za-z]+/, '') || 'export';
}
