import type { ResultMember, ResultShape } from '../asl/services/sdk-results.ts';
import { expression, type FragmentState, mapOf, oneOf, type Shape } from '../authoring/internal.ts';
import type { Conflict } from './checked.ts';

/** The types of a column that a DAG can work with: dates, and decimals that must be exact, are strings. */
export type ColumnType = 'string' | 'integer' | 'number' | 'boolean';
export type Columns = { readonly [name: string]: ColumnType };

/** A row, by its columns. */
export type Typed<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends 'string' ? string : C[K] extends 'boolean' ? boolean : number;
};

const TYPES = ['string', 'integer', 'number', 'boolean'] as const satisfies readonly ColumnType[];

/** The check of `columns`. */
export const aColumns = mapOf(
  oneOf(TYPES),
  "an object by the columns' names, `{ country: 'string', total: 'number' }`",
);

/** What a question asks for its rows. */
export interface Asked {
  readonly rows?: boolean;
  readonly columns?: Columns;
  readonly limit?: number;
}

/** What of it does not go together. */
export function rowsConflicts({ rows = false, columns, limit }: Asked): Conflict[] {
  if (rows && Object.keys(columns ?? {}).length === 0)
    return [
      {
        detail: 'rows is true, and columns does not say which they have',
        instead: "Write `columns: { total: 'number' }`, in the order of the SELECT.",
      },
    ];
  const unread = [columns && 'columns', limit !== undefined && 'limit'].filter((one) => typeof one === 'string');
  if (!rows && unread.length > 0)
    return [
      { detail: `${unread.join(' and ')} without \`rows: true\``, instead: 'Write `rows: true`, or leave them out.' },
    ];
  const large = Object.keys(columns ?? {}).find((name) => name !== name.toLowerCase());
  return large === undefined
    ? []
    : [
        {
          detail: `the column ${large} has large letters, and SQL’s names are answered in small ones`,
          instead: `Write \`${large.toLowerCase()}\`.`,
        },
      ];
}

/** A service's call that answers rows page by page. */
export interface PagedCall {
  readonly resource: string;
  /** The arguments of every page, without the token. */
  readonly arguments: object;
  /** JSONata over `$states.result`: the names of the columns, and the rows of the first page and of a further one. */
  readonly names: string;
  readonly first: string;
  readonly further: string;
  /** The cell of a row `$row` as a value of the type, null where there is none. */
  cell(position: number, type: ColumnType): string;
  /** What errors begin with: `Athena`. */
  readonly error: string;
}

/** The variables that the states of `pageStates` assign. */
export const PAGE_VARIABLES = ['names', 'rows', 'page'] as const;

/**
 * The states that read rows into the variable `rows`, from `rows` on; they end at `done`, which is the caller's.
 * @param answer what the task answers
 */
export function pageStates(
  call: PagedCall,
  columns: Columns,
  { limit, answer }: { readonly limit: number; readonly answer: object },
): { readonly [step: string]: FragmentState } {
  const names = Object.keys(columns);
  const cells = Object.entries(columns).map(([name, type], i) => `'${name}': ${call.cell(i, type)}`);
  const rowsOf = (all: string) => `[$map(${all}, function($row) { {${cells.join(', ')}} })]`;
  const page = expression("$exists($states.result.NextToken) ? $states.result.NextToken : ''");
  return {
    rows: {
      Type: 'Task',
      Resource: call.resource,
      Arguments: call.arguments,
      Assign: { names: expression(`[${call.names}]`), rows: expression(rowsOf(call.first)), page },
      Next: 'more?',
    },
    'more?': {
      Type: 'Choice',
      Choices: [
        {
          Condition: expression(`$not($names = [${names.map((name) => `'${name}'`).join(', ')}])`),
          Next: 'other columns',
        },
        { Condition: expression(`$count($rows) > ${limit}`), Next: 'too many' },
        { Condition: expression("$page != ''"), Next: 'further rows' },
      ],
      Default: 'answer',
    },
    answer: { Type: 'Pass', Output: answer, Next: 'done' },
    'further rows': {
      Type: 'Task',
      Resource: call.resource,
      Arguments: { ...call.arguments, NextToken: expression('$page') },
      Assign: { rows: expression(`$append($rows, ${rowsOf(call.further)})`), page },
      Next: 'more?',
    },
    'other columns': {
      Type: 'Fail',
      Error: `${call.error}.ColumnsDiffer`,
      Cause: expression(`'The answer has the columns ' & $join($names, ', ') & ', and not ${names.join(', ')}.'`),
    },
    'too many': {
      Type: 'Fail',
      Error: `${call.error}.TooManyRows`,
      Cause: `The answer has more than ${limit} rows. What is large is written to S3 and read there.`,
    },
  };
}

/** What is known of an output with rows. @param own its other fields, which are texts */
export function rowsShape(columns: Columns, own: readonly string[]): Shape {
  const structure = (members: readonly (readonly [string, ResultShape])[]): ResultShape => ({
    kind: 'structure',
    members: new Map(
      members.map(([name, shape]): [string, ResultMember] => [name, { required: true, shape: () => shape }]),
    ),
  });
  const row = structure(Object.entries(columns).map(([name, kind]) => [name, { kind }] as const));
  return () =>
    structure([...own.map((name) => [name, { kind: 'string' }] as const), ['Rows', { kind: 'list', of: () => row }]]);
}
