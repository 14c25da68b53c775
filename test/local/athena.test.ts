import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { interpret } from '../../asl/interpret/interpret.ts';
import type { TaskReply } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { csvLine, parseCsv } from '../../engines/csv.ts';
import { formatDouble } from '../../tasks/athena/engine/format-value.ts';
import { athena } from '../../tasks/index.ts';
import { type Machine, machine, resultOf, writeFiles, writeParquet } from './support.ts';

const sdk = 'arn:aws:states:::aws-sdk:glue:';
let here: Machine;

async function crawl({ call, account }: Machine): Promise<void> {
  await call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'desafio' } });
  await call(`${sdk}createCrawler`, {
    Name: 'c',
    Role: 'r',
    DatabaseName: 'desafio',
    Targets: { S3Targets: [{ Path: 's3://lake/gold/tables/' }] },
  });
  resultOf(await call(`${sdk}startCrawler`, { Name: 'c' }));
  await account.clock.settled();
}

beforeAll(async () => {
  here = await machine();
  const gold = join(here.account.root, 's3/lake/gold/tables');
  await writeParquet(
    join(gold, 'ratings/part-0.parquet'),
    `SELECT * FROM (VALUES ('1', 5, DATE '2005-12-31', 'Alien, "the" first', 1979, 'netflix'), ('2', 4, DATE '2005-12-30', NULL, NULL, 'netflix'), ('3', 3, DATE '2005-12-30', 'Ænima', 2001, 'amazon')) t(movie_id, ranking, date, title, year, source)`,
  );
  await writeParquet(join(gold, 'years/year=1979/p.parquet'), 'SELECT 7 AS n');
  await crawl(here);
}, 300_000);
afterAll(() => here.engines.close());

const start = (sql: string, more: JsonObject = {}): Promise<TaskReply> =>
  here.call('arn:aws:states:::athena:startQueryExecution.sync', {
    QueryString: sql,
    QueryExecutionContext: { Database: 'desafio' },
    ResultConfiguration: { OutputLocation: 's3://lake/consultas/q/' },
    WorkGroup: 'primary',
    ...more,
  });

/** The CSV that a query writes. */
async function csvOf(sql: string, more: JsonObject = {}): Promise<string> {
  const { QueryExecution } = resultOf(await start(sql, more)) as {
    QueryExecution: { ResultConfiguration: { OutputLocation: string } };
  };
  return readFile(here.account.lake.path(QueryExecution.ResultConfiguration.OutputLocation)!, 'utf8');
}

describe('a result', () => {
  test('is a CSV as Athena writes it, named by the execution', async () => {
    const result = resultOf(
      await start('SELECT movie_id, title, year, date FROM "desafio"."ratings" ORDER BY movie_id'),
    ) as { QueryExecution: JsonObject };
    const id = result.QueryExecution.QueryExecutionId as string;
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(result.QueryExecution).toMatchObject({
      Status: { State: 'SUCCEEDED' },
      ResultConfiguration: { OutputLocation: `s3://lake/consultas/q/${id}.csv` },
      WorkGroup: 'primary',
      StatementType: 'DML',
    });
    expect(await readFile(join(here.account.root, `s3/lake/consultas/q/${id}.csv`), 'utf8')).toBe(
      '"movie_id","title","year","date"\n"1","Alien, ""the"" first","1979","2005-12-31"\n"2",,,"2005-12-30"\n"3","Ænima","2001","2005-12-30"\n',
    );
  });

  test.each([
    ['SELECT 5 / 2 AS x', '2'],
    ['SELECT -7 / 2 AS x', '-3'],
    ['SELECT CAST(5 AS double) AS x', '5.0'],
    ['SELECT 1e7 AS x', '1.0E7'],
    ['SELECT CAST(2.5 AS decimal(10,2)) AS x', '2.50'],
    ['SELECT avg(ranking) AS x FROM ratings', '4.0'],
    ['SELECT sum(ranking) AS x FROM ratings', '12'],
    ["SELECT timestamp '2005-12-31 10:00:00' AS x", '2005-12-31 10:00:00.000'],
    ['SELECT true AS x', 'true'],
    ['SELECT ARRAY[1, 2] AS x', '[1, 2]'],
    ["SELECT date_format(date '2005-12-31', '%Y/%m') AS x", '2005/12'],
    ["SELECT date_diff('day', date '2005-12-30', date '2005-12-31') AS x", '1'],
    ["SELECT date_diff('day', timestamp '2005-12-30 23:00:00', timestamp '2005-12-31 22:00:00') AS x", '0'],
    ["SELECT date_diff('month', date '2005-11-30', date '2005-12-29') AS x", '0'],
    ["SELECT date_diff('hour', date '2005-12-31', date '2005-12-30') AS x", '-24'],
    ["SELECT count(*) AS x FROM awsdatacatalog.desafio.ratings WHERE source = 'netflix'", '2'],
    ["SELECT count(*) AS x FROM years WHERE year = '1979'", '1'],
    ['SELECT count(DISTINCT title) AS x FROM RATINGS', '2'],
    ['SELECT title AS x FROM ratings ORDER BY year DESC LIMIT 1', 'Ænima'],
  ])('%s', async (sql, value) => {
    expect(await csvOf(sql)).toBe(`"x"\n"${value}"\n`);
  });

  test('parameters stand for question marks', async () => {
    expect(
      await csvOf('SELECT movie_id FROM ratings WHERE source = ? AND ranking > ?', {
        ExecutionParameters: ["'netflix'", '4'],
      }),
    ).toBe('"movie_id"\n"1"\n');
  });

  test('of no rows has its header', async () => {
    expect(await csvOf('SELECT movie_id FROM ratings WHERE false')).toBe('"movie_id"\n');
  });
});

