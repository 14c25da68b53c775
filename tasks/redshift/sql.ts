import {
  type Check,
  type ChecksOf,
  check,
  filled,
  flag,
  type LoweringContext,
  listOf,
  mapOf,
  misfit,
  required,
  type Shape,
  type Template,
  template,
  wholeNumber,
} from '../../authoring/internal.ts';
import { answerShape } from '../call.ts';
import { type Conflict, checkedTemplate, formed, type OtherNames } from '../checked.ts';
import { aColumns, type Columns, rowsConflicts, rowsShape, type Typed } from '../rows.ts';
import { credentials } from './access.ts';
import { statementFragment } from './statement.ts';

/** Statements for Redshift. */
export interface SqlParameters<C extends Columns = Columns> {
  /** One statement, or several, which run one after the other in one transaction: at most 40. */
  readonly sql: string | readonly string[];
  readonly database: string;
  /** The serverless workgroup, by its name or ARN; or a cluster. */
  readonly workgroup?: string;
  /** The provisioned cluster, by its identifier. */
  readonly cluster?: string;
  /** The database user of a cluster, whose temporary credentials are asked for. Default: the machine's role as a user, `IAMR:<role>`. */
  readonly dbUser?: string;
  /** The ARN of a secret of Secrets Manager with user name and password, in place of temporary credentials. */
  readonly secret?: string;
  /** Values of `:name` in the statements, never empty. Redshift turns them into the type that is wanted. */
  readonly parameters?: { readonly [name: string]: string };
  /** That the task answers the rows of the statement, of several those of the last. */
  readonly rows?: boolean;
  /** The columns of the answer in their order, with their types: `{ country: 'string', total: 'number' }`. */
  readonly columns?: C;
  /** How many rows there may be; with more the task fails. An answer of up to 256 KiB. Default 1000, at most 10,000. */
  readonly limit?: number;
  /** What `stl_query` and the console call it. Default: the task's id. */
  readonly statementName?: string;
}

/** What Redshift says of statements that have finished. */
export interface SqlOutput {
  readonly Id: string;
  /** Rows that were answered, or that the statement changed. */
  readonly ResultRows: number;
  readonly HasResultSet: boolean;
}

/** What statements answer that are asked for their rows. */
export interface RowsOutput<C extends Columns> {
  readonly Id: string;
  /** A NULL is null, whatever its column's type. */
  readonly Rows: readonly Typed<C>[];
}

/**
 * Runs statements on Redshift Serverless or on a cluster, by the Data API, and waits for their end. Step Functions has no integration that
 * waits: the machine asks, after 2 s, 4 s, 8 s … and then every minute, 9 events of the history each time, so that the 24 hours that
 * Redshift gives a statement fit. When the task's time is up the statement is cancelled; when the run is aborted it goes on to its end.
 *
 * @example
 * ```ts
 * const load = redshift.sql({
 *   workgroup: 'analytics',
 *   database: 'dw',
 *   sql: ['DELETE FROM sales WHERE day = :day', 'INSERT INTO sales SELECT * FROM staged WHERE day = :day'],
 *   parameters: { day: dag.logicalDate },
 * });
 * dag.task('load', load, { executionTimeout: '1h' });
 * const count = redshift.sql({
 *   workgroup: 'analytics',
 *   database: 'dw',
 *   sql: 'SELECT count(*) AS sold FROM sales',
 *   rows: true,
 *   columns: { sold: 'integer' },
 * });
 * dag.task('count', count);
 * ```
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html
 */
export function sql<const C extends Columns>(
  q: SqlParameters<C> & { readonly rows: true; readonly columns: C },
): Template<RowsOutput<C>>;
export function sql(q: SqlParameters): Template<SqlOutput>;
export function sql(q: SqlParameters): Template<SqlOutput | RowsOutput<Columns>> {
  return checkedTemplate('redshift.sql', q, SQL, made, OTHER_NAMES, conflicts);
}

