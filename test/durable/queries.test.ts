import { describe, expect, test } from '@jest/globals';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { Dag, param } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import { athena, aws } from '../../tasks/index.ts';
import { Account } from './account.ts';
import { SERVICES } from './services.ts';

const spec = { retries: 1, retryDelay: '1m', executionTimeout: '1h' } as const;

function compiled(sql: string, dag = new Dag('dag')) {
  dag.task('q', athena.query({ sql, database: 'd', results: 's3://lake/x/' }), spec);
  const { files } = compileDag(dag);
  const PLACE = {
    partition: 'aws',
    region: 'us-east-1',
    account: '123456789012',
    machine: 'dag',
    cleanup: 'dag-cleanup',
  };
  const read = (file: string) => fillPlaceholders(JSON.parse(files.get(file) as string), PLACE) as StateMachine;
  return {
    machine: read('step_function.json'),
    cleanup: read('cleanup.json'),
    readme: files.get('README.md') as string,
  };
}

/** Whether a task sees its query ended before it is tried again. */
function isSeenEnded({ machine }: { readonly machine: StateMachine }): boolean {
  return JSON.stringify(machine).includes('"q: end job"');
}

describe('a query that only reads is one state, and is tried again at once', () => {
  test.each([
    'SELECT 1',
    'select * from t',
    '\n  SELECT(1)',
    '-- How many?\n-- All.\nSELECT count(*) FROM t',
    '/* INSERT INTO t */ SELECT 1',
    '/* a **/ -- b\n (SELECT 1) UNION (SELECT 2)',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'VALUES (1)',
    'SHOW PARTITIONS t',
    'DESCRIBE t',
  ])('%j', (sql) => {
    expect(isSeenEnded(compiled(sql))).toBe(false);
  });

  test('with a value of the run in it', () => {
    const dag = new Dag('dag', { params: { day: param.string() } });
    expect(isSeenEnded(compiled(`SELECT * FROM t WHERE day = '${dag.params.day}'`, dag))).toBe(false);
  });

  test('as a call of the API, too', () => {
    const dag = new Dag('dag');
    dag.task(
      'q',
      aws({
        service: 'athena',
        action: 'startQueryExecution',
        pattern: 'sync',
        parameters: { QueryString: 'SELECT 1' },
      }),
      spec,
    );
    expect(compileDag(dag).files.get('step_function.json')).not.toContain('q: end job');
  });
});

describe('any other has ended before the next try', () => {
  test.each([
    'INSERT INTO t SELECT 1',
    '-- SELECT\nINSERT INTO t VALUES (1)',
    '/* SELECT 1 */ INSERT INTO t VALUES (1)',
    'CREATE TABLE t AS SELECT 1',
    "UNLOAD (SELECT 1) TO 's3://lake/y/' WITH (format = 'PARQUET')",
    'MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN DELETE',
    'DELETE FROM t',
    'MSCK REPAIR TABLE t',
    'EXECUTE prepared',
    'EXPLAIN ANALYZE INSERT INTO t VALUES (1)',
    "USING EXTERNAL FUNCTION f(x INT) RETURNS INT LAMBDA 'f' SELECT f(1)",
    'SELECTED',
  ])('%j', (sql) => {
    expect(isSeenEnded(compiled(sql))).toBe(true);
  });

  test('however many comments stand before it', () => {
    expect(isSeenEnded(compiled(`${'/**/'.repeat(20_000)}INSERT INTO t VALUES (1)`))).toBe(true);
  });

  test('what only a run knows', () => {
    const dag = new Dag('dag', { params: { sql: param.string() } });
    expect(isSeenEnded(compiled(`${dag.params.sql}`, dag))).toBe(true);
  });
});

test('a query that reads may run beside its own next try, and none is left when the run has ended', async () => {
  const { machine, cleanup, readme } = compiled('SELECT 1');
  const account = new Account(SERVICES['Athena query']!, { plans: [{ seconds: 20 * 3600 }, { seconds: 60 }] });
  const execution = await account.run(machine, cleanup);
  expect(execution.status).toBe('SUCCEEDED');
  expect(account.jobs).toHaveLength(2);
  expect(account.cleanups).toEqual([]);
  expect(account.running(execution.stoppedAt)).toEqual([account.jobs[0]]);
  expect((await account.cleanUp(cleanup, execution)).status).toBe('SUCCEEDED');
  expect(account.running(execution.stoppedAt + 1)).toEqual([]);
  expect(readme).toContain('tried again beside it, which does no harm');
});
