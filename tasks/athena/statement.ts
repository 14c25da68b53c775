import type { Duration } from '../../authoring/index.ts';
import {
  builtIn,
  type ChecksOf,
  check,
  duration,
  durationMs,
  filled,
  listOf,
  mayHoldToken,
  misfit,
  type Permission,
  required,
} from '../../authoring/internal.ts';
import { type OtherNames, s3Path, values } from '../checked.ts';
import { s3Place } from '../s3-access.ts';

/** What every statement has. */
export interface StatementParameters {
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

export const STATEMENT_RUN = 'arn:aws:states:::athena:startQueryExecution.sync';

const SQL = "a query; that of a file is read, `sqlFiles('sql')`";

/** What Airflow's operators take for a file's name is no query. */
export const sqlText = check('a query', (given, where) =>
  typeof given === 'string' && /^\S+\.sql$/.test(given) ? [misfit(given, where, SQL)] : filled(given, where),
);

const ACCOUNT = 'the number of an account, `111122223333`';
const account = check(ACCOUNT, (given, where) =>
  typeof given === 'string' && !mayHoldToken(given) && !/^\d{12}$/.test(given)
    ? [misfit(given, where, ACCOUNT)]
    : filled(given, where),
);

export const STATEMENT: ChecksOf<StatementParameters> = {
  database: required(filled),
  results: required(s3Path),
  resultsOwner: account,
  reads: listOf(s3Path, 'a list of S3 paths'),
  parameters: values,
  workGroup: filled,
};

/** How old an answer may be that is given again: a week, by Athena's own bound. */
export const reuse = duration('1m', '7d');

export const NAMES_OF_STATEMENTS: OtherNames = {
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

/** The arguments of StartQueryExecution. @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
export function startArguments(sql: string, q: StatementParameters & { readonly reuse?: Duration }): object {
  return {
    QueryString: sql,
    ...(q.parameters && { ExecutionParameters: q.parameters }),
    QueryExecutionContext: { Database: q.database },
    // A bucket of this name that somebody else made would be given the answers.
    ResultConfiguration: { OutputLocation: q.results, ExpectedBucketOwner: q.resultsOwner ?? builtIn('account') },
    WorkGroup: q.workGroup ?? 'primary',
    ...(q.reuse !== undefined && {
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: Math.ceil(durationMs(q.reuse)! / 60_000) },
      },
    }),
  };
}

/**
 * What Athena does with the caller's leave, and only when it comes from Athena: it reads the catalog and the tables, and writes the
 * result.
 * @param made where a statement writes besides its result, and the table that it makes there
 * @see https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
export function onBehalf(
  kind: string,
  { database, results, reads }: StatementParameters,
  made?: { readonly path: string; readonly table?: string },
): Permission[] {
  const glue = (resource: string) =>
    `arn:${builtIn('partition')}:glue:${builtIn('region')}:${builtIn('account')}:${resource}`;
  const into = [results, ...(made ? [made.path] : [])].map((path) => s3Place(path, kind));
  const from = (reads ?? [`s3://${s3Bucket(results)}/`]).map((path) => s3Place(path, kind));
  const catalog = [glue('catalog'), glue(`database/${database}`)];
  const places = [...into, ...from];
  return [
    allow(['glue:GetDatabase'], [...catalog, glue('database/default')]),
    allow(
      ['glue:BatchGetPartition', 'glue:GetPartition', 'glue:GetPartitions', 'glue:GetTable'],
      [...catalog, glue(`table/${database}/*`)],
    ),
    ...(made?.table === undefined
      ? []
      : [
          // A statement that fails takes away what it began.
          allow(
            ['glue:BatchCreatePartition', 'glue:CreateTable', 'glue:DeleteTable', 'glue:UpdateTable'],
            [...catalog, glue(`table/${database}/${made.table}`)],
          ),
        ]),
    allow(
      ['s3:GetBucketLocation'],
      places.map(({ bucket }) => bucket),
    ),
    allow(
      ['s3:ListBucketMultipartUploads'],
      into.map(({ bucket }) => bucket),
    ),
    ...places.map(({ bucket, keys }) =>
      allow(['s3:ListBucket'], [bucket], keys === '*' ? undefined : { StringLike: { 's3:prefix': keys } }),
    ),
    allow(
      ['s3:GetObject'],
      places.map(({ objects }) => objects),
    ),
    allow(
      ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      into.map(({ objects }) => objects),
    ),
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
