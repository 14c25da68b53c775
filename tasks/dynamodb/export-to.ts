import {
  builtIn,
  type ChecksOf,
  contextReference,
  expression,
  type Fragment,
  filled,
  type LoweringContext,
  object,
  oneOf,
  type Permission,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { checkedTemplate, knownText, type OtherNames, s3Path } from '../checked.ts';
import { bucketAndKey, s3Place } from '../s3-access.ts';
import { DEADLINE, deadline, waitingStates } from '../waiting.ts';
import { dynamodb } from './service.ts';

/** What changed between two moments, in place of the whole table. */
export interface Incremental {
  /** The first moment, as ISO 8601 has it; a reference too. At most 24 hours lie between the two, and 15 minutes at least. */
  readonly from: string;
  readonly to: string;
  /** Default `NEW_AND_OLD_IMAGES`: what items were is exported beside what they are. */
  readonly view?: 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES';
}

/** A table into S3. */
export interface ExportParameters {
  /** The table's name, also as a value of `dag.env`; or its ARN, as text. Point-in-time recovery must be on. */
  readonly table: string;
  /** The folder, `s3://bucket/prefix/`: DynamoDB writes below `AWSDynamoDB/` there. */
  readonly to: string;
  /** Default `DYNAMODB_JSON`. */
  readonly format?: 'DYNAMODB_JSON' | 'ION';
  /** As the table was at this moment, as ISO 8601 has it, within the last 35 days. Default: now. */
  readonly at?: string;
  readonly incremental?: Incremental;
}

export interface ExportOutput {
  readonly ExportDescription: {
    readonly ExportArn: string;
    /** The key of the manifest's summary. */
    readonly ExportManifest: string;
    readonly ItemCount: number;
    readonly BilledSizeBytes: number;
  };
}

/** An export takes minutes, of a small table too. */
const POLL_SECONDS = 60;

/**
 * Exports a table of DynamoDB to S3 as it was at a moment, without reading the table itself, and waits for the end: it asks every minute. An
 * export that fails fails the task with `DynamoDb.ExportFailed`; one that nobody waits for any more goes on to its end.
 *
 * @example
 * ```ts
 * const orders = dynamodb.exportTo({ table: 'orders', to: 's3://lake/bronze/orders/', at: dag.logicalDate });
 * dag.task('orders', orders, { executionTimeout: '2h' });
 * ```
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
export function exportTo(parameters: ExportParameters): Template<ExportOutput> {
  return checkedTemplate('dynamodb.exportTo', parameters, EXPORT, made, OTHER_NAMES, ({ at, incremental }) =>
    at === undefined || incremental === undefined
      ? []
      : [
          {
            detail: 'at is of the whole table, and there is incremental beside it',
            instead: 'Leave at out: incremental has its own moments.',
          },
        ],
  );
}

const INCREMENTAL: ChecksOf<Incremental> = {
  from: required(filled),
  to: required(filled),
  view: oneOf(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES']),
};
const EXPORT: ChecksOf<ExportParameters> = {
  table: required(filled),
  to: required(s3Path),
  format: oneOf(['DYNAMODB_JSON', 'ION']),
  at: filled,
  incremental: object<Incremental>(INCREMENTAL, '{ from: dag.params.since, to: dag.logicalDate }'),
};

const OTHER_NAMES: OtherNames = {
  tablename: 'table',
  tablearn: 'table',
  dynamodbtablename: 'table',
  s3bucketname: 'to',
  s3bucket: 'to',
  s3keyprefix: 'to',
  s3prefix: 'to',
  exportformat: 'format',
  exporttime: 'at',
  exporttabletopointintimekwargs: 'incremental',
  incrementalexportspecification: 'incremental',
  exporttype: 'incremental',
  filesize: 'DynamoDB decides how large the files are: leave it out.',
};

const BEGIN = 'arn:aws:states:::aws-sdk:dynamodb:exportTableToPointInTime';
const LOOK = 'arn:aws:states:::aws-sdk:dynamodb:describeExport';

function made(parameters: ExportParameters): Template<ExportOutput> {
  return template({
    service: 'dynamodb',
    kind: 'dynamodb.exportTo',
    outputShape: answerShape(LOOK, ['ExportDescription']),
    goesOn: 'DynamoDB export',
    charge: dynamodb.prices.export,
    lower: (context) => lower(parameters, context),
    permissions: () => writes(parameters.to),
  });
}

/**
 * DynamoDB writes with the caller's leave.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html
 */
function writes(to: string): Permission[] {
  const { objects } = s3Place(to, 'dynamodb.exportTo');
  return [{ actions: ['s3:AbortMultipartUpload', 's3:PutObject', 's3:PutObjectAcl'], resources: [objects] }];
}

function lower(
  { table, to, format, at, incremental }: ExportParameters,
  { timeoutSeconds }: LoweringContext,
): Fragment {
  const { bucket, key: prefix } = bucketAndKey(to);
  const limit = timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds };
  const status = '$states.input.ExportDescription.ExportStatus';
  return {
    start: 'export',
    variables: [DEADLINE],
    samples: { export: dynamodb.samples.begun, look: dynamodb.samples.exported },
    states: {
      export: {
        Type: 'Task',
        Resource: BEGIN,
        Arguments: {
          TableArn: tableArn(table),
          S3Bucket: bucket,
          ...(prefix !== '' && { S3Prefix: prefix.replace(/\/$/, '') }),
          ExportFormat: format ?? 'DYNAMODB_JSON',
          ...(at !== undefined && { ExportTime: at }),
          ...(incremental && {
            ExportType: 'INCREMENTAL_EXPORT',
            IncrementalExportSpecification: {
              ExportFromTime: incremental.from,
              ExportToTime: incremental.to,
              ExportViewType: incremental.view ?? 'NEW_AND_OLD_IMAGES',
            },
          }),
        },
        ...limit,
        ...(timeoutSeconds !== undefined && { Assign: deadline(timeoutSeconds) }),
        Next: 'wait',
      },
      ...waitingStates(
        {
          what: 'export',
          look: {
            Resource: LOOK,
            Arguments: {
              ExportArn: expression(
                '$states.input.ExportDescription.ExportArn',
                `${tableArn(table)}/export/${contextReference('Execution', 'Id')}`,
              ),
            },
          },
          seconds: POLL_SECONDS,
          done: `${status} = 'COMPLETED'`,
          failed: `${status} = 'FAILED'`,
          error: 'DynamoDb.ExportFailed',
          cause: '$string($states.input.ExportDescription)',
        },
        timeoutSeconds,
      ),
      done: { Type: 'Succeed' },
    },
  };
}

/** Of a table of the machine's own account; a value of `dag.env` is a name here as in the other calls. */
function tableArn(table: string): string {
  return knownText(table)?.startsWith('arn:')
    ? table
    : `arn:${builtIn('partition')}:dynamodb:${builtIn('region')}:${builtIn('account')}:table/${table}`;
}
