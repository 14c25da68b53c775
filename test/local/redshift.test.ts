import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { interpret } from '../../asl/interpret/interpret.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { redshift } from '../../tasks/index.ts';
import { type Machine, machine, resultOf, writeFiles, writeParquet } from './support.ts';

let here: Machine;
let lake: string;
beforeAll(async () => {
  here = await machine();
  lake = join(here.account.root, 's3/lake');
}, 300_000);
afterAll(() => here.engines.close());

const data = (action: string, args: JsonObject, more = {}) =>
  here.call(`arn:aws:states:::aws-sdk:redshiftdata:${action}`, args, more);
const AT = { WorkgroupName: 'analytics', Database: 'dw' };

interface Described {
  readonly Id: string;
  readonly Status: string;
  readonly Error?: string;
  readonly ResultRows: number;
  readonly HasResultSet: boolean;
  readonly SubStatements?: readonly Described[];
}

async function ended(reply: ReturnType<typeof data>): Promise<Described> {
  const { Id } = resultOf(await reply) as { Id: string };
  await here.account.clock.settled();
  return resultOf(await data('describeStatement', { Id })) as unknown as Described;
}

/** Runs a statement to its end; several as one transaction. */
function run(sql: string | readonly string[], more: JsonObject = {}): Promise<Described> {
  return ended(
    typeof sql === 'string'
      ? data('executeStatement', { ...AT, Sql: sql, ...more })
      : data('batchExecuteStatement', { ...AT, Sqls: [...sql], ...more }),
  );
}

async function finished(sql: string | readonly string[], more: JsonObject = {}): Promise<Described> {
  const said = await run(sql, more);
  expect([said.Status, said.Error]).toEqual(['FINISHED', undefined]);
  return said;
}

const failure = async (sql: string | readonly string[], more: JsonObject = {}) => (await run(sql, more)).Error;

/** The rows of a query, each cell as the text or number that it holds. */
async function rows(sql: string, more: JsonObject = {}): Promise<Json[][]> {
  const { Id } = await finished(sql, more);
  const { Records } = resultOf(await data('getStatementResult', { Id })) as { Records: JsonObject[][] };
  return Records.map((row) => row.map((cell) => (cell.IsNull === true ? null : Object.values(cell)[0]!)));
}

