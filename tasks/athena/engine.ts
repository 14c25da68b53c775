import { readFile } from 'node:fs/promises';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { parseCsv } from '../../engines/csv.ts';
import { CATALOG, identifier, interruptible } from '../../engines/duckdb.ts';
import { type Account, type Action, type Engine, randomUuid, ServiceError, taskFailed } from '../../engines/engine.ts';
import { datasetOfFile } from '../../engines/lineage/datasets.ts';
import { databasesOf } from '../glue/engine.ts';
import { mayFetch, mayLookUp, mayRead, mayWrite, ofBucket } from './engine/access.ts';
import { type Named, tablesRead } from './engine/lineage.ts';
import { engineError, QueryError, translationError } from './engine/query-error.ts';
import { Results } from './engine/results.ts';
import { mayBeRead } from './engine/snapshot.ts';
import { Translator } from './engine/translator.ts';
import { Views } from './engine/views.ts';

/** A query execution, in the fields of Athena's GetQueryExecution. */
export interface Execution {
  readonly id: string;
  readonly sql: string;
  readonly database: string;
  readonly workGroup: string;
  readonly parameters: readonly string[];
  /** The folder's URI with a slash at its end, and the result's. */
  readonly folder: string;
  readonly location: string;
  readonly file: string;
  readonly submitted: number;
  /** Aborted when somebody stops it. */
  readonly stop: AbortController;
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  completed?: number;
  error?: QueryError;
}

const ERROR = 'Athena.InvalidRequestException';

/**
 * Athena: queries over the tables of the local catalog, translated to DuckDB's SQL and run in this process.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html
 */
export function engine(account: Account): Engine {
  const executions = new Map<string, Execution>();
  const results = new Results(account.root, account.run.id);
  const views = new Views((uri) => account.lake.path(uri));
  let translator: Promise<Translator> | undefined;
  const translate = async (
    execution: Execution,
    call: TaskCall,
  ): Promise<{ sql: string; tables?: readonly Named[] }> => {
    translator ??= account.python().then((python) => new Translator(python, account.env));
    const { sql: query, parameters } = execution;
    const answer = await (await translator).translate(query, parameters, {
      tables: account.lineage?.(call) !== undefined,
    });
    if ('error' in answer) throw translationError(answer);
    return answer;
  };

  /** Runs the query to its end, or until it is stopped or nobody waits for it; how it went stands in the execution. */
  const run = async (execution: Execution, call: TaskCall, waited?: AbortSignal): Promise<void> => {
    const { signal: stopped } = execution.stop;
    const signal = waited === undefined ? stopped : AbortSignal.any([waited, stopped]);
    const db = await account.duck.connect();
    const write = async () => {
      const databases = await databasesOf(account);
      mayLookUp(account, execution, call);
      if (databases[execution.database] === undefined)
        throw new QueryError('SCHEMA_NOT_FOUND', `Schema '${execution.database}' does not exist`);
      account.lineage?.(call)?.asks(call, execution.sql, 'athena');
      const { sql, tables = [] } = await translate(execution, call);
      account.lineage?.(call)?.reads(call, tablesRead(tables, databases, execution.database));
      await mayRead(account, databases[execution.database]!, execution, call);
      mayBeRead(databases[execution.database]!, execution.sql);
      await views.refresh(databases, db);
      await db.run(`USE ${identifier(CATALOG)}.${identifier(execution.database)}`);
      mayWrite(account, execution, call);
      await results.write(db, sql, execution.file);
      await results.replace(execution.folder, execution.file);
      account.lineage?.(call)?.wrote(call, [datasetOfFile(execution.location)]);
    };
    try {
      await interruptible(db, signal, write);
      execution.state = 'SUCCEEDED';
    } catch (error) {
      execution.state = signal.aborted ? 'CANCELLED' : 'FAILED';
      execution.error = error instanceof QueryError ? error : engineError(error as Error);
    } finally {
      db.closeSync();
      execution.completed = account.clock.now();
    }
  };
  const start = (fields: JsonObject, call: TaskCall): Execution => {
    const execution = submitted(account, new Arguments(fields, ERROR));
    const denied = ofBucket(account, execution, call);
    if (denied !== undefined) throw new ServiceError(ERROR, denied);
    executions.set(execution.id, execution);
    return execution;
  };
  const find = (fields: JsonObject): Execution => {
    const id = new Arguments(fields, ERROR).string('QueryExecutionId');
    const execution = executions.get(id);
    if (execution === undefined) throw new ServiceError(ERROR, `QueryExecution ${id} was not found`);
    return execution;
  };

  const sync = async (fields: JsonObject, call: TaskCall): Promise<Json> => {
    const execution = start(fields, call);
    call.submitted({ QueryExecutionId: execution.id });
    await run(execution, call, call.signal);
    if (execution.state === 'FAILED')
      account.onNote({
        kind: 'failure',
        state: call.state,
        attempt: call.attempt,
        title: 'the query failed',
        lines: [execution.error!.message],
      });
    if (execution.state !== 'SUCCEEDED') throw taskFailed(describe(execution, Number));
    account.onNote({ kind: 'answer', state: call.state, file: execution.file, sql: execution.sql });
    return { QueryExecution: describe(execution, Number) };
  };
  const begin: Action = (fields, call) => {
    const execution = start(fields, call);
    void account.clock.during(() => run(execution, call));
    return { QueryExecutionId: execution.id };
  };
  const getQueryResults: Action = async (fields, call) => {
    const execution = find(fields);
    const denied = mayFetch(account, execution, call);
    if (denied !== undefined) throw new ServiceError(ERROR, denied);
    if (execution.state !== 'SUCCEEDED')
      throw new ServiceError(ERROR, `Query has not yet finished. Current state: ${execution.state}`);
    const args = new Arguments(fields, ERROR);
    const token = args.has('NextToken') ? args.string('NextToken') : '0';
    if (!/^\d+$/.test(token)) throw new ServiceError(ERROR, `Malformed pagination token: ${token}`);
    const from = Number(token);
    const to = from + args.number('MaxResults', 1000);
    const rows = parseCsv(await readFile(execution.file, 'utf8'));
    return {
      ResultSet: {
        Rows: rows
          .slice(from, to)
          .map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) })),
      },
      ...(rows.length > to && { NextToken: `${to}` }),
    };
  };
  /** Stopping a query that has ended is no error. */
  const stopQueryExecution: Action = (fields) => {
    find(fields).stop.abort();
    return {};
  };
  const shared = { startQueryExecution: begin, stopQueryExecution, getQueryResults };
  return {
    actions: {
      ...shared,
      'startQueryExecution.sync': sync,
      getQueryExecution: (fields) => ({ QueryExecution: describe(find(fields), Number) }),
    },
    sdkActions: {
      ...shared,
      getQueryExecution: (fields) => ({ QueryExecution: describe(find(fields), (ms) => new Date(ms).toISOString()) }),
    },
    close: async () => (await translator?.catch(() => undefined))?.close(),
  };
}

