import type { DuckDBConnection } from '@duckdb/node-api';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { interruptible } from '../../engines/duckdb.ts';
import { type Account, type Action, type Engine, randomUuid, ServiceError } from '../../engines/engine.ts';
import { type Rows, rowsOf } from './engine/cells.ts';
import { load } from './engine/load.ts';
import { refusal, StatementError, statementError } from './engine/statement-error.ts';
import { type Translated, Translator } from './engine/translator.ts';
import { unload } from './engine/unload.ts';
import { Warehouses } from './engine/warehouses.ts';

/** A statement, or several in a transaction, in the fields of DescribeStatement. */
interface Statement {
  readonly id: string;
  readonly file: string;
  readonly sqls: readonly string[];
  readonly isBatch: boolean;
  readonly parameters: Readonly<Record<string, string>>;
  readonly created: number;
  readonly stop: AbortController;
  status: 'STARTED' | 'FINISHED' | 'FAILED' | 'ABORTED';
  /** Of each that has run: its rows, or how many it changed. */
  readonly done: { readonly rows?: Rows; readonly changed: number }[];
  updated: number;
  error?: StatementError;
}

const ERROR = 'RedshiftData.ValidationException';
/** Rows on a page of GetStatementResult. */
const PAGE = 1000;

/**
 * Redshift by its Data API: statements over a database of this machine, translated to DuckDB's SQL and run in this process; COPY and UNLOAD
 * read and write the lake.
 * @see https://docs.aws.amazon.com/redshift-data/latest/APIReference/Welcome.html
 */
export function engine(account: Account): Engine {
  const statements = new Map<string, Statement>();
  const warehouses = new Warehouses(account);
  let translator: Promise<Translator> | undefined;
  const translated = async ({ sqls, parameters }: Statement): Promise<Translated[]> => {
    translator ??= account.python().then((python) => new Translator(python, account.env));
    const answers: Translated[] = [];
    for (const sql of sqls) {
      const answer = await (await translator).translate(sql, parameters);
      if ('error' in answer) throw refusal(answer);
      answers.push(answer);
    }
    return answers;
  };

  const run = async (statement: Statement, made: readonly Translated[], call: TaskCall): Promise<void> => {
    const { signal } = statement.stop;
    try {
      await warehouses.during(statement.file, (db) =>
        interruptible(db, signal, () =>
          inTransaction(db, statement.isBatch, async () => {
            for (const one of made) {
              if (signal.aborted) throw new StatementError('Query was cancelled');
              statement.done.push(await doneBy(db, account, one));
            }
          }),
        ),
      );
      statement.status = 'FINISHED';
    } catch (error) {
      statement.status = signal.aborted ? 'ABORTED' : 'FAILED';
      statement.error = statementError(error);
      if (!signal.aborted) tell(account, statement, call);
    }
    statement.updated = account.clock.now();
  };

  const begin =
    (isBatch: boolean): Action =>
    async (fields, call) => {
      const args = new Arguments(fields, ERROR);
      const statement = submitted(account, warehouses, args, isBatch);
      // What does not parse fails as a statement, and what its parameters do not fit is refused at once.
      const made = await translated(statement).catch((error: unknown) => {
        if (!(error instanceof StatementError)) throw error;
        Object.assign(statement, { status: 'FAILED', error, updated: account.clock.now() });
        tell(account, statement, call);
        return undefined;
      });
      if (made !== undefined) {
        const used = new Set(made.flatMap((one) => one.used));
        const unused = Object.keys(statement.parameters).filter((name) => !used.has(name));
        if (unused.length > 0)
          throw new ServiceError(
            ERROR,
            `Parameters list contains unused parameters. Unused parameters: [${unused.join(', ')}]`,
          );
        void account.clock.during(() => run(statement, made, call));
      }
      // One that is refused has never been.
      statements.set(statement.id, statement);
      return { Id: statement.id, CreatedAt: iso(statement.created), Database: args.string('Database') };
    };

  const find = (fields: JsonObject): { readonly statement: Statement; readonly nth?: number } => {
    const id = new Arguments(fields, ERROR).string('Id');
    const [whole = '', nth] = id.split(':');
    const statement = statements.get(whole);
    if (statement === undefined || (nth !== undefined && !(Number(nth) >= 1 && Number(nth) <= statement.sqls.length)))
      throw new ServiceError('RedshiftData.ResourceNotFoundException', `Query does not exist.`);
    return { statement, ...(nth !== undefined && { nth: Number(nth) }) };
  };

  const getStatementResult: Action = (fields) => {
    const { statement, nth } = find(fields);
    const { rows } = statement.done.at((nth ?? statement.done.length) - 1) ?? {};
    if (statement.isBatch && nth === undefined)
      throw new ServiceError(ERROR, 'Batch statements have a result each: add its number to the id, `<id>:2`.');
    if (statement.status !== 'FINISHED' || rows === undefined)
      throw new ServiceError(
        'RedshiftData.ResourceNotFoundException',
        'Query does not have result. Please check query status with DescribeStatement.',
      );
    const args = new Arguments(fields, ERROR);
    const from = args.has('NextToken') ? Number(args.string('NextToken')) : 0;
    if (!Number.isInteger(from)) throw new ServiceError(ERROR, 'The NextToken is not one of this result.');
    const { columns, records } = rows;
    return {
      ColumnMetadata: [...columns],
      Records: records.slice(from, from + PAGE).map((record) => [...record]),
      TotalNumRows: records.length,
      ...(records.length > from + PAGE && { NextToken: `${from + PAGE}` }),
    };
  };

  const cancelStatement: Action = (fields) => {
    const { statement } = find(fields);
    if (statement.status !== 'STARTED')
      throw new ServiceError(
        ERROR,
        `Could not cancel a query that is already in ${statement.status} state with ID: ${statement.id}`,
      );
    statement.stop.abort();
    return { Status: true };
  };

  return {
    actions: {},
    sdkActions: {
      executeStatement: begin(false),
      batchExecuteStatement: begin(true),
      describeStatement: (fields) => describe(find(fields)),
      getStatementResult,
      cancelStatement,
    },
    close: async () => (await translator?.catch(() => undefined))?.close(),
  };
}