const STATEMENTS = 'a statement, or a list of 1 to 40 statements';
const FILE = "a statement; those of files are read, `sqlFiles('sql')`";
const statement: Check = check(STATEMENTS, (given, where) =>
  typeof given === 'string' && /^\S+\.sql$/.test(given) ? [misfit(given, where, FILE)] : filled(given, where),
);
const statements: Check = check(STATEMENTS, (given, where) => {
  if (!Array.isArray(given)) return statement(given, where);
  if (given.length < 1 || given.length > 40) return [misfit(given, where, STATEMENTS)];
  return listOf(statement)(given, where);
});

const SQL: ChecksOf<SqlParameters> = {
  sql: required(statements),
  database: required(filled),
  workgroup: formed('a workgroup, by its name of 3 to 63 small letters, digits and "-", or its ARN', (text) =>
    /^(?:[a-z0-9-]{3,63}|arn:[\w-]+:redshift-serverless:[^:]+:\d{12}:workgroup\/.+)$/.test(text),
  ),
  cluster: filled,
  dbUser: filled,
  secret: filled,
  parameters: mapOf(filled, "an object by the parameters' names, `{ day: dag.logicalDate }`"),
  rows: flag,
  columns: aColumns,
  limit: wholeNumber(1, 10_000),
  statementName: filled,
};

const OTHER_NAMES: OtherNames = {
  query: 'sql',
  sqls: 'sql',
  statement: 'sql',
  workgroupname: 'workgroup',
  clusteridentifier: 'cluster',
  clustername: 'cluster',
  secretarn: 'secret',
  user: 'dbUser',
  username: 'dbUser',
  params: 'parameters',
  returnsqlresult: 'rows',
  maxrows: 'limit',
  schema: 'A statement names its schema itself, `sales.orders`: leave it out.',
  withevent: 'The machine asks for the end itself: leave it out.',
  pollinterval: 'The machine asks at growing intervals, up to a minute: leave it out.',
  waitforcompletion: 'The task waits for the end: leave it out.',
  deferrable: 'The task waits for the end: leave it out.',
  autocommit: 'Several statements are one transaction, one is one of its own: leave it out.',
  redshiftconnid: 'Write `workgroup` or `cluster`, with `database`.',
  connid: 'Write `workgroup` or `cluster`, with `database`.',
};

function conflicts(q: SqlParameters): Conflict[] {
  const { workgroup, cluster, dbUser, secret } = q;
  const found: (Conflict | false)[] = [
    workgroup !== undefined &&
      cluster !== undefined && {
        detail: 'workgroup and cluster are both given',
        instead: 'Write the workgroup for Redshift Serverless, or the cluster for a provisioned one.',
      },
    workgroup === undefined &&
      cluster === undefined && {
        detail: 'neither workgroup nor cluster is given',
        instead: 'Write the workgroup for Redshift Serverless, or the cluster for a provisioned one.',
      },
    dbUser !== undefined &&
      secret !== undefined && {
        detail: 'dbUser and secret are both given',
        instead: 'Write one of them: the secret has a user name of its own.',
      },
    dbUser !== undefined &&
      cluster === undefined &&
      workgroup !== undefined && {
        detail: 'dbUser is given with a workgroup, whose user follows from the machine’s role',
        instead: 'Leave dbUser out, or give a secret.',
      },
  ];
  return [...found.filter((one) => one !== false), ...rowsConflicts(q)];
}

function made(q: SqlParameters): Template<SqlOutput | RowsOutput<Columns>> {
  const outputShape: Shape = q.rows
    ? rowsShape(q.columns ?? {}, ['Id'])
    : answerShape('arn:aws:states:::aws-sdk:redshiftdata:describeStatement', ['Id', 'ResultRows', 'HasResultSet']);
  return template<SqlOutput | RowsOutput<Columns>>({
    service: 'redshift',
    kind: 'redshift.sql',
    outputShape,
    goesOn: 'Redshift statement',
    charge: {
      what: 'RPU-hours of the workgroup, at least a minute, or the cluster’s own hours',
      open: 'how many RPUs a statement takes, Redshift decides',
      source: 'https://aws.amazon.com/redshift/pricing/',
    },
    lower: (context: LoweringContext) => statementFragment(q, context),
    permissions: () => credentials(q),
  });
}