describe('what goes wrong is said as Athena says it', () => {
  test.each([
    ['SELECT * FROM nowhere', /^TABLE_NOT_FOUND: .*nowhere/],
    ['SELECT nothing FROM ratings', /^COLUMN_NOT_FOUND: .*'nothing'/],
    ['SELECT FROM WHERE', /^SYNTAX_ERROR: line 1:/],
    ['SELECT 1; SELECT 2', /^SYNTAX_ERROR: Only one sql statement/],
    ["SELECT CAST('a' AS integer)", /^INVALID_CAST_ARGUMENT/],
    [
      "SELECT format_datetime(current_timestamp, 'yyyy')",
      /^FUNCTION_NOT_FOUND: The function 'format_datetime' has no translation/,
    ],
    ["SELECT url_extract_host('x')", /'url_extract_host' has no translation/],
    ["SELECT * FROM read_csv('/etc/passwd')", /^FUNCTION_NOT_FOUND/],
    ['CREATE TABLE x AS SELECT 1', /^NOT_SUPPORTED: .*CREATE/],
    ["SELECT * FROM '/etc/passwd'", /./],
    ['SELECT ? AS x', /expected 1 but found 0/],
  ])('%s', async (sql, message) => {
    const reply = (await start(sql, { ResultConfiguration: { OutputLocation: 's3://lake/consultas/bad/' } })) as {
      error: string;
      cause: string;
    };
    expect(reply.error).toBe('States.TaskFailed');
    const cause = JSON.parse(reply.cause) as {
      Status: { State: string; StateChangeReason: string; AthenaError: Json };
    };
    expect(cause.Status.State).toBe('FAILED');
    expect(cause.Status.StateChangeReason).toMatch(message);
    const files = await readdir(join(here.account.root, 's3/lake'), { recursive: true });
    expect(files.filter((file) => file.startsWith('consultas/bad/'))).toEqual([]);
  });

  test('a database that is not there', async () => {
    const reply = (await start('SELECT 1', { QueryExecutionContext: { Database: 'other' } })) as { cause: string };
    expect(reply.cause).toContain("Schema 'other' does not exist");
  });

  test('no place for the result', async () => {
    expect(await start('SELECT 1', { ResultConfiguration: {} })).toMatchObject({
      error: 'Athena.InvalidRequestException',
    });
  });
});

test('many queries at once', async () => {
  const numbers = Array.from({ length: 12 }, (_, i) => i);
  const texts = await Promise.all(
    numbers.map((n) =>
      csvOf(`SELECT ${n} + count(*) AS x FROM ratings`, {
        ResultConfiguration: { OutputLocation: `s3://lake/many/${n}/` },
      }),
    ),
  );
  expect(texts).toEqual(numbers.map((n) => `"x"\n"${n + 3}"\n`));
});

test('a query that nobody waits for any more is interrupted', async () => {
  const stop = new AbortController();
  const query = here.call(
    'arn:aws:states:::athena:startQueryExecution.sync',
    {
      QueryString:
        'WITH n AS (SELECT x FROM UNNEST(sequence(1, 20000)) AS t(x)) SELECT sum(a.x % (b.x + c.x)) AS x FROM n a CROSS JOIN n b CROSS JOIN n c',
      QueryExecutionContext: { Database: 'desafio' },
      ResultConfiguration: { OutputLocation: 's3://lake/long/' },
    },
    { signal: stop.signal },
  );
  setTimeout(() => stop.abort(), 300);
  expect(JSON.parse(((await query) as { cause: string }).cause)).toMatchObject({ Status: { State: 'CANCELLED' } });
});

