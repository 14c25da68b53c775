import { type ChecksOf, oneOf, required, type Template, template } from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { type Conflict, checkedTemplate, filledValues, formed, type OtherNames, s3Path, textMap } from '../checked.ts';
import type { QueryOutput } from './query.ts';
import { athena } from './service.ts';
import {
  NAMES_OF_STATEMENTS,
  onBehalf,
  STATEMENT,
  STATEMENT_RUN,
  type StatementParameters,
  sqlText,
  startArguments,
} from './statement.ts';

/** How files are written. */
export interface FilesParameters extends StatementParameters {
  /** The query whose answer is written, in Athena's dialect. Values go in as `parameters`. */
  readonly sql: string;
  /** Default `PARQUET`. */
  readonly format?: 'PARQUET' | 'ORC' | 'AVRO' | 'JSON' | 'TEXTFILE';
  /** `SNAPPY`, `GZIP`, `ZSTD` …, as far as the format has it. Default: the format's own. */
  readonly compression?: string;
  /** Columns by whose values there are folders, `day=2026-01-01/`: the last ones of the query, in this order. */
  readonly partitionedBy?: readonly string[];
}

/** Files of an answer. */
export interface UnloadParameters extends FilesParameters {
  /** The folder that the files land in, which must be empty: `s3://bucket/prefix/`. */
  readonly to: string;
  /** Between the fields of a `TEXTFILE`. Default `,`. */
  readonly fieldDelimiter?: string;
}

/** A table of an answer. */
export interface CreateTableAsParameters extends FilesParameters {
  /** The table's name, which must be free. */
  readonly table: string;
  /** Where its files are, which must be empty: `s3://bucket/prefix/`. */
  readonly location: string;
  /** What else stands in `WITH (…)`: `bucket_count: '8'`, as SQL. */
  readonly properties?: { readonly [name: string]: string };
}

/**
 * Writes the answer of a query as files (`UNLOAD`) and waits for its end. Athena deletes nothing and refuses a folder with files in it
 * (`HIVE_PATH_ALREADY_EXISTS`): let the folder be the run's own, `s3://lake/out/${dag.logicalDate}/`, and a second try finds what the first one
 * has left.
 * @see https://docs.aws.amazon.com/athena/latest/ug/unload.html
 *
 * @example
 * ```ts
 * const unload = athena.unload({
 *   sql: 'SELECT * FROM orders WHERE day = ?',
 *   parameters: [dag.logicalDate],
 *   to: `s3://lake/exports/${dag.logicalDate}/`,
 *   database: 'sales',
 *   results: 's3://lake/answers/unload/',
 * });
 * dag.task('unload', unload);
 * ```
 */
export function unload(parameters: UnloadParameters): Template<QueryOutput> {
  return checkedTemplate('athena.unload', parameters, UNLOAD, unloading, NAMES_OF_UNLOAD, (u) => [
    ...withoutStatement('UNLOAD', u.sql),
    ...delimited(u),
  ]);
}

/**
 * Makes a table of the answer of a query (`CREATE TABLE … AS`) and waits for its end. A table that is there, or a folder with files in it, is
 * refused.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html
 *
 * @example
 * ```ts
 * const table = athena.createTableAs({
 *   table: 'totals',
 *   sql: 'SELECT country, sum(amount) AS amount, day FROM orders GROUP BY country, day',
 *   location: 's3://lake/gold/totals/',
 *   partitionedBy: ['day'],
 *   database: 'sales',
 *   results: 's3://lake/answers/totals/',
 * });
 * dag.task('totals', table);
 * ```
 */
export function createTableAs(parameters: CreateTableAsParameters): Template<QueryOutput> {
  return checkedTemplate('athena.createTableAs', parameters, TABLE, making, NAMES_OF_TABLE, (t) =>
    withoutStatement('CREATE TABLE', t.sql),
  );
}

const table = formed('the name of a table, without its database', (text) => /^[a-z_]\w*$/.test(text));

const FILES: ChecksOf<FilesParameters> = {
  sql: required(sqlText),
  ...STATEMENT,
  format: oneOf(['PARQUET', 'ORC', 'AVRO', 'JSON', 'TEXTFILE']),
  compression: formed('a compression, `SNAPPY`', (text) => /^\w+$/.test(text)),
  partitionedBy: filledValues,
};

