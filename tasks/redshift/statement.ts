import { expression, type Fragment, type FragmentState, type LoweringContext } from '../../authoring/internal.ts';
import { type Columns, type ColumnType, PAGE_VARIABLES, type PagedCall, pageStates } from '../rows.ts';
import { redshift } from './service.ts';
import type { SqlParameters } from './sql.ts';

const resource = (action: string) => `arn:aws:states:::aws-sdk:redshiftdata:${action}`;

/** The first pause, and the longest, in seconds: 24 hours of a statement are 1,445 rounds of 9 events. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 60;

/**
 * Statements, and the loop that waits for their end.
 * @see https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_DescribeStatement.html
 */
export function statementFragment(q: SqlParameters, { task, timeoutSeconds }: LoweringContext): Fragment {
  const several = Array.isArray(q.sql) ? (q.sql as readonly string[]) : undefined;
  const { columns = {}, limit = 1000 } = q;
  const deadline = timeoutSeconds === undefined ? {} : { deadline: expression(`$millis() + ${timeoutSeconds * 1000}`) };
  const late = timeoutSeconds === undefined ? [] : [{ Condition: expression('$millis() > $deadline'), Next: 'cancel' }];
  const last = several === undefined ? '$statement' : `$statement & ':${several.length}'`;
  return {
    start: 'run',
    variables: ['statement', 'pause', 'deadline', ...PAGE_VARIABLES],
    samples: {
      run: redshift.samples.started,
      look: redshift.samples.finished,
      ...(q.rows && { rows: sampleOf(columns) }),
    },
    states: {
      run: {
        Type: 'Task',
        Resource: resource(several === undefined ? 'executeStatement' : 'batchExecuteStatement'),
        Arguments: {
          ...(several === undefined ? { Sql: q.sql } : { Sqls: several }),
          Database: q.database,
          ...(q.workgroup !== undefined && { WorkgroupName: q.workgroup }),
          ...(q.cluster !== undefined && { ClusterIdentifier: q.cluster }),
          ...(q.dbUser !== undefined && { DbUser: q.dbUser }),
          ...(q.secret !== undefined && { SecretArn: q.secret }),
          ...(q.parameters && {
            Parameters: Object.entries(q.parameters).map(([Name, Value]) => ({ Name, Value })),
          }),
          StatementName: q.statementName ?? task,
        },
        Assign: { statement: expression('$states.result.Id'), pause: FIRST_PAUSE, ...deadline },
        Next: 'wait',
      },
      wait: {
        Type: 'Wait',
        Seconds: expression('$pause'),
        Assign: { pause: expression(`$min([2 * $pause, ${LONGEST_PAUSE}])`) },
        Next: 'look',
      },
      look: {
        Type: 'Task',
        Resource: resource('describeStatement'),
        Arguments: { Id: expression('$statement') },
        // The answer has the statements themselves, which may be large.
        Output: expression(
          "$sift($states.result, function($v, $k) { $k in ['Id', 'Status', 'Error', 'ResultRows', 'HasResultSet'] })",
        ),
        // Who loses sight of a statement would run it again beside itself.
        Retry: [
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2, JitterStrategy: 'FULL' },
        ],
        Next: 'ended?',
      },
      'ended?': {
        Type: 'Choice',
        Choices: [
          { Condition: expression("$states.input.Status = 'FINISHED'"), Next: q.rows ? 'rows' : 'done' },
          { Condition: expression("$states.input.Status in ['FAILED', 'ABORTED']"), Next: 'failed' },
          ...late,
        ],
        Default: 'wait',
      },
      failed: {
        Type: 'Fail',
        Error: expression("'Redshift.' & ($states.input.Status = 'FAILED' ? 'StatementFailed' : 'StatementAborted')"),
        Cause: expression(
          "$exists($states.input.Error) ? $states.input.Error : 'Somebody has cancelled the statement.'",
        ),
      },
      ...(timeoutSeconds !== undefined && {
        cancel: {
          Type: 'Task',
          Resource: resource('cancelStatement'),
          Arguments: { Id: expression('$statement') },
          // One that has just ended cannot be cancelled any more.
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'timed out' }],
          Next: 'timed out',
        } as FragmentState,
        'timed out': {
          Type: 'Fail',
          Error: 'States.Timeout',
          Cause: `The statement did not end within ${timeoutSeconds} seconds.`,
        } as FragmentState,
      }),
      ...(q.rows &&
        pageStates(resultOf(last), columns, {
          limit,
          answer: { Id: expression('$statement'), Rows: expression('$rows') },
        })),
      done: { Type: 'Succeed' },
    },
  };
}

/** GetStatementResult, whose cells have one member each, named after their type; `IsNull` is that of NULL. */
function resultOf(statement: string): PagedCall {
  return {
    resource: resource('getStatementResult'),
    arguments: { Id: expression(statement) },
    names: '$states.result.ColumnMetadata.Name',
    first: '$states.result.Records',
    further: '$states.result.Records',
    cell: (position, type) => `$row[${position}].IsNull ? null : ${READ[type](`$row[${position}].*`)}`,
    error: 'Redshift',
  };
}

const READ = {
  string: (cell: string) => `$string(${cell})`,
  // Decimals are answered as texts.
  integer: (cell: string) => `$number(${cell})`,
  number: (cell: string) => `$number(${cell})`,
  boolean: (cell: string) => cell,
} as const satisfies { readonly [type in ColumnType]: (cell: string) => string };

const SAMPLES = {
  string: { StringValue: 'text' },
  integer: { LongValue: 1 },
  number: { DoubleValue: 1.5 },
  boolean: { BooleanValue: true },
} as const;

/** The answer of GetStatementResult with one row. */
function sampleOf(columns: Columns) {
  return {
    ColumnMetadata: Object.keys(columns).map((Name) => ({ Name })),
    Records: [Object.values(columns).map((type) => SAMPLES[type])],
  };
}
