import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { Dag, env } from '../../authoring/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { compileDag } from '../../compiler/index.ts';
import { simulate } from '../../simulate/simulate.ts';
import { athena, ecs, emr, redshift } from '../../tasks/index.ts';
import { allows, filled } from '../compiler/evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  machine: 'm',
  cleanup: 'm-cleanup',
  lake: 'lake',
  subnet: 'subnet-1',
  cluster: 'jobs',
  fetchRole: 'fetch',
  pullRole: 'pull',
};
const place = 'eu-west-1:111122223333';

let policy: string;
const may = (action: string, resource: string, context?: Record<string, string>) =>
  allows(filled(policy, values), { action, resource, ...(context && { context }) });
beforeAll(async () => {
  const { compiled } = await compileFolder(join(root, 'test/cases/containers-and-sql'), root, ['containers_and_sql']);
  policy = compiled[0]!.files.get('policy.json') as string;
});

describe('the policy', () => {
  test('of containers: these task definitions on this cluster, and their roles to ECS alone', () => {
    const definition = (name: string) => `arn:aws:ecs:${place}:task-definition/${name}`;
    expect(may('ecs:RunTask', definition('fetch:7'))).toBe(true);
    expect(may('ecs:RunTask', definition('fetch:8'))).toBe(false);
    expect(may('ecs:RunTask', definition('other:7'))).toBe(false);
    expect(may('ecs:StopTask', `arn:aws:ecs:${place}:task/jobs/0123`)).toBe(true);
    const to = (service: string) => ({ 'iam:PassedToService': `${service}.amazonaws.com` });
    for (const role of ['fetch', 'pull']) {
      const arn = `arn:aws:iam::111122223333:role/${role}`;
      expect([role, may('iam:PassRole', arn, to('ecs-tasks')), may('iam:PassRole', arn, to('ec2'))]).toEqual([
        role,
        true,
        false,
      ]);
    }
    expect(may('iam:PassRole', 'arn:aws:iam::111122223333:role/admin', to('ecs-tasks'))).toBe(false);
  });

  test('of Batch: the queue and the job definitions', () => {
    const arn = (rest: string) => `arn:aws:batch:${place}:${rest}`;
    expect(may('batch:SubmitJob', arn('job-queue/spot'))).toBe(true);
    expect(may('batch:SubmitJob', arn('job-definition/clean:3'))).toBe(true);
    expect(may('batch:SubmitJob', arn('job-queue/urgent'))).toBe(false);
    expect(may('batch:SubmitJob', arn('job-definition/other:1'))).toBe(false);
  });

  test('of statements that write: their table and their folders, through Athena alone', () => {
    const via = { 'aws:CalledVia': 'athena.amazonaws.com' };
    const glue = (rest: string) => `arn:aws:glue:${place}:${rest}`;
    expect(may('glue:CreateTable', glue('table/sales/totals'), via)).toBe(true);
    expect(may('glue:CreateTable', glue('table/sales/orders'), via)).toBe(false);
    expect(may('glue:CreateTable', glue('table/sales/totals'))).toBe(false);
    for (const key of ['gold/totals/2026-01-01/a', 'exports/2026-01-01/a', 'answers/totals/a.csv'])
      expect([key, may('s3:PutObject', `arn:aws:s3:::lake/${key}`, via)]).toEqual([key, true]);
    expect(may('s3:PutObject', 'arn:aws:s3:::lake/gold/other/a', via)).toBe(false);
    expect(may('s3:PutObject', 'arn:aws:s3:::lake/exports/2026-01-01/a')).toBe(false);
  });

  test('of Redshift: the workgroups, the cluster, and credentials for its database and its user', () => {
    expect(may('redshift-data:BatchExecuteStatement', `arn:aws:redshift-serverless:${place}:workgroup/0a`)).toBe(true);
    expect(may('redshift-data:ExecuteStatement', `arn:aws:redshift:${place}:cluster:dw`)).toBe(true);
    expect(may('redshift-data:ExecuteStatement', `arn:aws:redshift:${place}:cluster:other`)).toBe(false);
    expect(may('redshift-serverless:GetCredentials', `arn:aws:redshift-serverless:${place}:workgroup/0a`)).toBe(true);
    expect(may('redshift:GetClusterCredentials', `arn:aws:redshift:${place}:dbuser:dw/etl`)).toBe(true);
    expect(may('redshift:GetClusterCredentials', `arn:aws:redshift:${place}:dbuser:dw/admin`)).toBe(false);
    expect(may('redshift:GetClusterCredentials', `arn:aws:redshift:${place}:dbname:dw/dw`)).toBe(true);
    expect(may('redshift:GetClusterCredentialsWithIAM', `arn:aws:redshift:${place}:dbname:dw/dw`)).toBe(false);
    expect(may('secretsmanager:GetSecretValue', '*')).toBe(false);
  });
});