function submitted(account: Account, warehouses: Warehouses, args: Arguments, isBatch: boolean): Statement {
  const place = ['WorkgroupName', 'ClusterIdentifier'].find((name) => args.has(name));
  if (place === undefined)
    throw new ServiceError(ERROR, 'Either ClusterIdentifier or WorkgroupName must be given, or a secret that has it.');
  const parameters = args.list('Parameters').map((one) => [one.string('Name'), one.string('Value')] as const);
  return {
    id: randomUuid(account.random),
    file: warehouses.file(args.string(place), args.string('Database')),
    sqls: isBatch ? args.strings('Sqls') : [args.string('Sql')],
    isBatch,
    parameters: Object.fromEntries(parameters),
    created: account.clock.now(),
    stop: new AbortController(),
    status: 'STARTED',
    done: [],
    updated: account.clock.now(),
  };
}

async function inTransaction(db: DuckDBConnection, isBatch: boolean, work: () => Promise<void>): Promise<void> {
  if (!isBatch) return work();
  await db.run('BEGIN TRANSACTION');
  try {
    await work();
    await db.run('COMMIT');
  } catch (error) {
    await db.run('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function doneBy(db: DuckDBConnection, { lake }: Account, made: Translated): Promise<Statement['done'][number]> {
  if (made.kind === 'nothing') return { changed: 0 };
  if (made.kind === 'copy') return { changed: await load(db, lake, made) };
  if (made.kind === 'unload') return { changed: await unload(db, lake, made) };
  for (const sql of made.before) await db.run(sql);
  if (made.kind !== 'rows') return { changed: (await db.run(made.sql)).rowsChanged };
  const rows = rowsOf(await db.runAndReadAll(made.sql));
  return { rows, changed: rows.records.length };
}

function describe({ statement, nth }: { readonly statement: Statement; readonly nth?: number }): Json {
  const { id, sqls, isBatch, status, done, created, updated, error } = statement;
  const at = nth === undefined ? undefined : nth - 1;
  const last = done.at(at ?? -1);
  return {
    Id: at === undefined ? id : `${id}:${nth}`,
    Status: status,
    ...(error !== undefined && { Error: error.message }),
    HasResultSet: last?.rows !== undefined,
    ResultRows: last?.changed ?? -1,
    CreatedAt: iso(created),
    UpdatedAt: iso(updated),
    Duration: (updated - created) * 1_000_000,
    ...(isBatch && at === undefined
      ? { SubStatements: sqls.map((_, i) => describe({ statement: { ...statement, isBatch: false }, nth: i + 1 })) }
      : { QueryString: sqls[at ?? 0]! }),
  };
}

function tell(account: Account, { error }: Statement, { state, attempt }: TaskCall): void {
  account.onNote({ kind: 'failure', state, attempt, title: 'the statement failed', lines: [error!.message] });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
