import {
  builtIn,
  type ChecksOf,
  check,
  filled,
  listOf,
  mayHoldToken,
  misfit,
  type Permission,
  required,
  type Template,
  template,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, type OtherNames, s3Path, values } from '../checked.ts';
import { s3Place } from '../s3-access.ts';
import { athena } from './service.ts';

/** A question in SQL. */
export interface QueryParameters {
  /** In Athena's dialect. Values go in as `parameters`, not as text. */
  readonly sql: string;
  readonly database: string;
  /** The folder that the result lands in as CSV, `s3://bucket/prefix/`. */
  readonly results: string;
  /** The account that owns the bucket of the results: Athena writes into no other. Default: the machine's own. */
  readonly resultsOwner?: string;
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
 * Runs an Athena query and waits for its end.
 *
 * @example
 * ```ts
 * const totals = athena.query({
 *   sql: 'SELECT country, sum(amount) FROM orders WHERE day = ? GROUP BY country',
 *   parameters: [dag.logicalDate],
 *   database: 'sales',
 *   results: 's3://lake/answers/totals/',
 * });
 * dag.task('totals', totals, { executionTimeout: '30m' });
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html
 */
export function query(q: QueryParameters): Template<QueryOutput> {
  return checkedTemplate('athena.query', q, QUERY, made, OTHER_NAMES);
}

const SQL = "a query; that of a file is read, `sqlFiles('sql')`";

/** What Airflow's operators take for a file's name is no query. */
const sql = check('a query', (given, where) =>
  typeof given === 'string' && /^\S+\.sql$/.test(given) ? [misfit(given, where, SQL)] : filled(given, where),
);

const ACCOUNT = 'the number of an account, `111122223333`';
const account = check(ACCOUNT, (given, where) =>
  typeof given === 'string' && !mayHoldToken(given) && !/^\d{12}$/.test(given)
    ? [misfit(given, where, ACCOUNT)]
    : filled(given, where),
);

const QUERY: ChecksOf<QueryParameters> = {
  sql: required(sql),
  database: required(filled),
  results: required(s3Path),
  resultsOwner: account,
  reads: listOf(s3Path, 'a list of S3 paths'),
  parameters: values,
  workGroup: filled,
};

const OTHER_NAMES: OtherNames = {
  query: 'sql',
  querystring: 'sql',
  schema: 'database',
  catalogdatabase: 'database',
  outputlocation: 'results',
  resultconfiguration: 'results',
  s3outputlocation: 'results',
  output: 'results',
  expectedbucketowner: 'resultsOwner',
  executionparameters: 'parameters',
  params: 'parameters',
  args: 'parameters',
};

const RUN = 'arn:aws:states:::athena:startQueryExecution.sync';

function made(q: QueryParameters): Template<QueryOutput> {
  const workGroup = q.workGroup ?? 'primary';
  return template({
    service: 'athena',
    kind: 'athena.query',
    outputShape: answerShape(RUN, ['QueryExecution']),
    sample: athena.samples.query,
    charge: athena.prices.query,
    lower: () =>
      callFragment(RUN, {
        QueryString: q.sql,
        ...(q.parameters && { ExecutionParameters: q.parameters }),
        QueryExecutionContext: { Database: q.database },
        // A bucket of this name that somebody else made would be given the answers.
        ResultConfiguration: { OutputLocation: q.results, ExpectedBucketOwner: q.resultsOwner ?? builtIn('account') },
        WorkGroup: workGroup,
      }),
    permissions: () => onBehalf(q),
  });
}

/**
 * What Athena then does with the caller's leave, and only when it comes from Athena: it reads the catalog and the tables, and writes the
 * result.
 * @see https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
function onBehalf({ database, results, reads }: QueryParameters): Permission[] {
  const glue = (resource: string) =>
    `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}:${resource}`;
  const into = s3Place(results, 'athena.query');
  const from = (reads ?? [`s3://${s3Bucket(results)}/`]).map((path) => s3Place(path, 'athena.query'));
  const catalog = [glue('catalog'), glue(`database/${database}`)];
  const places = [into, ...from];
  return [
    allow(['glue:GetDatabase'], [...catalog, glue('database/default')]),
    allow(
      ['glue:BatchGetPartition', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable'],
      [...catalog, glue(`table/${database}/*`)],
    ),
    allow(
      ['s3:GetBucketLocation'],
      places.map(({ bucket }) => bucket),
    ),
    allow(['s3:ListBucketMultipartUploads'], [into.bucket]),
    ...places.map(({ bucket, keys }) =>
      allow(['s3:ListBucket'], [bucket], keys === '*' ? undefined : { StringLike: { 's3:prefix': keys } }),
    ),
    allow(
      ['s3:GetObject'],
      places.map(({ objects }) => objects),
    ),
    allow(['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'], [into.objects]),
    // Where Lake Formation governs the tables, Athena asks it for access; what is granted there decides.
    // https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html
    { actions: ['lakeformation:GetDataAccess'], resources: ['*'] },
  ];
}

function allow(actions: string[], resources: string[], condition: Permission['condition'] = {}): Permission {
  const fromAthena = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } };
  return { actions, resources, condition: { ...fromAthena, ...condition } };
}

function s3Bucket(uri: string): string {
  return `${uri}`.slice('s3://'.length).split('/')[0] as string;
}