/** The states of a DAG of one task. */
function statesOf(build: (dag: Dag) => void) {
  const dag = new Dag('d');
  build(dag);
  return JSON.parse(compileDag(dag).files.get('step_function.json') as string) as {
    States: { [name: string]: { Arguments: JsonObject } };
  };
}

describe('rows', () => {
  const machine = () =>
    statesOf((dag) => {
      const q = { sql: 'SELECT n, name FROM t', database: 'd', results: 's3://b/x/' };
      dag.task('q', athena.query({ ...q, rows: true, columns: { n: 'integer', name: 'string' }, limit: 3 }));
    });
  const page = (rows: readonly (readonly (string | null)[])[], token?: string) => ({
    ResultSet: { Rows: rows.map((row) => ({ Data: row.map((one) => (one === null ? {} : { VarCharValue: one })) })) },
    ...(token !== undefined && { NextToken: token }),
  });
  const run = async (first: object, ...further: object[]) => {
    const done = await simulate(machine(), {
      mocks: {
        'q: query': { '0': { Return: { QueryExecution: { QueryExecutionId: 'x' } } } },
        'q: rows': { '0': { Return: first } },
        'q: further rows': Object.fromEntries(further.map((one, i) => [`${i}`, { Return: one }])),
      },
    });
    return done;
  };
  const NAMES = ['n', 'name'];

  test.each([
    ['none', [page([NAMES])], []],
    ['one', [page([NAMES, ['1', 'a']])], [{ n: 1, name: 'a' }]],
    ['NULL', [page([NAMES, [null, null]])], [{ n: null, name: null }]],
    [
      'those of two pages',
      [page([NAMES, ['1', 'a']], 't'), page([['2', 'b']])],
      [
        { n: 1, name: 'a' },
        { n: 2, name: 'b' },
      ],
    ],
    ['a page with nothing behind it', [page([NAMES, ['1', 'a']], 't'), page([])], [{ n: 1, name: 'a' }]],
  ])('%s', async (_, pages, rows) => {
    const [first, ...further] = pages;
    const done = await run(first!, ...further);
    expect(done).toMatchObject({ status: 'SUCCEEDED', output: { QueryExecutionId: 'x', Rows: rows } });
  });

  test('of other columns, and more than the limit, fail the task', async () => {
    expect(await run(page([['name', 'n']]))).toMatchObject({
      error: 'Athena.ColumnsDiffer',
      cause: 'The answer has the columns name, n, and not n, name.',
    });
    const four = page([NAMES, ...Array.from({ length: 4 }, (_, i) => [`${i}`, 'x'])]);
    expect(await run(four)).toMatchObject({ error: 'Athena.TooManyRows' });
  });
});

