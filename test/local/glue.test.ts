import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { hiveType } from '../../tasks/glue/engine/hive-type.ts';
import { type Machine, machine, resultOf, until, writeFiles, writeParquet } from './support.ts';

const sdk = 'arn:aws:states:::aws-sdk:glue:';
const CRAWLER = {
  Name: 'datalake_crawl_gold',
  Role: 'arn:aws:iam::1:role/crawler',
  DatabaseName: 'desafio',
  Targets: { S3Targets: [{ Path: 's3://lake/gold/tables/' }] },
};

async function withCrawler(more: JsonObject = {}): Promise<Machine> {
  const here = await machine();
  resultOf(await here.call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'desafio' } }));
  resultOf(await here.call(`${sdk}createCrawler`, { ...CRAWLER, ...more }));
  return here;
}

/** Starts the crawler and waits until it is READY; answers its LastCrawl. */
async function crawled({ call }: Machine): Promise<JsonObject> {
  resultOf(await call(`${sdk}startCrawler`, { Name: CRAWLER.Name }));
  let crawler: JsonObject = {};
  await until(async () => {
    crawler = (resultOf(await call(`${sdk}getCrawler`, { Name: CRAWLER.Name })) as { Crawler: JsonObject }).Crawler;
    return crawler.State === 'READY';
  });
  return crawler.LastCrawl as JsonObject;
}

async function tablesOf({ call }: Machine): Promise<Record<string, string[]>> {
  const { TableList } = resultOf(await call(`${sdk}getTables`, { DatabaseName: 'desafio' })) as {
    TableList: { Name: string; StorageDescriptor: { Columns: { Name: string; Type: string }[] } }[];
  };
  return Object.fromEntries(
    TableList.map((table) => [table.Name, table.StorageDescriptor.Columns.map(({ Name, Type }) => `${Name} ${Type}`)]),
  );
}

describe('the catalog', () => {
  test('refuses what is there already and what is not there, in Glue’s names', async () => {
    const { call } = await withCrawler();
    expect(await call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'Desafio' } })).toMatchObject({
      error: 'Glue.AlreadyExistsException',
    });
    expect(await call(`${sdk}createCrawler`, CRAWLER)).toMatchObject({ error: 'Glue.AlreadyExistsException' });
    expect(await call(`${sdk}getDatabase`, { Name: 'other' })).toMatchObject({ error: 'Glue.EntityNotFoundException' });
    expect(await call(`${sdk}getCrawler`, { Name: 'other' })).toMatchObject({ error: 'Glue.EntityNotFoundException' });
    expect(await call(`${sdk}startCrawler`, { Name: 'other' })).toMatchObject({
      error: 'Glue.EntityNotFoundException',
    });
    expect(await call(`${sdk}getTable`, { DatabaseName: 'desafio', Name: 'x' })).toMatchObject({
      error: 'Glue.EntityNotFoundException',
    });
    expect(await call(`${sdk}createDatabase`, {})).toMatchObject({ error: 'Glue.InvalidInputException' });
  });

  test('survives the run', async () => {
    const first = await withCrawler();
    await writeParquet(join(first.account.root, 's3/lake/gold/tables/ratings/part-0.parquet'), 'SELECT 1 AS n');
    await crawled(first);
    const second = await machine({ root: first.account.root });
    expect(await second.call(`${sdk}createDatabase`, { DatabaseInput: { Name: 'desafio' } })).toMatchObject({
      error: 'Glue.AlreadyExistsException',
    });
    expect(resultOf(await second.call(`${sdk}getCrawler`, { Name: CRAWLER.Name }))).toMatchObject({
      Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED' } },
    });
    expect(await tablesOf(second)).toEqual({ ratings: ['n int'] });
  });
});

