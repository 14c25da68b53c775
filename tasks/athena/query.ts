import { builtIn, type Permission, type Template, template } from '../../authoring/internal.ts';
import { s3Arns } from '../bucket-arn.ts';
import { singleState } from '../single-state.ts';
import { QUERY_CHARGE } from './price.ts';

/** A question in SQL. */
export interface QueryParameters {
  /** In Athena's dialect. Values go in as `parameters`, not as text. */
  readonly sql: string;
  readonly database: string;
  /** The folder that the result lands in as CSV, `s3://bucket/prefix/`. */
  readonly results: string;
  /** Where the tables' files are, for the policy: `s3://` paths. Default: the bucket of the results. */
  readonly reads?: readonly string[];
  /** Values for the question marks in the SQL, in their order. */
  readonly parameters?: readonly string[];
  /** Default `primary`. */
  readonly workGroup?: string;
}

export interface QueryOutput {
  readonly QueryExecution: {
    readonly QueryExecutionId: string;
    readonly ResultConfiguration: { readonly OutputLocation: string };
    readonly Statistics: { readonly DataScannedInBytes: number };
  };
}

/**
 * Asks Athena and waits for the answer.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html
 */
export function query(q: QueryParameters): Template<QueryOutput> {
  const workGroup = q.workGroup ?? 'primary';
  return template({
    service: 'athena',
    kind: 'athena.query',
    outputFields: { QueryExecution: true },
    sample: {
      QueryExecution: {
        QueryExecutionId: '00000000-0000-4000-8000-000000000000',
        ResultConfiguration: { OutputLocation: 's3://bucket/00000000-0000-4000-8000-000000000000.csv' },
        Statistics: { DataScannedInBytes: 1_000_000 },
      },
    },
    charge: QUERY_CHARGE,
    lower: () =>
      singleState('arn:aws:states:::athena:startQueryExecution.sync', {
        QueryString: q.sql,
        ...(q.parameters && { ExecutionParameters: q.parameters }),
        QueryExecutionContext: { Database: q.database },
        ResultConfiguration: { OutputLocation: q.results },
        WorkGroup: workGroup,
      }),
    permissions: () => queryPermissions(q, workGroup),
  });
}

/** What the machine calls, and what Athena then does with the caller's leave: it reads the catalog and the tables, and writes the result. */
function queryPermissions({ database, results, reads }: QueryParameters, workGroup: string): Permission[] {
  const here = (service: string, resource: string) =>
    `arn:${builtIn('partition')}:${service}:${builtIn('region')}:${builtIn('account')}:${resource}`;
  const into = s3Arns(results, 'athena.query');
  const from = (reads ?? [`s3://${s3Bucket(results)}/`]).map((path) => s3Arns(path, 'athena.query'));
  return [
    {
      actions: [
        'athena:GetDataCatalog',
        'athena:GetQueryExecution',
        'athena:StartQueryExecution',
        'athena:StopQueryExecution',
      ],
      resources: [here('athena', `workgroup/${workGroup}`), here('athena', 'datacatalog/*')],
    },
    {
      actions: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable', 'glue:GetTables'],
      resources: [here('glue', 'catalog'), here('glue', `database/${database}`), here('glue', `table/${database}/*`)],
    },
    {
      actions: ['s3:GetBucketLocation', 's3:ListBucket'],
      resources: [into.bucket, ...from.map(({ bucket }) => bucket)],
    },
    { actions: ['s3:GetObject'], resources: from.map(({ objects }) => objects) },
    {
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      resources: [into.objects],
    },
  ];
}

function s3Bucket(uri: string): string {
  return `${uri}`.slice('s3://'.length).split('/')[0] as string;
}