describe('a statement of Redshift', () => {
  const machine = (more: object = {}) =>
    statesOf((dag) => {
      const spec = { executionTimeout: '5m' } as const;
      dag.task('s', redshift.sql({ sql: ['a', 'b'], database: 'd', workgroup: 'sales', ...more }), spec);
    });
  const looks = (...states: string[]) =>
    Object.fromEntries(states.map((Status, i) => [`${i}`, { Return: { Id: 'x', Status, ResultRows: 2 } }]));

  test('is asked after at growing intervals', async () => {
    const done = await simulate(machine(), {
      mocks: {
        's: run': { '0': { Return: { Id: 'x' } } },
        's: look': looks('SUBMITTED', 'PICKED', 'STARTED', 'FINISHED'),
      },
    });
    // 2 + 4 + 8 + 16
    expect(done).toMatchObject({ status: 'SUCCEEDED', seconds: 30, output: { Id: 'x', ResultRows: 2 } });
  });

  test('that takes longer than the task is cancelled', async () => {
    const done = await simulate(machine(), {
      mocks: {
        's: run': { '0': { Return: { Id: 'x' } } },
        's: look': { '0-100': { Return: { Id: 'x', Status: 'STARTED' } } },
        's: cancel': { '0': { Return: { Status: true } } },
      },
    });
    expect(done).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(done.events.filter(({ name }) => name === 's: cancel')).not.toEqual([]);
  });

  test('answers the rows of the last one', async () => {
    const done = await simulate(machine({ rows: true, columns: { n: 'integer', sum: 'number', ok: 'boolean' } }), {
      mocks: {
        's: run': { '0': { Return: { Id: 'x' } } },
        's: look': looks('FINISHED'),
        's: rows': {
          '0': {
            Return: {
              ColumnMetadata: [{ Name: 'n' }, { Name: 'sum' }, { Name: 'ok' }],
              Records: [
                [{ LongValue: 1 }, { StringValue: '12.50' }, { BooleanValue: false }],
                [{ IsNull: true }, { DoubleValue: 0.5 }, { IsNull: true }],
              ],
            },
          },
        },
      },
    });
    expect(done).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        Id: 'x',
        Rows: [
          { n: 1, sum: 12.5, ok: false },
          { n: null, sum: 0.5, ok: null },
        ],
      },
    });
    const asked = done.events.flatMap((event) =>
      'taskScheduledEventDetails' in event
        ? [(event.taskScheduledEventDetails as { parameters: string }).parameters]
        : [],
    );
    expect(asked.at(-1)).toContain('x:2');
  });
});

test('a step is a command of the primary node, or a jar with its class', () => {
  const cluster = 'j-2AXXXXXXGAPLF';
  const { States } = statesOf((dag) => {
    dag.task('copy', emr.step({ cluster, args: ['s3-dist-cp', '--src', 's3://b/x/'] }));
    dag.task('jar', emr.step({ cluster, jar: 's3://b/x.jar', mainClass: 'X', properties: { a: '1' }, name: 'own' }));
  });
  const steps = JSON.stringify(States).match(/"Step":\{.*?\}\}\}?/g);
  expect(steps!.join()).toContain('"Jar":"command-runner.jar","Args":["s3-dist-cp","--src","s3://b/x/"]');
  expect(steps!.join()).toContain('"Jar":"s3://b/x.jar","MainClass":"X","Properties":[{"Key":"a","Value":"1"}]');
});

test('a task of ECS says which execution it is of', () => {
  const dag = new Dag('d', { env: { role: env.role() } });
  dag.task('t', ecs.run({ cluster: 'c', taskDefinition: 'x', passRoles: [dag.env.role], tags: { team: 'data' } }));
  const { States } = JSON.parse(compileDag(dag).files.get('step_function.json') as string) as {
    States: { t: { Arguments: JsonObject } };
  };
  expect(States.t.Arguments.Tags).toEqual([
    { Key: 'dagwright:execution', Value: '{% $states.context.Execution.Id %}' },
    { Key: 'team', Value: 'data' },
  ]);
});