const UNLOAD: ChecksOf<UnloadParameters> = {
  ...FILES,
  to: required(s3Path),
  fieldDelimiter: formed('one character', (text) => [...text].length === 1 && text !== "'"),
};

const TABLE: ChecksOf<CreateTableAsParameters> = {
  ...FILES,
  table: required(table),
  location: required(s3Path),
  properties: textMap,
};

const NAMES_OF_UNLOAD: OtherNames = {
  ...NAMES_OF_STATEMENTS,
  location: 'to',
  path: 'to',
  target: 'to',
  s3key: 'to',
  partitionby: 'partitionedBy',
  partitions: 'partitionedBy',
  delimiter: 'fieldDelimiter',
};

const NAMES_OF_TABLE: OtherNames = {
  ...NAMES_OF_STATEMENTS,
  name: 'table',
  tablename: 'table',
  to: 'location',
  path: 'location',
  externallocation: 'location',
  partitionby: 'partitionedBy',
  partitions: 'partitionedBy',
  tableproperties: 'properties',
  ifnotexists: 'A table that is there is refused: drop it before, or let the name be the run’s own.',
};

function withoutStatement(statement: string, sql: string): { detail: string; instead: string }[] {
  return new RegExp(`^\\s*${statement.replace(' ', '\\s+')}\\b`, 'i').test(`${sql}`)
    ? [
        {
          detail: `sql is a whole ${statement}`,
          instead: `Give the SELECT alone; the ${statement} is made of the other fields.`,
        },
      ]
    : [];
}

function delimited({ format = 'PARQUET', fieldDelimiter }: UnloadParameters): Conflict[] {
  return fieldDelimiter !== undefined && format !== 'TEXTFILE'
    ? [
        {
          detail: `fieldDelimiter is given, and the format is ${format}`,
          instead: "Write `format: 'TEXTFILE'`, or leave fieldDelimiter out.",
        },
      ]
    : [];
}

function unloading(u: UnloadParameters): Template<QueryOutput> {
  const options = {
    format: quoted(u.format ?? 'PARQUET'),
    ...(u.compression !== undefined && { compression: quoted(u.compression) }),
    ...(u.fieldDelimiter !== undefined && { field_delimiter: quoted(u.fieldDelimiter) }),
    ...(u.partitionedBy && { partitioned_by: arrayOf(u.partitionedBy) }),
  };
  return writing('athena.unload', `UNLOAD (${bare(u.sql)}) TO ${quoted(u.to)} WITH (${listed(options)})`, u, {
    path: u.to,
  });
}

function making(t: CreateTableAsParameters): Template<QueryOutput> {
  const options = {
    format: quoted(t.format ?? 'PARQUET'),
    ...(t.compression !== undefined && { write_compression: quoted(t.compression) }),
    external_location: quoted(t.location),
    ...(t.partitionedBy && { partitioned_by: arrayOf(t.partitionedBy) }),
    ...t.properties,
  };
  const sql = `CREATE TABLE "${t.database}"."${t.table}" WITH (${listed(options)}) AS ${bare(t.sql)}`;
  return writing('athena.createTableAs', sql, t, { path: t.location, table: t.table });
}

function writing(
  kind: string,
  sql: string,
  q: StatementParameters,
  made: { readonly path: string; readonly table?: string },
): Template<QueryOutput> {
  return template({
    service: 'athena',
    kind,
    outputShape: answerShape(STATEMENT_RUN, ['QueryExecution']),
    sample: athena.samples.query,
    charge: athena.prices.query,
    lower: () => callFragment(STATEMENT_RUN, startArguments(sql, q)),
    permissions: () => onBehalf(kind, q, made),
  });
}

/** A query within a statement has no end of its own, and a comment at its end may not go on. */
function bare(sql: string): string {
  const text = `${sql}`.replace(/;\s*$/, '').trimEnd();
  return /--[^\n]*$/.test(text) ? `${text}\n` : text;
}

function quoted(text: string): string {
  return `'${`${text}`.replaceAll("'", "''")}'`;
}

function arrayOf(names: readonly string[]): string {
  return `ARRAY[${names.map(quoted).join(', ')}]`;
}

function listed(options: { readonly [name: string]: string }): string {
  return Object.entries(options)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}