function submitted(account: Account, args: Arguments): Execution {
  const context = args.object('QueryExecutionContext');
  const configuration = args.object('ResultConfiguration');
  if (!configuration.has('OutputLocation')) {
    throw new ServiceError(
      ERROR,
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  const folder = configuration.string('OutputLocation').replace(/\/*$/, '/');
  const id = randomUuid(account.random);
  const file = account.lake.path(`${folder}${id}.csv`);
  if (file === undefined) throw new ServiceError(ERROR, 'outputLocation is not a valid S3 path.');
  return {
    id,
    sql: args.string('QueryString'),
    database: (context.has('Database') ? context.string('Database') : 'default').toLowerCase(),
    workGroup: args.has('WorkGroup') ? args.string('WorkGroup') : 'primary',
    parameters: args.has('ExecutionParameters') ? args.strings('ExecutionParameters') : [],
    folder,
    location: `${folder}${id}.csv`,
    file,
    submitted: account.clock.now(),
    stop: new AbortController(),
    state: 'RUNNING',
  };
}

function describe(execution: Execution, time: (ms: number) => Json): Json {
  const { completed, error } = execution;
  return {
    QueryExecutionId: execution.id,
    Query: execution.sql,
    StatementType: 'DML',
    ResultConfiguration: { OutputLocation: execution.location },
    QueryExecutionContext: { Database: execution.database, Catalog: CATALOG },
    WorkGroup: execution.workGroup,
    ...(execution.parameters.length > 0 && { ExecutionParameters: [...execution.parameters] }),
    Status: {
      State: execution.state,
      SubmissionDateTime: time(execution.submitted),
      ...(completed !== undefined && { CompletionDateTime: time(completed) }),
      ...(error !== undefined && {
        StateChangeReason: error.message,
        AthenaError: { ErrorCategory: 2, ErrorType: 1000, Retryable: false, ErrorMessage: error.message },
      }),
    },
    Statistics: { ...(completed !== undefined && { TotalExecutionTimeInMillis: completed - execution.submitted }) },
  };
}