test('the calls of Athena’s own API', async () => {
  const { QueryExecutionId } = resultOf(
    await here.call('arn:aws:states:::athena:startQueryExecution', {
      QueryString: 'SELECT movie_id, title FROM ratings ORDER BY 1',
      QueryExecutionContext: { Database: 'desafio' },
      ResultConfiguration: { OutputLocation: 's3://lake/api' },
    }),
  ) as { QueryExecutionId: string };
  await here.account.clock.settled();
  expect(resultOf(await here.call('arn:aws:states:::athena:getQueryExecution', { QueryExecutionId }))).toMatchObject({
    QueryExecution: { Status: { State: 'SUCCEEDED' } },
  });
  expect(
    resultOf(await here.call('arn:aws:states:::aws-sdk:athena:getQueryResults', { QueryExecutionId, MaxResults: 3 })),
  ).toEqual({
    ResultSet: {
      Rows: [
        { Data: [{ VarCharValue: 'movie_id' }, { VarCharValue: 'title' }] },
        { Data: [{ VarCharValue: '1' }, { VarCharValue: 'Alien, "the" first' }] },
        { Data: [{ VarCharValue: '2' }, {}] },
      ],
    },
    NextToken: '3',
  });
  const rest = { QueryExecutionId, MaxResults: 3, NextToken: '3' };
  expect(resultOf(await here.call('arn:aws:states:::athena:getQueryResults', rest))).toEqual({
    ResultSet: { Rows: [{ Data: [{ VarCharValue: '3' }, { VarCharValue: 'Ænima' }] }] },
  });
  expect(await here.call('arn:aws:states:::athena:getQueryExecution', { QueryExecutionId: 'x' })).toMatchObject({
    error: 'Athena.InvalidRequestException',
  });
});

test('the states of a query that is asked for its rows read them page by page', async () => {
  const dag = new Dag('rows');
  const { sql, ...place } = {
    sql: 'SELECT CAST(n AS VARCHAR) AS name, n, n / 2.0 AS half, n > 2 AS many FROM (SELECT unnest(sequence(1, 3)) AS n)',
    database: 'desafio',
    results: 's3://lake/consultas/rows/',
  };
  const columns = { name: 'string', n: 'integer', half: 'number', many: 'boolean' } as const;
  dag.task('q', athena.query({ sql, ...place, rows: true, columns, limit: 3 }));
  const definition: unknown = JSON.parse(compileDag(dag).files.get('step_function.json') as string);
  const { States } = definition as { States: { [name: string]: { Arguments?: { MaxResults?: number } } } };
  // Pages of two rows, the names being one.
  for (const state of Object.values(States)) if (state.Arguments?.MaxResults) state.Arguments.MaxResults = 2;
  const done = await interpret(fillPlaceholders(definition as never, { account: '123456789012' }) as never, {
    clock: here.account.clock,
    random: () => 0.5,
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:rows',
    tasks: here.engines,
  });
  expect(done).toMatchObject({
    status: 'SUCCEEDED',
    output: {
      Rows: [
        { name: '1', n: 1, half: 0.5, many: false },
        { name: '2', n: 2, half: 1, many: false },
        { name: '3', n: 3, half: 1.5, many: true },
      ],
    },
  });
});

test('a result of an earlier run gives way, files of others stay', async () => {
  const first = await machine({ run: 'run-1' });
  await writeParquet(join(first.account.root, 's3/lake/gold/tables/t/a.parquet'), 'SELECT 1 AS n');
  await crawl(first);
  const ask = ({ call }: Machine) =>
    call('arn:aws:states:::athena:startQueryExecution.sync', {
      QueryString: 'SELECT n FROM t',
      QueryExecutionContext: { Database: 'desafio' },
      ResultConfiguration: { OutputLocation: 's3://lake/consultas/' },
    });
  const folder = join(first.account.root, 's3/lake/consultas');
  resultOf(await ask(first));
  resultOf(await ask(first));
  await writeFiles(folder, { 'mine.csv': 'mine' });
  expect((await readdir(folder)).length).toBe(3);
  await first.engines.close();

  const second = await machine({ root: first.account.root, run: 'run-2' });
  const { QueryExecution } = resultOf(await ask(second)) as { QueryExecution: { QueryExecutionId: string } };
  expect((await readdir(folder)).sort()).toEqual([`${QueryExecution.QueryExecutionId}.csv`, 'mine.csv'].sort());
  await second.engines.close();
});

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [0.001, '0.001'],
  [0.0001, '1.0E-4'],
  [123456.789, '123456.789'],
  [9999999, '9999999.0'],
  [10000000, '1.0E7'],
  [1.5e-10, '1.5E-10'],
  [1 / 3, '0.3333333333333333'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('the double %d is written %s', (value, text) => {
  expect(formatDouble(value)).toBe(text);
});

test('what is written is read back', () => {
  const rows = [['a', null, 'b "c", d'], [null, '', 'e\nf'], ['x', 'y', null], [null]];
  expect(parseCsv(rows.map(csvLine).join(''))).toEqual(rows);
});
