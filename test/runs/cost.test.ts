import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Visit } from '../../asl/history/visit.ts';
import { Visits } from '../../asl/history/visits.ts';
import { coloursFor } from '../../diagnostics/colours.ts';
import { simulate } from '../../local/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { costByHistory, costByPlan, medianCost, pricedElsewhere } from '../../runs/cost.ts';
import { costText } from '../../runs/cost-for-terminal.ts';
import { until } from '../endpoint/support.ts';
import { REPOSITORY, writeFiles } from '../local/support.ts';
import { CONFIG, INSTANT, type Project, projectWith, type SmallDag } from './support.ts';

const file = (name: string) => JSON.parse(readFileSync(join(REPOSITORY, 'dist/datalake', name), 'utf8'));

describe('what a run of the reference pipeline takes', () => {
  const manifest = file('manifest.json') as Manifest;

  test('by the machine: what its README says', () => {
    const readme = readFileSync(join(REPOSITORY, 'dist/datalake/README.md'), 'utf8');
    const plan = costByPlan(manifest, 'us-east-1')!;
    expect(readme).toContain(`| state transitions | ${plan.transitions} |`);
    // Of the cluster 12 to 90 minutes of $1.20: 5 to 15 to start it, 1 to 15, twice 2 to 20 for Spark, twice 1 to 10 for checks; of the script 1 to 5.
    expect(plan.items.map(({ dollars }) => dollars)).toEqual([
      { least: expect.closeTo(0.000572, 6) },
      { least: expect.closeTo(0.24, 9), most: expect.closeTo(1.8, 9) },
      { least: expect.closeTo(0.0733333, 6) },
      { least: expect.closeTo(0.00045833, 6), most: expect.closeTo(0.00229167, 6) },
    ]);
    expect(readme).toContain('| **in all** |  | **$0.32 to $1.88**, and what is open above it |');
  });

  test('in other regions, where it is known how prices there stand to these', () => {
    const dollars = (region: string) => costByPlan(manifest, region)!.items.map((item) => item.dollars!.least);
    const [query, cluster, crawl, script] = dollars('us-east-1');
    // A DPU-hour takes $0.69 in São Paulo, and the same in Ireland; what an instance takes there is not known here.
    expect(dollars('sa-east-1')).toEqual([query, cluster, expect.closeTo(0.115, 9), expect.closeTo(0.00071875, 9)]);
    expect(dollars('eu-west-1')).toEqual([query, cluster, crawl, script]);
    expect(pricedElsewhere(manifest, 'us-east-1')).toEqual([]);
    expect(pricedElsewhere(manifest, 'eu-west-1')).toEqual(['athena', 'emr']);
    expect(pricedElsewhere(manifest, 'moon-1')).toEqual(['athena', 'emr', 'glue']);
  });

  test('by a history: transitions as billed, by the time of each task, a cluster until it is terminated', async () => {
    // A task that is one call is mocked by its id.
    const samples = Object.fromEntries(
      manifest.tasks.flatMap(({ samples = {} }) =>
        Object.entries(samples).map(([state, sample]) => [state.replace(/: call$/, ''), sample]),
      ),
    );
    const seconds: Record<string, number> = { cluster: 300, silver_netflix: 1800, gold: 600, 'report: run': 7200 };
    const mocks = Object.fromEntries(
      Object.entries(samples).map(([state, result]) => [
        state,
        { '0-99': { Return: result, DurationSeconds: seconds[state] ?? 0 } },
      ]),
    );
    // The first attempt of gold fails, and is billed.
    mocks.gold = { 0: { Throw: { Error: 'E' } }, 1: { Return: {}, DurationSeconds: 600 } } as never;
    const { status, events } = await simulate(file('step_function.json'), { mocks, input: {} } as never);
    expect(status).toBe('SUCCEEDED');
    const visits = new Visits();
    for (const event of events) visits.add(event);
    const [started, stopped] = [events[0]!.timestamp, events.at(-1)!.timestamp];
    const cost = costByHistory(manifest, visits.all, { started, stopped, region: 'us-east-1' })!;
    const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
    expect(cost.transitions).toBe(entered + 1);
    expect(cost.seconds).toBe((stopped - started) / 1000);
    const item = (task: string) => cost.items.find(({ tasks }) => tasks.includes(task))!;
    expect(item('01_films_per_platform').dollars).toEqual({ least: expect.closeTo(0.000572204, 8) });
    // 300 s to start, then the slower silver, then gold with its minute of waiting for the second attempt.
    expect(item('cluster').hours!.least).toBeCloseTo(2760 / 3600, 5);
    // 46 minutes of $1.20.
    expect(item('cluster').dollars).toEqual({ least: expect.closeTo(0.92, 4), most: expect.closeTo(0.92, 4) });
    expect(item('crawl_gold').dollars).toEqual({ least: expect.closeTo(0.0733333, 6) });
    expect(item('report').hours!.most).toBeCloseTo(2, 2);
    // Two hours of 2.75 cents.
    expect(item('report').dollars).toEqual({ least: expect.closeTo(0.055, 3), most: expect.closeTo(0.055, 3) });
    expect(cost.transitionDollars).toBeCloseTo((entered + 1) * 0.000025, 12);
    expect(cost.dollars.least).toBeCloseTo(0.000572 + 0.92 + 0.073333 + 0.055 + (entered + 1) * 0.000025, 4);
    expect(cost.dollars.isOpen).toBe(true);
  });

  test('by a history: what each query scanned, as Athena says it', () => {
    const TERABYTE = 1024 ** 4;
    const { samples = {} } = manifest.tasks.find(({ id }) => id === '01_films_per_platform')!;
    const [state = ''] = Object.keys(samples);
    const queried = (tries: readonly (number | 'failed' | 'silent')[]): Visit => ({
      ...{
        state,
        type: 'Task',
        id: 1,
        entered: 0,
        exited: 1,
        failed: false,
        attempts: [],
      },
      events: tries.flatMap((scanned, i) => {
        const at = { id: i, previousEventId: 0, timestamp: 0 };
        const call = { resourceType: 'athena', resource: 'startQueryExecution.sync' };
        const Statistics = scanned === 'silent' ? {} : { DataScannedInBytes: scanned };
        const output = JSON.stringify({ QueryExecution: { Statistics } });
        return [
          { ...at, type: 'TaskScheduled', taskScheduledEventDetails: call },
          scanned === 'failed'
            ? { ...at, type: 'TaskFailed', taskFailedEventDetails: { error: 'Athena.E' } }
            : { ...at, type: 'TaskSucceeded', taskSucceededEventDetails: { ...call, output } },
        ];
      }),
    });
    const took = (...tries: (number | 'failed' | 'silent')[]) =>
      costByHistory(manifest, [queried(tries)], { started: 0, stopped: 1, region: 'us-east-1' })!.items[0]!.dollars;
    const cents = (amount: number) => expect.closeTo(amount, 8);
    const least = (5 * 10) / 1024 ** 2;
    expect(took(TERABYTE)).toEqual({ least: 5, most: 5 });
    // 10 MB at least, and up to a whole one.
    expect(took(1)).toEqual({ least: cents(least), most: cents(least) });
    expect(took(10 * 1024 ** 2 + 1)).toEqual({ least: cents(1.1 * least), most: cents(1.1 * least) });
    // What a query that failed scanned nobody says.
    expect(took('failed', TERABYTE)).toEqual({ least: cents(5 + least) });
    expect(took('silent')).toEqual({ least: cents(least) });
    expect(took()).toEqual({ least: 0, most: 0 });
  });

  test('by a history: a cluster that was not made is paid for no longer than it was tried, an aborted one until the run ended', () => {
    const visit = (state: string, entered: number, exited?: number, failed = false): Visit => ({
      ...{ state, type: 'Task', id: entered, entered, attempts: [], events: [], failed },
      ...(exited !== undefined && { exited }),
    });
    const hour = 3_600_000;
    const ofCluster = (visits: Visit[]) =>
      costByHistory(manifest, visits, { started: 0, stopped: 5 * hour, region: 'us-east-1' })!.items[1]!.dollars!.most;
    expect(ofCluster([visit('cluster', 0, hour / 2, true)])).toBeCloseTo(0.6, 9);
    expect(ofCluster([visit('cluster', 0, hour), visit('silver_amazon', hour)])).toBeCloseTo(6, 9);
    expect(ofCluster([visit('cluster', 0, hour), visit('terminate_cluster', 2 * hour, 2.5 * hour)])).toBeCloseTo(3, 9);
    // Still being made: it is up until now.
    expect(ofCluster([visit('cluster', 4 * hour)])).toBeCloseTo(1.2, 9);
  });

  test('what is printed says what is open, when prices were published, and where they are another region’s', () => {
    const elsewhere = pricedElsewhere(manifest, 'eu-west-1');
    const plan = costByPlan(manifest, 'eu-west-1')!;
    const text = costText(plan, undefined, '', { region: 'eu-west-1', elsewhere }, coloursFor(process.stdout));
    expect(text).toMatch(
      /cluster +1 × m5.xlarge, 2 × m5.2xlarge: \$1\.20 an hour, EC2’s part and EMR’s +\$0\.24 to \$1\.80/,
    );
    expect(text).toMatch(/in all +at least \$0\.32 to \$1\.88/);
    expect(text).toContain(
      '01_films_per_platform and 11 more (nobody knows before how much a query scans); crawl_gold (how',
    );
    expect(text).toContain('as published in November 2026 (cluster in January 2026)');
    expect(text).toContain('Of Step Functions, athena, emr no price in eu-west-1 is known here');
  });

  test('the middle of several', () => {
    const cost = (hours: number, least: number) => ({
      transitions: 10 * hours,
      transitionDollars: hours,
      seconds: hours,
      items: [
        {
          ...{ tasks: ['a'], what: 'w', source: 's', hours: { least: hours, most: hours } },
          dollars: { least, most: 2 * least },
        },
        { tasks: ['b'], what: 'v', source: 's', dollars: { least } },
      ],
      dollars: { least, most: 2 * least, isOpen: true },
    });
    expect(medianCost([cost(3, 30), cost(1, 10), cost(2, 20)])).toEqual(cost(2, 20));
    expect(medianCost([cost(1, 10), cost(2, 20)])).toEqual(cost(1.5, 15));
  });
});

