import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, StateMachine } from '../../asl/index.ts';
import { figuresOf } from '../../compiler/7-check/figures.ts';
import { compileModel } from '../../compiler/compile.ts';
import { simulate } from '../../local/index.ts';
import type { CaseRun } from '../case-run.ts';
import { dagOf, modelOf, shapes } from './random-dag.ts';

/** What the README says of a run's size, held against runs of the machine itself. */
const root = new URL('../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const read = (path: string) => readJson(path) as StateMachine;

async function sizeOfRun(machine: unknown, mocks: object = {}, input: Json = {}) {
  const { status, events } = await simulate(machine, { mocks, input });
  const transitions = events.filter(({ type }) => type.endsWith('StateEntered')).length;
  return { status, transitions, events: events.length };
}

const crawler = (StartTime: string) => ({
  Return: { Crawler: { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime } } },
});
const cluster = { '0': { Return: { ClusterId: 'j-1' } } };
const running = { Return: { Crawler: { State: 'RUNNING' } } };

/** A crawler that was there, and at work. */
const isThere = {
  'crawl_gold: crawler': { '0': { Throw: { Error: 'Glue.AlreadyExistsException' } } },
  'crawl_gold: get': { '0': running, '1': crawler('2025-01-01T00:00:00Z') },
};

describe('the reference pipeline', () => {
  const machine = read('dist/datalake/step_function.json');
  const { run, loops } = figuresOf(machine);

  test('takes as many transitions and events as its README says', async () => {
    const mocks = {
      cluster,
      ...isThere,
      'crawl_gold: look': { '0': crawler('2027-01-01T00:00:00Z') },
    };
    expect(await sizeOfRun(machine, mocks)).toEqual({ status: 'SUCCEEDED', ...run });
  });

  test('takes three polls’ worth more when the crawl takes three polls longer', async () => {
    const poll = loops.find(({ state }) => state === 'crawl_gold: wait');
    expect(poll).toMatchObject({ waitSeconds: 15 });
    const mocks = {
      cluster,
      ...isThere,
      'crawl_gold: look': { '0-2': running, '3': crawler('2027-01-01T00:00:00Z') },
    };
    const more = await sizeOfRun(machine, mocks);
    expect(more.transitions - run.transitions).toBe(3 * poll!.steps.transitions);
    expect(more.events - run.events).toBe(3 * poll!.steps.events);
  });
});

test('is exact for DAGs without branches, whatever their shape', async () => {
  await fc.assert(
    fc.asyncProperty(shapes(12), async (shape) => {
      const machine = JSON.parse(compileModel(modelOf(dagOf(shape))).files.get('step_function.json') as string);
      expect(await sizeOfRun(machine)).toEqual({ status: 'SUCCEEDED', ...figuresOf(machine).run });
    }),
    { numRuns: 60, seed: 7 },
  );
});

/** Runs of the cases in which nothing fails, of machines without a loop: those are said to take no more than the figures. */
const cases = readdirSync(new URL('test/cases/', root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
const runs = cases.flatMap(({ name }) => {
  const folder = `test/cases/${name}/runs/`;
  const { run, loops } = figuresOf(read(`test/cases/${name}/step_function.json`));
  const files = existsSync(new URL(folder, root)) ? readdirSync(new URL(folder, root)) : [];
  if (loops.length > 0) return [];
  return files.flatMap((file) => {
    const { mocks = {}, input = {}, samples, ends, goes } = readJson(`${folder}${file}`) as unknown as CaseRun;
    const fails = JSON.stringify(mocks).includes('"Throw"') || (goes as { status?: Json }).status !== 'SUCCEEDED';
    // Samples are what a compiled DAG's manifest has; only the machine is read here.
    return fails || ends.failed !== undefined || samples ? [] : [{ name, file, mocks: mocks as object, input, run }];
  });
});

test('there are such runs', () => {
  expect(runs.length).toBeGreaterThan(80);
});

test.each(runs)(
  '$name is never more than was said, where nothing fails: $file',
  async ({ name, mocks, input, run }) => {
    const taken = await sizeOfRun(read(`test/cases/${name}/step_function.json`), mocks, input);
    expect(taken.status).toBe('SUCCEEDED');
    expect(taken.transitions).toBeLessThanOrEqual(run.transitions);
    expect(taken.events).toBeLessThanOrEqual(run.events);
  },
);
