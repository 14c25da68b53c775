import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadDags } from '../../compiler/1-load/load.ts';
import { checkGraph } from '../../compiler/2-graph/check-graph.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { printPlan } from '../../compiler/4-plan/tree.ts';
import { decideOutcomes } from '../../compiler/5-outcomes/decide-outcomes.ts';
import { printOutcomes } from '../../compiler/5-outcomes/print.ts';
import { compileModel } from '../../compiler/compile.ts';
import { simulate } from '../../simulate/simulate.ts';

/**
 * A folder a case: `dag.ts`, and what each phase makes of it. `runs/<scenario>.json` holds a run's input and mocks, and how it goes.
 * UPDATE=1 writes what is expected anew.
 */
const here = dirname(fileURLToPath(import.meta.url));
const cases = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Run {
  readonly input?: never;
  readonly mocks?: never;
  readonly goes?: unknown;
}

describe.each(cases)('%s', (name) => {
  const folder = join(here, name);

  test('compiles to what is expected of each phase', async () => {
    const {
      loaded: [loaded],
    } = await loadDags(folder, join(here, '../..'));
    const model = loaded!.model;
    const { graph } = checkGraph(model);
    const plan = planGraph(graph);
    expectFile(join(folder, 'plan.txt'), printPlan(plan));
    expectFile(join(folder, 'outcomes.txt'), printOutcomes(decideOutcomes(graph, plan.tree)));
    expectFile(join(folder, 'step_function.json'), compileModel(model).files.get('step_function.json') as string);
  });

  const runs = existsSync(join(folder, 'runs')) ? readdirSync(join(folder, 'runs')) : [];
  test.each(runs)('run %s', async (file) => {
    const path = join(folder, 'runs', file);
    const { goes: _, ...given } = JSON.parse(readFileSync(path, 'utf8')) as Run;
    const machine: unknown = JSON.parse(readFileSync(join(folder, 'step_function.json'), 'utf8'));
    const { status, error, cause, seconds, events } = await simulate(machine, given);
    const entered = events.filter(({ type }) => type.endsWith('StateEntered')).map((event) => event.name);
    const tasks = events.flatMap((event) =>
      'taskScheduledEventDetails' in event ? [event.taskScheduledEventDetails as { parameters: string }] : [],
    );
    const goes = {
      status,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      seconds,
      entered,
      arguments: tasks.map(({ parameters }) => JSON.parse(parameters)),
    };
    expectFile(path, `${JSON.stringify({ ...given, goes }, undefined, 2)}\n`);
  });
});

function expectFile(path: string, text: string): void {
  if (process.env.UPDATE) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
