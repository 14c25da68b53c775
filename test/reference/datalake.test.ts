import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Parallel, StateMachine, States, Task } from '../../asl/index.ts';
import { validate } from '../../asl/index.ts';
import type { Manifest } from '../../compiler/index.ts';
import { simulate } from '../../local/index.ts';

/** The reference machine as it is committed, run in virtual time. */
const read = (name: string) => readFileSync(new URL(`../../dist/datalake/${name}`, import.meta.url), 'utf8');
const machine = JSON.parse(read('step_function.json')) as StateMachine;
const manifest = JSON.parse(read('manifest.json')) as Manifest;
const questions = manifest.tasks.filter(({ service }) => service === 'athena').map(({ id }) => id);

const minutes = (n: number) => ({ '0': { Return: {}, DurationSeconds: n * 60 } });
const fails = { '0-9': { Throw: { Error: 'States.TaskFailed', Cause: 'it broke' } } };
const crawler = (StartTime: string) => ({
  Return: { Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime } } },
});
const mocks = {
  cluster: { '0': { Return: { ClusterId: 'j-1' }, DurationSeconds: 600 } },
  'crawl_gold: get': { '0-9': crawler('2025-12-31T00:00:00Z') },
  'crawl_gold: look': { '0-9': crawler('2027-01-01T00:00:00Z') },
};

async function run(more: object = {}) {
  const { status, error, cause, seconds, events } = await simulate(machine, { mocks: { ...mocks, ...more } });
  const entered = new Set(events.filter(({ type }) => type.endsWith('StateEntered')).map(({ name }) => name as string));
  const failed = cause?.startsWith('[') ? (JSON.parse(cause) as { task: string }[]).map(({ task }) => task) : [];
  return {
    status,
    error,
    cause,
    seconds,
    failed,
    ran: manifest.tasks.map(({ id }) => id).filter((id) => entered.has(id) || entered.has(`${id}: job`)),
  };
}

/** Every state of the machine, whatever it stands in. */
function statesOf(scope: States): [string, States['States'][string]][] {
  return Object.entries(scope.States).flatMap(([name, state]) => [
    [name, state] as [string, typeof state],
    ...(state.Type === 'Parallel' ? (state as Parallel).Branches.flatMap(statesOf) : []),
  ]);
}
const tasksCalling = (resource: string) =>
  statesOf(machine).filter(([, state]) => (state as Task).Resource?.endsWith(resource));