describe('a crawl', () => {
  test('makes a table of each folder, with the columns of its files', async () => {
    const here = await withCrawler();
    const gold = join(here.account.root, 's3/lake/gold/tables');
    await writeParquet(
      join(gold, 'ratings/part-0.parquet'),
      "SELECT 'a' AS customer_id, 5::INT AS ranking, DATE '2005-01-01' AS date, 1.5::DECIMAL(10,2) AS d",
    );
    await writeParquet(
      join(gold, 'ratings/part-1.parquet'),
      "SELECT 'b' AS customer_id, 4::INT AS ranking, DATE '2005-01-02' AS date, 2.5::DECIMAL(10,2) AS d",
    );
    await writeParquet(join(gold, 'by-year/year=2001/part-0.parquet'), 'SELECT 1::BIGINT AS Id');
    await writeFiles(gold, { 'ratings/_SUCCESS': '', 'ratings/.part-0.parquet.crc': 'x', '_temporary/0/x.txt': 'x' });
    await mkdir(join(gold, 'empty'));
    const before = here.account.clock.now();
    const last = await crawled(here);
    expect(last.Status).toBe('SUCCEEDED');
    expect(Date.parse(last.StartTime as string)).toBeGreaterThanOrEqual(before);
    expect(await tablesOf(here)).toEqual({
      ratings: ['customer_id string', 'ranking int', 'date date', 'd decimal(10,2)'],
      by_year: ['id bigint'],
    });
    expect(resultOf(await here.call(`${sdk}getTable`, { DatabaseName: 'desafio', Name: 'by_year' }))).toMatchObject({
      Table: {
        PartitionKeys: [{ Name: 'year', Type: 'string' }],
        StorageDescriptor: { Location: 's3://lake/gold/tables/by-year/' },
      },
    });
  });

  test('with a table level the folders of that level are the tables', async () => {
    const here = await withCrawler({
      Configuration: JSON.stringify({ Version: 1, Grouping: { TableLevelConfiguration: 4 } }),
    });
    await writeParquet(join(here.account.root, 's3/lake/gold/tables/ratings/2001/a.parquet'), 'SELECT 1 AS n');
    await crawled(here);
    expect(await tablesOf(here)).toEqual({ ratings: ['n int'] });
  });

  test.each<[string, (gold: string) => Promise<void>, string]>([
    [
      'files that contradict each other',
      async (gold) => {
        await writeParquet(join(gold, 'ratings/a.parquet'), 'SELECT 1::INT AS n');
        await writeParquet(join(gold, 'ratings/b.parquet'), "SELECT 'x' AS n");
      },
      'column "n" is int in a.parquet and string in b.parquet',
    ],
    ['a file that is no Parquet', (gold) => writeFiles(gold, { 'ratings/a.csv': 'n\n1\n' }), 'holds a.csv'],
    [
      'a broken file',
      (gold) => writeFiles(gold, { 'ratings/a.parquet': 'PAR1 no' }),
      'a.parquet cannot be read as Parquet',
    ],
    ['a path that is not there', async () => {}, 'does not exist'],
  ])('fails on %s', async (_, fill, message) => {
    const here = await withCrawler();
    await fill(join(here.account.root, 's3/lake/gold/tables'));
    const last = await crawled(here);
    expect(last.Status).toBe('FAILED');
    expect(last.ErrorMessage).toContain(message);
    expect(await tablesOf(here)).toEqual({});
  });

  test('a crawler that runs is RUNNING, and cannot be started again', async () => {
    const here = await withCrawler();
    await writeParquet(join(here.account.root, 's3/lake/gold/tables/ratings/a.parquet'), 'SELECT 1 AS n');
    const [first, second] = await Promise.all([
      here.call(`${sdk}startCrawler`, { Name: CRAWLER.Name }),
      here.call(`${sdk}startCrawler`, { Name: CRAWLER.Name }),
    ]);
    expect(first).toEqual({ result: {} });
    expect(second).toMatchObject({ error: 'Glue.CrawlerRunningException' });
    expect(resultOf(await here.call(`${sdk}getCrawler`, { Name: CRAWLER.Name }))).toMatchObject({
      Crawler: { State: 'RUNNING' },
    });
    await here.account.clock.settled();
    expect(resultOf(await here.call(`${sdk}getCrawler`, { Name: CRAWLER.Name }))).toMatchObject({
      Crawler: { State: 'READY' },
    });
  });

  test.each([
    ['DELETE_FROM_DATABASE', undefined],
    ['DEPRECATE_IN_DATABASE', true],
    ['LOG', false],
  ])('a table whose folder is gone: %s', async (DeleteBehavior, deprecated) => {
    const here = await withCrawler({ SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior } });
    const gold = join(here.account.root, 's3/lake/gold/tables');
    await writeParquet(join(gold, 'old/a.parquet'), 'SELECT 1 AS n');
    await crawled(here);
    const { rm } = await import('node:fs/promises');
    await rm(join(gold, 'old'), { recursive: true });
    await crawled(here);
    const reply = await here.call(`${sdk}getTable`, { DatabaseName: 'desafio', Name: 'old' });
    if (deprecated === undefined) expect(reply).toMatchObject({ error: 'Glue.EntityNotFoundException' });
    else
      expect(
        'DEPRECATED_BY_CRAWLER' in (resultOf(reply) as { Table: { Parameters: JsonObject } }).Table.Parameters,
      ).toBe(deprecated);
  });
});

