import type { Duration } from '../../authoring/index.ts';
import {
  type ChecksOf,
  flag,
  type LoweringContext,
  required,
  type Shape,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape, callFragment } from '../call.ts';
import { checkedTemplate, type OtherNames } from '../checked.ts';
import { aColumns, type Columns, rowsConflicts, rowsShape, type Typed } from '../rows.ts';
import { rowsFragment } from './rows.ts';
import { athena } from './service.ts';
import {
  NAMES_OF_STATEMENTS,
  onBehalf,
  reuse,
  STATEMENT,
  STATEMENT_RUN,
  type StatementParameters,
  sqlText,
  startArguments,
} from './statement.ts';

/** A question in SQL. */
export interface QueryParameters<C extends Columns = Columns> extends StatementParameters {
  /** In Athena's dialect. Values go in as `parameters`, not as text. */
  readonly sql: string;
  /** The answer of an equal query is given again if it is no older than this, at most a week; nothing is then scanned. Default: never. */
  readonly reuse?: Duration;
  /** That the task answers the rows. Default: the answer stays in S3, and the task says where. */
  readonly rows?: boolean;
  /** The columns of the answer in their order, with their types: `{ country: 'string', total: 'number' }`. Athena writes names small. */
  readonly columns?: C;
  /** How many rows there may be; with more the task fails. An answer of up to 256 KiB. Default 1000, at most 10,000. */
  readonly limit?: number;
}

export interface QueryOutput {
  readonly QueryExecution: {
    readonly QueryExecutionId: string;
    readonly ResultConfiguration: { readonly OutputLocation: string };
    readonly Statistics: { readonly DataScannedInBytes: number };
  };
}

/** What a query answers that is asked for its rows. */
export interface RowsOutput<C extends Columns> {
  readonly QueryExecutionId: string;
  /** In the query's order; a NULL is null, whatever its column's type. */
  readonly Rows: readonly Typed<C>[];
}

/**
 * Runs an Athena query and waits for its end. With `rows: true` it answers the rows as well, typed by `columns`: it reads them page by page,
 * 500 a page, 7 events of the history each. Rows for people and for tables stay in S3; these are for decisions of the DAG, at most `limit`
 * of them (`Athena.TooManyRows`).
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
 * const late = athena.query({
 *   sql: 'SELECT count(*) AS late FROM orders WHERE shipped IS NULL',
 *   database: 'sales',
 *   results: 's3://lake/answers/late/',
 *   rows: true,
 *   columns: { late: 'integer' },
 * });
 * dag.task('late', late);
 * ```
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html
 */
export function query<const C extends Columns>(
  q: QueryParameters<C> & { readonly rows: true; readonly columns: C },
): Template<RowsOutput<C>>;
export function query(q: QueryParameters): Template<QueryOutput>;
export function query(q: QueryParameters): Template<QueryOutput | RowsOutput<Columns>> {
  return checkedTemplate('athena.query', q, QUERY, made, OTHER_NAMES, rowsConflicts);
}

const QUERY: ChecksOf<QueryParameters> = {
  sql: required(sqlText),
  ...STATEMENT,
  reuse,
  rows: flag,
  columns: aColumns,
  limit: wholeNumber(1, 10_000),
};

const OTHER_NAMES: OtherNames = {
  ...NAMES_OF_STATEMENTS,
  resultreuseconfiguration: 'reuse',
  maxageinminutes: 'reuse',
  maxresults: 'limit',
  maxrows: 'limit',
  schemaofrows: 'columns',
};

function made(q: QueryParameters): Template<QueryOutput | RowsOutput<Columns>> {
  const { columns = {}, limit = 1000 } = q;
  const outputShape: Shape = q.rows
    ? rowsShape(columns, ['QueryExecutionId'])
    : answerShape(STATEMENT_RUN, ['QueryExecution']);
  return template<QueryOutput | RowsOutput<Columns>>({
    service: 'athena',
    kind: 'athena.query',
    outputShape,
    ...(!q.rows && { sample: athena.samples.query }),
    charge: athena.prices.query,
    lower: ({ timeoutSeconds }: LoweringContext) =>
      q.rows
        ? rowsFragment(startArguments(q.sql, q), { columns, limit, timeoutSeconds })
        : callFragment(STATEMENT_RUN, startArguments(q.sql, q)),
    permissions: () => onBehalf('athena.query', q),
  });
}