describe('dagwright cost', () => {
  const PRICED: SmallDag = {
    ...INSTANT,
    id: 'priced',
    manifest: {
      cost: {
        transitions: 1,
        perTransition: 0.000025,
        charges: [{ tasks: ['hello'], what: '$2 a run', least: 2, known: 2, source: 'https://example.com/' }],
      },
    },
  };
  let project: Project;
  beforeAll(async () => {
    project = await projectWith(PRICED, INSTANT);
    const manifest = JSON.parse(readFileSync(join(project.folder, 'dist/priced/manifest.json'), 'utf8')) as Manifest;
    await writeFiles(project.folder, {
      'dist/undeployed/manifest.json': JSON.stringify({ ...manifest, dag: 'undeployed' }),
    });
  });
  afterAll(() => project.close());

  test('the machine alone, then with past runs, then of one run', async () => {
    expect((await project.run('cost', 'priced')).out).toMatch(/No run has succeeded yet/);
    for (const day of ['01', '02']) await project.run('run', 'priced', '--logical-date', `2026-01-${day}`);
    const json = async () => JSON.parse((await project.run('cost', 'priced', '--json')).out);
    const { plan, past, runs } = await until(json, (answer) => answer.runs?.length === 2);
    const all = { least: 2.000025, most: 2.000025, isOpen: false };
    expect(plan).toMatchObject({ transitions: 1, dollars: all });
    expect(past).toMatchObject({
      transitions: 1,
      dollars: all,
      items: [{ tasks: ['hello'], dollars: { least: 2, most: 2 } }],
    });
    expect(runs).toEqual(['20260102T000000Z-1', '20260101T000000Z-1']);
    const { code, out } = await project.run('cost', 'priced', '20260101T000000Z-1');
    expect(code).toBe(0);
    expect(out).toMatch(/by the machine +20260101T000000Z-1/);
    expect(out).toMatch(/in all +\$2\.00 +\$2\.00/);
    expect(out).toContain('prices of us-east-1 as published in November 2026');
    expect(out).not.toContain('no price in');
  });

  test.each([
    ['without credentials', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, 'AWS001'],
    ['with credentials that AWS does not accept', { AWS_ACCESS_KEY_ID: 'nobody' }, 'AWS002'],
  ])('the sum by the machine %s', async (_, env, why) => {
    const alone = { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/nonexistent', ...env };
    const { code, out, err } = await project.runWith(alone, 'cost', 'priced');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/in all +\$2\.00\n/);
    expect(out).toMatch(new RegExp(`Past runs are not known\\. ${why} `));
    const json = JSON.parse((await project.runWith(alone, 'cost', 'priced', '--json')).out);
    expect(json).toMatchObject({
      region: 'us-east-1',
      plan: { dollars: { least: 2.000025 } },
      unasked: [{ code: why }],
    });
    // What one run took is in its history alone.
    expect(await project.runWith(alone, 'cost', 'priced', 'one')).toMatchObject({ code: 3, out: '' });
  });

  test('the sum by the machine of a DAG that is not deployed, or whose environment is not complete here', async () => {
    const sum = async (yaml: string, ...more: string[]) => {
      await writeFiles(project.folder, { 'dagwright.yaml': yaml });
      return project.run('cost', 'undeployed', ...more);
    };
    try {
      const { code, out, err } = await sum(CONFIG);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/in all +\$2\.00\n[\s\S]*Past runs are not known\. OPS001 /);
      expect((await sum(CONFIG.replace('my-artifacts', "'${THAT_IS_NOT_SET}'"))).out).toMatch(/not known\. CFG004 /);
      expect(await sum('')).toMatchObject({ code: 0, out: expect.stringMatching(/not known\. CFG001 /) });
      // What is wrong in the file is a fault all the same.
      expect(await sum(CONFIG, '--env', 'prod')).toMatchObject({ code: 1, err: expect.stringMatching(/CFG002/) });
      expect(await sum(`${CONFIG}    colour: red\n`)).toMatchObject({ code: 1, err: expect.stringMatching(/CFG003/) });
    } finally {
      await writeFiles(project.folder, { 'dagwright.yaml': CONFIG });
    }
  });

  test('a manifest of an older version', async () => {
    const { code, err } = await project.run('cost', 'daily');
    expect(err).toMatch(/OPS016 .*"daily" has no prices/);
    expect(code).toBe(1);
  });
});