describe('statements', () => {
  test('tables as Redshift declares them stand from one statement to the next', async () => {
    const made = `CREATE TABLE IF NOT EXISTS sales (
      id bigint NOT NULL DISTKEY ENCODE az64, shop varchar(max) PRIMARY KEY, day date SORTKEY, price numeric(10,2), at timestamp DEFAULT sysdate
    ) DISTSTYLE KEY`;
    expect(await finished(made)).toMatchObject({ HasResultSet: false });
    const values = "(1, 'a', '2026-01-01', 1.5), (2, 'b', '2026-01-02', 2), (2, 'b', '2026-01-02', NULL)";
    expect(await finished(`INSERT INTO Sales (id, shop, day, price) VALUES ${values}`)).toMatchObject({
      ResultRows: 3,
    });
    expect(
      await rows('SELECT id, Shop, day, price, id > 1 AS late, 7 / 2 AS half FROM "SALES" ORDER BY id, price'),
    ).toEqual([
      [1, 'a', '2026-01-01', '1.50', false, 3],
      [2, 'b', '2026-01-02', '2.00', true, 3],
      [2, 'b', '2026-01-02', null, true, 3],
    ]);
  });

  test('what it answers bears the names and the types of Redshift', async () => {
    const { Id } = await finished('SELECT count(*) AS Sold, avg(price) AS "Mean", getdate()::date AS d FROM sales');
    const { ColumnMetadata, TotalNumRows } = resultOf(await data('getStatementResult', { Id })) as JsonObject;
    expect((ColumnMetadata as JsonObject[]).map(({ Name, TypeName }) => [Name, TypeName])).toEqual([
      ['sold', 'int8'],
      ['mean', 'float8'],
      ['d', 'date'],
    ]);
    expect(TotalNumRows).toBe(1);
  });

  test('have parameters, which are texts without a type', async () => {
    const Parameters = [{ Name: 'day', Value: '2026-01-02' }];
    expect(await rows('SELECT count(*) FROM sales WHERE day = :day AND :day::date = day', { Parameters })).toEqual([
      [2],
    ]);
    expect(await data('executeStatement', { ...AT, Sql: 'SELECT 1', Parameters })).toEqual({
      error: 'RedshiftData.ValidationException',
      cause: 'Parameters list contains unused parameters. Unused parameters: [day]',
    });
    expect(await failure('SELECT :shop')).toBe('ERROR: syntax error at or near ":shop"');
  });

  test('functions answer as Redshift’s do where DuckDB’s of the same name do not, and name their columns', async () => {
    await finished([
      'CREATE TABLE points (id int, who varchar(10), n int, f float)',
      "INSERT INTO points VALUES (1, 'b', 1, 1), (2, 'a', 2, 2), (3, 'b', NULL, NULL)",
    ]);
    const sql = `SELECT avg(n), avg(f) AS mean, avg(DISTINCT n) AS d, listagg(DISTINCT who, '-') AS whose, concat(who, NULL) AS none,
      count(*), sum(n)::varchar FROM points GROUP BY who ORDER BY who DESC`;
    expect(await rows(sql)).toEqual([
      [1, 1, 1, 'b', null, 2, '1'],
      [2, 2, 2, 'a', null, 1, '2'],
    ]);
    expect(await rows('SELECT avg(n) OVER () AS m, avg(n) AS x FROM points GROUP BY n ORDER BY n')).toContainEqual([
      1, 1,
    ]);
    expect(await rows('SELECT avg(n), count(DISTINCT who) FROM points')).toEqual([[1, 2]]);
    expect(await rows("SELECT listagg(DISTINCT who, '-') WITHIN GROUP (ORDER BY who) FROM points")).toEqual([['a-b']]);
    const { Id } = await finished('SELECT count(*), max(n), id::varchar FROM points GROUP BY id');
    const { ColumnMetadata } = resultOf(await data('getStatementResult', { Id })) as { ColumnMetadata: JsonObject[] };
    expect(ColumnMetadata.map(({ Name }) => Name)).toEqual(['count', 'max', 'id']);
  });

  test('several are one transaction, of which each has its answer', async () => {
    const said = await finished([
      "DELETE FROM sales WHERE day = '2026-01-01'",
      'CREATE TEMP TABLE staged (LIKE sales)',
      "INSERT INTO staged (id, shop, day) VALUES (2, 'c', '2026-01-03'), (3, 'd', '2026-01-03')",
      `MERGE INTO sales USING staged ON sales.id = staged.id
       WHEN MATCHED THEN UPDATE SET shop = staged.shop WHEN NOT MATCHED THEN INSERT VALUES (staged.id, staged.shop, staged.day, 9, NULL)`,
      'SELECT id, shop FROM sales ORDER BY id, shop',
    ]);
    expect(said.SubStatements!.map(({ Id, ResultRows }) => [Id, ResultRows])).toEqual(
      [1, 0, 2, 3, 3].map((changed, i) => [`${said.Id}:${i + 1}`, changed]),
    );
    const answer = resultOf(await data('getStatementResult', { Id: `${said.Id}:5` })) as { Records: Json[][] };
    expect(answer.Records.map(([, shop]) => shop)).toEqual([
      { StringValue: 'c' },
      { StringValue: 'c' },
      { StringValue: 'd' },
    ]);

    expect(await failure(['DELETE FROM sales', 'SELECT * FROM nowhere'])).toBe(
      'ERROR: relation "nowhere" does not exist',
    );
    expect(await rows('SELECT count(*) FROM sales')).toEqual([[3]]);
  });

  test('of a workgroup and of a cluster, of one database and another: each has its own tables', async () => {
    for (const place of [
      { WorkgroupName: 'analytics', Database: 'other' },
      { ClusterIdentifier: 'dc2', Database: 'dw' },
    ])
      expect(await failure('SELECT * FROM sales', { WorkgroupName: null, ...place })).toBe(
        'ERROR: relation "sales" does not exist',
      );
  });

  test('that concern how a warehouse keeps its tables do nothing', async () => {
    for (const sql of ['VACUUM FULL sales', 'ANALYZE', 'GRANT SELECT ON sales TO PUBLIC', "SET query_group TO 'etl'"])
      await finished(sql);
  });

  test.each([
    ['SELECT shops FROM sales', 'column "shops" does not exist'],
    ['SELECT * FROM sales.orders', 'schema "sales" does not exist'],
    ['CREATE TABLE sales (id int)', 'Relation "sales" already exists'],
    ['INSERT INTO sales (id, shop) VALUES (NULL, NULL)', 'Cannot insert a NULL value into column id'],
    ["INSERT INTO sales (id, shop) VALUES ('x', 'y')", "Could not convert string 'x' to INT64"],
    ['SELECT 1; SELECT 2', 'cannot insert multiple commands into a prepared statement'],
    ['SELEC 1', 'Invalid expression / Unexpected token at line 1'],
    ['CALL refresh()', 'CALL is Redshift’s own, and does not run on this machine.'],
    ["CREATE EXTERNAL SCHEMA s FROM DATA CATALOG DATABASE 'd' IAM_ROLE default", 'CREATE EXTERNAL is Redshift’s own'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'function read_csv does not exist'],
  ])('%s fails and says why', async (sql, why) => {
    expect(await failure(sql)).toContain(`ERROR: ${why}`);
  });

  test('that nobody has begun, or has no rows, is refused', async () => {
    expect(await data('describeStatement', { Id: 'x' })).toMatchObject({
      error: 'RedshiftData.ResourceNotFoundException',
    });
    const { Id } = await finished('CREATE TABLE once (id int)');
    expect(await data('getStatementResult', { Id })).toMatchObject({ error: 'RedshiftData.ResourceNotFoundException' });
    expect(await data('cancelStatement', { Id })).toMatchObject({ error: 'RedshiftData.ValidationException' });
    expect(await data('executeStatement', { Database: 'dw', Sql: 'SELECT 1' })).toMatchObject({
      error: 'RedshiftData.ValidationException',
    });
  });

  test('one that is cancelled ends as aborted', async () => {
    const endless =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT max(i) FROM n';
    const { Id } = resultOf(await data('executeStatement', { ...AT, Sql: endless })) as { Id: string };
    expect(resultOf(await data('cancelStatement', { Id }))).toEqual({ Status: true });
    await here.account.clock.settled();
    expect(resultOf(await data('describeStatement', { Id }))).toMatchObject({ Status: 'ABORTED' });
  });

  test('a long answer comes page by page', async () => {
    const { Id } = await finished(
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) SELECT i FROM n',
    );
    const first = resultOf(await data('getStatementResult', { Id })) as { Records: Json[]; NextToken: string };
    const rest = resultOf(await data('getStatementResult', { Id, NextToken: first.NextToken })) as JsonObject;
    expect([first.Records.length, (rest.Records as Json[]).length, rest.NextToken]).toEqual([1000, 500, undefined]);
  });
});

