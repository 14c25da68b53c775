import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type LoadedFolder, loadDags } from '../../compiler/1-load/load.ts';
import type { LoadedDag } from '../../compiler/1-load/load-file.ts';
import { lowerDag } from '../../compiler/2-lower/lower.ts';
import { checkGraph } from '../../compiler/3-graph/check-graph.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { printPlan } from '../../compiler/4-plan/tree.ts';
import { decideOutcomes } from '../../compiler/5-outcomes/decide-outcomes.ts';
import { printOutcomes } from '../../compiler/5-outcomes/print.ts';
import { type Compiled, compileModel } from '../../compiler/compile.ts';
import type { Manifest, PolicyDocument } from '../../manifest/manifest.ts';
import { type CaseRun, endsIn, endsOf, goesOf, simulated } from '../case-run.ts';
import { airflowEnds } from '../oracle/case-story.ts';

/**
 * A folder a case: `dag.ts`, and what each phase makes of it. `runs/<scenario>.json` holds a run: its input and mocks, what the tasks do,
 * how each of them ends by Airflow's rules, and how the machine goes. UPDATE=1 writes anew what the compiler and the machine say; what the
 * tasks do and how they end is written by hand, and held against the oracle as well.
 */
const here = dirname(fileURLToPath(import.meta.url));
const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

let folder: LoadedFolder;
const loadedIn = new Map<string, LoadedDag>();
const compiledIn = new Map<string, Compiled>();

beforeAll(async () => {
  folder = await loadDags(here, join(here, '../..'));
  for (const loaded of folder.loaded) loadedIn.set(dirname(loaded.file), loaded);
});

test('there are at least a hundred, and nothing is wrong with any', () => {
  expect(folder.faults).toEqual([]);
  expect(folder.warnings).toEqual([]);
  expect([...loadedIn.keys()].sort()).toEqual(cases.map((name) => join(here, name)).sort());
  expect(cases.length).toBeGreaterThanOrEqual(100);
});

describe.each(cases)('%s', (name) => {
  const at = join(here, name);
  const compiled = () => {
    if (!compiledIn.has(at)) compiledIn.set(at, compileModel(loadedIn.get(at)!.model));
    return compiledIn.get(at)!;
  };

  test('compiles to what is expected of each phase', () => {
    const { graph } = checkGraph(lowerDag(loadedIn.get(at)!.model));
    const plan = planGraph(graph);
    expectFile(join(at, 'plan.txt'), printPlan(plan));
    expectFile(join(at, 'outcomes.txt'), printOutcomes(decideOutcomes(graph, plan.tree)));
    expectFile(join(at, 'step_function.json'), compiled().files.get('step_function.json') as string);
    expect(compiled().warnings).toEqual([]);
  });

  const runs = readdirSync(join(at, 'runs'));
  test('has a run in which nothing fails and one in which something does', () => {
    const fails = runs.map((file) => {
      const { ends } = JSON.parse(readFileSync(join(at, 'runs', file), 'utf8')) as CaseRun;
      return ['failed', 'not_run'].some((state) => state in ends);
    });
    expect(new Set(fails)).toEqual(new Set([true, false]));
  });

  test.each(runs)('run %s', async (file) => {
    const path = join(at, 'runs', file);
    const { goes: _, ...run } = JSON.parse(readFileSync(path, 'utf8')) as CaseRun;
    const machine: unknown = JSON.parse(readFileSync(join(at, 'step_function.json'), 'utf8'));
    const manifest = JSON.parse(compiled().files.get('manifest.json') as string) as Manifest;
    const policy = JSON.parse(compiled().files.get('policy.json') as string) as PolicyDocument;
    const simulation = await simulated(machine, manifest, run, policy);
    expectFile(path, `${JSON.stringify({ ...run, goes: goesOf(simulation) }, undefined, 2)}\n`);

    const ends = endsIn(run);
    expect(endsOf(simulation, manifest)).toEqual(ends);
    const airflow = airflowEnds(loadedIn.get(at)!.model, manifest, run, simulation);
    if (airflow !== 'not Airflow’s case') {
      expect(airflow.ends).toEqual(ends);
      expect(airflow.failed).toBe(simulation.status !== 'SUCCEEDED');
    }
  });
});

function expectFile(path: string, text: string): void {
  if (process.env.UPDATE) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