test.each([
  ['INTEGER', 'int'],
  ['DECIMAL(18,3)', 'decimal(18,3)'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['INTEGER[]', 'array<int>'],
  ['MAP(VARCHAR, DOUBLE)', 'map<string,double>'],
  ['STRUCT("A" INTEGER, b STRUCT(c VARCHAR[]))', 'struct<a:int,b:struct<c:array<string>>>'],
  ['UHUGEINT', undefined],
])('%s is Hive’s %s', (duck, hive) => {
  expect(hiveType(duck)).toBe(hive);
});

describe('a Python shell job', () => {
  const SCRIPT = `
import json, os, sys
lake = os.path.join(os.environ["DAGWRIGHT_S3_ROOT"], "lake")
if "--fail" in sys.argv:
    print("working")
    raise SystemExit("the report has no answers")
with open(os.path.join(lake, "out.json"), "w") as out:
    json.dump({"argv": sys.argv[1:], "docx": __import__("docx").__name__}, out)
`;
  const JOB = {
    Name: 'datalake_report',
    Role: 'r',
    Command: { Name: 'pythonshell', PythonVersion: '3.9', ScriptLocation: 's3://lake/old/report.py' },
    DefaultArguments: { '--lake': 's3://other', '--kept': 'yes' },
    MaxCapacity: 0.0625,
  };

  async function withJob(): Promise<Machine> {
    const here = await machine();
    await mkdir(join(here.account.root, 's3/lake/code'), { recursive: true });
    await writeFile(join(here.account.root, 's3/lake/code/report.py'), SCRIPT);
    resultOf(await here.call(`${sdk}createJob`, JOB));
    return here;
  }
  const run = (here: Machine, args: Record<string, string>) =>
    here.call('arn:aws:states:::glue:startJobRun.sync', {
      JobName: JOB.Name,
      Arguments: { '--scriptLocation': 's3://lake/code/report.py', ...args },
    });

  test('runs the script of the run with the arguments as Glue passes them', async () => {
    const here = await withJob();
    expect(await here.call(`${sdk}createJob`, JOB)).toMatchObject({ error: 'Glue.AlreadyExistsException' });
    const result = resultOf(await run(here, { '--lake': 's3://lake' })) as JsonObject;
    expect(result).toMatchObject({ JobName: JOB.Name, JobRunState: 'SUCCEEDED', Attempt: 0 });
    const { call } = here;
    const out = JSON.parse(
      (
        resultOf(await call('arn:aws:states:::aws-sdk:s3:getObject', { Bucket: 'lake', Key: 'out.json' })) as {
          Body: string;
        }
      ).Body,
    ) as Json;
    expect(out).toEqual({
      argv: ['--lake', 's3://lake', '--kept', 'yes', '--scriptLocation', 's3://lake/code/report.py'],
      docx: 'docx',
    });
  });

  test('a script that fails fails the task with what it said last, and its log is kept', async () => {
    const here = await withJob();
    const reply = await run(here, { '--fail': '1' });
    expect(reply).toMatchObject({ error: 'States.TaskFailed' });
    expect(JSON.parse((reply as { cause: string }).cause)).toMatchObject({
      JobRunState: 'FAILED',
      ErrorMessage: 'the report has no answers',
    });
    expect(here.notes.map(({ kind }) => kind)).toEqual(['log', 'failure']);
    expect(here.notes[1]).toMatchObject({
      lines: ['working', 'the report has no answers'],
      log: join(here.account.run.folder, 'logs/state.log'),
    });
  });

  test('a job that is not there, and a job of another kind', async () => {
    const here = await withJob();
    expect(await here.call('arn:aws:states:::glue:startJobRun.sync', { JobName: 'other' })).toMatchObject({
      error: 'Glue.EntityNotFoundException',
    });
    resultOf(
      await here.call(`${sdk}createJob`, {
        ...JOB,
        Name: 'etl',
        Command: { Name: 'gluestreaming', ScriptLocation: 's3://lake/x.py' },
      }),
    );
    const reply = await here.call('arn:aws:states:::glue:startJobRun.sync', { JobName: 'etl' });
    expect('cause' in reply && reply.cause).toContain('Python shell jobs');
  });
});