describe('COPY', () => {
  test('Parquet, by the order of the columns, of every file that begins so', async () => {
    for (const day of [1, 2])
      await writeParquet(join(lake, `silver/orders/part-${day}.parquet`), `SELECT ${day} AS number, 'x' AS what`);
    await writeFiles(lake, { 'silver/orders/_SUCCESS': '', 'silver/orders_old/part-0.parquet': 'no Parquet' });
    await finished('CREATE TABLE orders (id int, name varchar(10))');
    const copy = "COPY orders FROM 's3://lake/silver/orders/' IAM_ROLE default FORMAT AS PARQUET";
    expect(await finished(copy)).toMatchObject({ ResultRows: 2 });
    expect(await rows('SELECT id, name FROM orders ORDER BY id')).toEqual([
      [1, 'x'],
      [2, 'x'],
    ]);
    expect(await failure("COPY orders (id) FROM 's3://lake/silver/orders/' IAM_ROLE default FORMAT PARQUET")).toBe(
      'ERROR: Unmatched number of columns between table and file. Table columns: 1, Data columns: 2',
    );
  });

  test('CSV, text and JSON, with what stands for nothing', async () => {
    await writeFiles(lake, {
      'in/a.csv': 'id;name\n1;"a;b"\n2;\n;NULL\n',
      'in/b.txt': '1|"a"\n2|\\N\n',
      'in/c.json': '{"name": "json", "id": 7, "more": [1]}\n{"id": 8}\n',
    });
    await finished('CREATE TABLE people (id int, name varchar(10))');
    const from = async (options: string) => {
      await finished(['TRUNCATE people', `COPY people FROM 's3://lake/in/${options}`]);
      return rows('SELECT id, name FROM people ORDER BY id NULLS LAST');
    };
    expect(await from("a.csv' IAM_ROLE default CSV DELIMITER ';' IGNOREHEADER 1 NULL AS 'NULL'")).toEqual([
      [1, 'a;b'],
      [2, ''],
      [null, null],
    ]);
    expect(
      await from("a.csv' IAM_ROLE default CSV DELIMITER ';' IGNOREHEADER 1 NULL 'NULL' EMPTYASNULL"),
    ).toContainEqual([2, null]);
    expect(await from("b.txt' IAM_ROLE 'arn:aws:iam::123456789012:role/r' REGION 'us-east-1'")).toEqual([
      [1, '"a"'],
      [2, null],
    ]);
    expect(await from("c.json' IAM_ROLE default JSON 'auto'")).toEqual([
      [7, 'json'],
      [8, null],
    ]);
  });

  test('numbers rows where the table does', async () => {
    await finished('CREATE TABLE IF NOT EXISTS numbered (n bigint IDENTITY(0, 10), id int, name varchar(10))');
    await finished("COPY numbered FROM 's3://lake/in/b.txt' IAM_ROLE default");
    await finished("INSERT INTO numbered (id, name) VALUES (7, 'more')");
    expect(await rows('SELECT n, id FROM numbered ORDER BY n')).toEqual([
      [0, 1],
      [10, 2],
      [20, 7],
    ]);
    await finished([
      'TRUNCATE numbered',
      "COPY numbered FROM 's3://lake/in/c.json' IAM_ROLE default JSON 'auto' EXPLICIT_IDS",
    ]);
    expect(await rows('SELECT n FROM numbered')).toEqual([[null], [null]]);
  });

  test.each([
    ["COPY people FROM 's3://lake/none/' IAM_ROLE default CSV", "The specified S3 prefix 'none/' does not exist"],
    ["COPY nowhere FROM 's3://lake/in/a.csv' IAM_ROLE default CSV", 'relation "nowhere" does not exist'],
    [
      "COPY people FROM 's3://lake/in/a.csv' IAM_ROLE default CSV",
      "Load into table 'people' failed. Check 'sys_load_error_detail'",
    ],
    ["COPY people FROM 's3://lake/in/' IAM_ROLE default AVRO 'auto'", 'the format AVRO is Redshift’s own'],
    ["COPY people FROM 's3://lake/in/a.csv' IAM_ROLE default CSV MANIFEST", 'the option MANIFEST is Redshift’s own'],
    ["COPY people FROM 'in/a.csv' IAM_ROLE default CSV", 'in/a.csv is no address in S3'],
    ['COPY people FROM s3', 'syntax error at or near "s3"'],
  ])('%s fails and says why', async (sql, why) => {
    expect(await failure(sql)).toContain(`ERROR: ${why}`);
  });
});

