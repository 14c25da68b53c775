import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { folderWith, type Machine, machine, REPOSITORY, resultOf } from './support.ts';

/**
 * Tables that Spark 3.5.6 wrote with Iceberg 1.10.2, in test/local/iceberg/: `films` has a renamed column, one that was added later, and
 * a file of an older snapshot beside its current ones; `deleted` has a delete file, `nested` a struct, `empty` no snapshot.
 */
let here: Machine;

async function machineWithTables(): Promise<Machine> {
  const root = await folderWith();
  const fixture = join(REPOSITORY, 'test/local/iceberg');
  await cp(join(fixture, 'catalog.db'), join(root, 'iceberg/catalog.db'));
  await cp(join(fixture, 'lake'), join(root, 's3/lake'), { recursive: true });
  return machine({ root });
}

beforeAll(async () => {
  here = await machineWithTables();
}, 300_000);
afterAll(() => here.engines.close());

async function answer(sql: string, on = here): Promise<string> {
  const reply = await on.call('arn:aws:states:::athena:startQueryExecution.sync', {
    QueryString: sql,
    QueryExecutionContext: { Database: 'desafio' },
    ResultConfiguration: { OutputLocation: 's3://lake/answers/' },
  });
  if ('error' in reply) return String(JSON.parse(reply.cause ?? '{}').Status?.StateChangeReason ?? reply.cause);
  const { QueryExecution } = resultOf(reply) as { QueryExecution: { ResultConfiguration: { OutputLocation: string } } };
  return readFile(on.account.lake.path(QueryExecution.ResultConfiguration.OutputLocation)!, 'utf8');
}

test('a query reads the current snapshot, its columns by their ids', async () => {
  expect(await answer('SELECT id, title, day, price, year FROM films ORDER BY id')).toBe(
    '"id","title","day","price","year"\n"1","Alien","2005-01-31","1.50",\n"3","New","2005-02-28","3.00","1999"\n',
  );
});

test('a table without rows has its columns', async () => {
  expect(await answer('SELECT count(*) AS n, max(at) AS last FROM empty')).toBe('"n","last"\n"0",\n');
});

test.each([
  ['deleted', 'rows of its files are deleted by delete files'],
  ['nested', 'its column "about" has the type struct<'],
])('a query of a table that cannot be read here says why: %s', async (table, why) => {
  const said = await answer(`SELECT * FROM ${table}`);
  expect(said).toContain(`The Iceberg table desafio.${table} cannot be read on this machine`);
  expect(said).toContain(why);
});

test('the catalog lists them', async () => {
  const { TableList } = resultOf(
    await here.call('arn:aws:states:::aws-sdk:glue:getTables', { DatabaseName: 'desafio' }),
  ) as { TableList: (JsonObject & { Name: string; Parameters: Json })[] };
  expect(TableList.map(({ Name }) => Name)).toEqual(['deleted', 'empty', 'films', 'nested']);
  expect(TableList[2]!.Parameters).toEqual({ table_type: 'ICEBERG' });
});

test('a file that is gone fails the queries of its table and no others', async () => {
  const other = await machineWithTables();
  try {
    await rm(join(other.account.root, 's3/lake/iceberg/desafio/films/data'), { recursive: true });
    expect(await answer('SELECT * FROM films', other)).toMatch(
      /The Iceberg table desafio.films cannot be read on this machine: its file s3:.*parquet is not there/,
    );
    expect(await answer('SELECT count(*) AS n FROM empty', other)).toBe('"n"\n"0"\n');
  } finally {
    await other.engines.close();
  }
}, 60_000);