describe('the reference machine', () => {
  test('passes the validator without a finding, and so does the one that cleans up', () => {
    expect(validate(read('step_function.json'))).toEqual([]);
    expect(validate(read('cleanup.json'))).toEqual([]);
  });

  test('runs every task when all goes well', async () => {
    const { status, ran } = await run();
    expect(status).toBe('SUCCEEDED');
    expect(ran).toEqual(manifest.tasks.map(({ id }) => id));
  });

  test('goes well on what its services would answer, without a mock', async () => {
    const samples = Object.assign({}, ...manifest.tasks.map((task) => task.samples ?? {}));
    expect((await simulate(machine, { samples })).status).toBe('SUCCEEDED');
  });

  test('takes the critical path: the cluster’s end is waited for beside the questions, and not before them', async () => {
    const { seconds } = await run({
      ingest_amazon: minutes(10),
      silver_amazon: minutes(20),
      ingest_netflix: minutes(30),
      silver_netflix: minutes(5),
      gold: minutes(15),
      [questions[3] as string]: minutes(7),
      'report: run': minutes(2),
      terminate_cluster: minutes(8),
    });
    // Cluster, the slower source, gold, one poll of the crawler, the slowest question, the report.
    expect(seconds).toBe(600 + (30 + 5 + 15) * 60 + 15 + (7 + 2) * 60);
  });

  test('without a cluster runs nothing else, and nothing is terminated', async () => {
    const { status, error, ran } = await run({ cluster: fails });
    expect([status, error, ran]).toEqual(['FAILED', 'States.TaskFailed', ['cluster']]);
  });

  test('never makes a second cluster after a timeout', async () => {
    const { events } = await simulate(machine, {
      mocks: { ...mocks, cluster: { '0': { Throw: { Error: 'States.Timeout' } } } },
    });
    const called = events.flatMap((event) =>
      'taskScheduledEventDetails' in event ? [(event.taskScheduledEventDetails as { resource: string }).resource] : [],
    );
    // The first one, which may still be made, is ended.
    expect(called).toEqual(['createCluster.sync', 'startExecution.sync:2']);
  });

  test('lets the other source finish when a silver fails, terminates the cluster, and names the task', async () => {
    const { status, error, failed, ran } = await run({ silver_amazon: fails, silver_netflix: minutes(90) });
    expect(ran).toEqual([
      'cluster',
      'ingest_amazon',
      'silver_amazon',
      'ingest_netflix',
      'silver_netflix',
      'terminate_cluster',
    ]);
    expect([status, error, failed]).toEqual(['FAILED', 'States.TaskFailed', ['silver_amazon']]);
  });

  test('skips its silver when an ingest fails', async () => {
    const { failed, ran } = await run({ ingest_netflix: fails, silver_amazon: fails });
    expect(ran).toEqual(['cluster', 'ingest_amazon', 'silver_amazon', 'ingest_netflix', 'terminate_cluster']);
    expect(failed).toEqual(['silver_amazon', 'ingest_netflix']);
  });

  test.each([
    ['check_silver', ['gold', 'check_gold', 'crawl_gold']],
    ['check_gold', ['crawl_gold', '01_films_per_platform', 'report']],
  ])('a broken contract, %s, stops the run before the next layer', async (check, behind) => {
    const { status, failed, ran } = await run({ [check]: fails });
    expect([status, failed]).toEqual(['FAILED', [check]]);
    expect(ran.filter((task) => behind.includes(task))).toEqual([]);
    expect(ran).toContain('terminate_cluster');
  });

  test('answers the other questions when one fails, and writes no report', async () => {
    const { status, failed, ran } = await run({ [questions[0] as string]: fails });
    expect(ran).toEqual(expect.arrayContaining([...questions, 'terminate_cluster']));
    expect(ran).not.toContain('report');
    expect([status, failed]).toEqual(['FAILED', [questions[0]]]);
  });

  test('asks nothing when the crawl fails', async () => {
    const lastCrawl = { Status: 'FAILED', StartTime: '2027-01-01T00:00:00Z' };
    const { error, failed, ran } = await run({
      'crawl_gold: get': { '0-9': { Return: { Crawler: { State: 'READY' } } } },
      'crawl_gold: look': { '0-9': { Return: { Crawler: { State: 'READY', LastCrawl: lastCrawl } } } },
      'crawl_gold: start': { '0': { Return: {} }, '1-9': { Throw: { Error: 'Glue.EntityNotFoundException' } } },
    });
    expect([error, failed]).toEqual(['Glue.EntityNotFoundException', ['crawl_gold']]);
    expect(ran).not.toContain(questions[0]);
    expect(ran).toContain('terminate_cluster');
  });

  test('does not fail for a teardown that fails', async () => {
    expect((await run({ terminate_cluster: fails })).status).toBe('SUCCEEDED');
  });

  test('runs as many steps at a time as its plan has, and none of them ends the cluster', () => {
    const [, cluster] = tasksCalling('createCluster.sync')[0] as [string, Task];
    expect(cluster.Arguments).toMatchObject({ StepConcurrencyLevel: 2, AutoTerminationPolicy: { IdleTimeout: 1800 } });
    const steps = tasksCalling('addStep.sync').map(([, state]) => (state as Task).Arguments);
    expect(steps).toHaveLength(7);
    for (const step of steps) expect(step).toMatchObject({ Step: { ActionOnFailure: 'CONTINUE' } });
  });

  test('has the states that one would write by hand, and no other', () => {
    const steps = manifest.tasks.flatMap(({ states }) => states).length;
    const byHand = {
      'a state for each task, and the steps within crawl_gold and report': steps,
      'Parallels: the sources, what follows gold, the questions': 3,
      'where a Catch goes in a branch: 2 sources, 12 questions, crawl_gold’s branch, terminate_cluster':
        2 + questions.length + 2,
      'whether to go on: gold?, crawl_gold?, report?': 3,
      'the input: read and checked, refused': 2,
      'the end: failed?, and its two ends': 3,
    };
    expect(statesOf(machine)).toHaveLength(Object.values(byHand).reduce((a, b) => a + b, 0));
  });
});