describe('UNLOAD', () => {
  const below = async (folder: string) =>
    (await readdir(join(lake, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();

  test('Parquet and text, under the names that Redshift gives', async () => {
    const orders = "UNLOAD ('SELECT id, name FROM orders WHERE name = ''x'' ORDER BY id') TO 's3://lake/out/";
    expect(await finished(`${orders}parquet/' IAM_ROLE default FORMAT PARQUET`)).toMatchObject({ ResultRows: 2 });
    expect(await below('out/parquet')).toEqual(['0000_part_00.parquet']);
    await finished(`${orders}text/orders_' IAM_ROLE default CSV HEADER PARALLEL OFF`);
    expect(await readFile(join(lake, 'out/text/orders_000'), 'utf8')).toBe('id,name\n1,x\n2,x\n');
    await finished(`${orders}by_id/' IAM_ROLE default FORMAT PARQUET PARTITION BY (id)`);
    expect(await readdir(join(lake, 'out/by_id'))).toEqual(['id=1', 'id=2']);
    await finished('CREATE TABLE back (id int, name varchar(10))');
    await finished("COPY back FROM 's3://lake/out/parquet/' IAM_ROLE default FORMAT PARQUET");
    expect(await rows('SELECT count(*) FROM back')).toEqual([[2]]);
  });

  test('takes the place of nothing unless it is told to', async () => {
    const again = (options: string) =>
      run(`UNLOAD ('SELECT 1') TO 's3://lake/out/parquet/' IAM_ROLE default FORMAT PARQUET ${options}`);
    expect((await again('')).Error).toContain('Specified unload destination on S3 is not empty.');
    expect((await again('ALLOWOVERWRITE')).Status).toBe('FINISHED');
    await writeFiles(lake, { 'out/parquet/old': 'old' });
    expect((await again('CLEANPATH')).Status).toBe('FINISHED');
    expect(await below('out/parquet')).toEqual(['0000_part_00.parquet']);
  });
});

test('a task waits for its statement, and answers its rows as they are declared; one that fails says why', async () => {
  const run = async (sql: string) => {
    const dag = new Dag('stock');
    const place = { workgroup: 'analytics', database: 'stock' };
    const load = dag.task(
      'load',
      redshift.sql({
        ...place,
        sql: [
          'CREATE TABLE IF NOT EXISTS stock (day date, film varchar(20), left_over int, price numeric(6,2))',
          'DELETE FROM stock WHERE day = :day',
          "INSERT INTO stock VALUES (:day, 'Alien', 3, 9.5), (:day, 'Brazil', NULL, 12)",
        ],
        parameters: { day: dag.logicalDate },
      }),
    );
    const columns = { film: 'string', left_over: 'integer', price: 'number', many: 'boolean' } as const;
    dag.task('left', redshift.sql({ ...place, sql, rows: true, columns })).after(load);
    const definition: unknown = JSON.parse(compileDag(dag).files.get('step_function.json') as string);
    return interpret(fillPlaceholders(definition as never, { account: '123456789012' }) as never, {
      clock: here.account.clock,
      random: () => 0.5,
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:stock',
      tasks: here.engines,
      input: { logical_date: '2026-01-02T00:00:00Z' },
    });
  };
  const left = 'SELECT film, left_over, price, left_over > 1 AS many FROM stock ORDER BY film';
  for (const _again of [1, 2])
    expect(await run(left)).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        Rows: [
          { film: 'Alien', left_over: 3, price: 9.5, many: true },
          { film: 'Brazil', left_over: null, price: 12, many: null },
        ],
      },
    });
  expect(await run('SELECT film FROM films')).toMatchObject({
    status: 'FAILED',
    error: 'Redshift.StatementFailed',
    cause: 'ERROR: relation "films" does not exist',
  });
});
