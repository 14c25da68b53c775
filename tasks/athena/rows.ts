import { expression, type Fragment } from '../../authoring/internal.ts';
import { type Columns, type ColumnType, PAGE_VARIABLES, type PagedCall, pageStates } from '../rows.ts';
import { athena } from './service.ts';
import { STATEMENT_RUN } from './statement.ts';

/** Rows of a page: of 500 rows some hundred bytes each fit into what a state may answer. */
const PAGE = 500;

/**
 * A query, and the states that read its rows. The first row of the first page are the columns' names.
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export function rowsFragment(
  start: object,
  { columns, limit, timeoutSeconds }: { columns: Columns; limit: number; timeoutSeconds: number | undefined },
): Fragment {
  return {
    start: 'query',
    variables: ['query', ...PAGE_VARIABLES],
    samples: { query: athena.samples.query, rows: sampleOf(columns) },
    states: {
      query: {
        Type: 'Task',
        Resource: STATEMENT_RUN,
        Arguments: start,
        ...(timeoutSeconds !== undefined && { TimeoutSeconds: timeoutSeconds }),
        Assign: { query: expression('$states.result.QueryExecution.QueryExecutionId') },
        Next: 'rows',
      },
      ...pageStates(resultsOf(Math.min(PAGE, limit + 1)), columns, {
        limit,
        answer: { QueryExecutionId: expression('$query'), Rows: expression('$rows') },
      }),
      done: { Type: 'Succeed' },
    },
  };
}

/** GetQueryResults, whose cells are texts; one without a text is NULL. */
function resultsOf(most: number): PagedCall {
  return {
    resource: 'arn:aws:states:::athena:getQueryResults',
    arguments: { QueryExecutionId: expression('$query'), MaxResults: most },
    names: '$states.result.ResultSet.Rows[0].Data.VarCharValue',
    first: '$filter($states.result.ResultSet.Rows, function($row, $i) { $i > 0 })',
    further: '$states.result.ResultSet.Rows',
    cell: (position, type) => {
      const text = `$row.Data[${position}].VarCharValue`;
      return `$exists(${text}) ? ${READ[type](text)} : null`;
    },
    error: 'Athena',
  };
}

const READ = {
  string: (text: string) => text,
  integer: (text: string) => `$number(${text})`,
  number: (text: string) => `$number(${text})`,
  boolean: (text: string) => `${text} = 'true'`,
} as const satisfies { readonly [type in ColumnType]: (text: string) => string };

const SAMPLES = { string: 'text', integer: '1', number: '1.5', boolean: 'true' } as const;

/** The answer of GetQueryResults with one row. */
function sampleOf(columns: Columns) {
  const row = (texts: readonly string[]) => ({ Data: texts.map((VarCharValue) => ({ VarCharValue })) });
  const values = Object.values(columns).map((type) => SAMPLES[type]);
  return { ResultSet: { Rows: [row(Object.keys(columns)), row(values)] } };
}
