import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Visits } from '../../asl/history/visits.ts';
import { simulate } from '../../local/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { costByHistory, costByPlan, medianCost } from '../../runs/cost.ts';
import { until } from '../endpoint/support.ts';
import { REPOSITORY } from '../local/support.ts';
import { INSTANT, type Project, projectWith, type SmallDag } from './support.ts';

const file = (name: string) => JSON.parse(readFileSync(join(REPOSITORY, 'dist/datalake', name), 'utf8'));

describe('what a run of the reference pipeline takes', () => {
  const manifest = file('manifest.json') as Manifest;

  test('by the machine: what its README says', () => {
    const readme = readFileSync(join(REPOSITORY, 'dist/datalake/README.md'), 'utf8');
    const plan = costByPlan(manifest)!;
    expect(readme).toContain(`| state transitions | ${plan.transitions} |`);
    expect(readme).toContain(`**$${plan.dollars.toPrecision(2)}**`);
    expect(plan.items.map(({ dollars }) => dollars === undefined)).toEqual([false, true, false, true]);
  });

  test('by a history: transitions as billed, by the time of each task, a cluster until it is terminated', async () => {
    const samples = Object.assign({}, ...manifest.tasks.map((task) => task.samples));
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
    const cost = costByHistory(manifest, visits.all, { started, stopped })!;
    const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
    expect(cost.transitions).toBe(entered + 1);
    expect(cost.seconds).toBe((stopped - started) / 1000);
    const item = (task: string) => cost.items.find(({ tasks }) => tasks.includes(task))!;
    expect(item('01_films_per_platform').dollars).toBeCloseTo((12 * 5 * 10) / 1_048_576, 9);
    // 300 s to start, then the slower silver, then gold with its minute of waiting for the second attempt.
    expect(item('cluster').hours).toBeCloseTo((300 + 1800 + 60 + 600) / 3600, 5);
    expect(item('cluster').dollars).toBeUndefined();
    expect(item('crawl_gold').dollars).toBeCloseTo(0.44 / 6, 9);
    expect(item('report').hours).toBeCloseTo(2, 2);
    expect(item('report').dollars).toBeCloseTo(0.0625 * 0.44 * item('report').hours!, 9);
    const sum = cost.items.reduce((total, { dollars = 0 }) => total + dollars, cost.transitions * 0.000025);
    expect(cost.dollars).toBeCloseTo(sum, 12);
  });

  test('the middle of several', () => {
    const cost = (hours: number, dollars: number) => ({
      transitions: 10 * hours,
      seconds: hours,
      items: [{ tasks: ['a'], what: 'w', source: 's', hours, dollars }],
      dollars,
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
  });
  afterAll(() => project.close());

  test('the machine alone, then with past runs, then of one run', async () => {
    expect((await project.run('cost', 'priced')).out).toMatch(/No run has succeeded yet/);
    for (const day of ['01', '02']) await project.run('run', 'priced', '--logical-date', `2026-01-${day}`);
    const json = async () => JSON.parse((await project.run('cost', 'priced', '--json')).out);
    const { plan, past, runs } = await until(json, (answer) => answer.runs?.length === 2);
    expect(plan).toMatchObject({ transitions: 1, dollars: 2.000025 });
    expect(past).toMatchObject({ transitions: 1, dollars: 2.000025, items: [{ tasks: ['hello'], dollars: 2 }] });
    expect(runs).toEqual(['20260102T000000Z-1', '20260101T000000Z-1']);
    const { code, out } = await project.run('cost', 'priced', '20260101T000000Z-1');
    expect(code).toBe(0);
    expect(out).toMatch(/by the machine +20260101T000000Z-1/);
    expect(out).toMatch(/at least +\$2\.00 +\$2\.00/);
  });

  test('a manifest of an older version', async () => {
    const { code, err } = await project.run('cost', 'daily');
    expect(err).toMatch(/OPS016 .*"daily" has no prices/);
    expect(code).toBe(1);
  });
});
