import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Visits } from '../../asl/history/visits.ts';
import { createVirtualClock, interpret, type StateMachine } from '../../asl/index.ts';
import type { Json } from '../../asl/json/value.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { endStates } from '../../report/end-states.ts';
import { testOfAll } from '../sized.ts';

/** Every example of docs/airflow.md type-checks, compiles without a word, and runs as the page says. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.dagwright/airflow-examples');
const page = readFileSync(join(root, 'docs/airflow.md'), 'utf8');
const blocks = [...page.matchAll(/```ts\n(.*?)\n```/gs)].map(([, text]) => text as string);
const first = blocks[0] as string;
const EXPORT = /^export default \w+;$/m;
const examples = blocks.map((text, i) => ({
  i,
  text,
  name: `${i + 1}: ${text.split('\n').find((line) => /^(const|dag)/.test(line))}`,
}));

/** The first example is a whole file, and the others go on from it. */
function sourceOf(text: string): string {
  if (text === first) return text;
  const [, exported = 'export default dag;'] = /^(export default \w+;)$/m.exec(text) ?? [];
  return [first.replace(EXPORT, ''), text.replace(EXPORT, ''), exported].join('\n');
}

interface Run {
  readonly line: string;
  readonly params: Json;
  /** By task: the error that it raises. */
  readonly raises: ReadonlyMap<string, string>;
  readonly status: string;
  readonly states: { readonly [task: string]: string };
}

const RUN = /^\/\/ Run(?: with (\{.*?\}))?(?: where ([\w., ]+?) (fails?|raises? (\w+)))?: (\w+); (.*)$/;

function runsOf(text: string): Run[] {
  const lines = text.split('\n').filter((line) => line.startsWith('// Run'));
  return lines.map((line) => {
    const [, params = '{}', failing = '', , error = 'Boom', status = '', states = ''] = RUN.exec(line) ?? [];
    return {
      line,
      params: JSON.parse(params) as Json,
      raises: new Map(
        failing
          .split(', ')
          .filter(Boolean)
          .map((task) => [task, error]),
      ),
      status,
      states: Object.fromEntries(states.split(', ').map((one) => one.split(' '))) as Run['states'],
    };
  });
}

async function runOf(files: ReadonlyMap<string, string | Uint8Array>, { params, raises }: Run) {
  const machine = JSON.parse(files.get('step_function.json') as string) as StateMachine;
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest;
  const samples = Object.assign({}, ...manifest.tasks.map((task) => task.samples ?? {})) as { [state: string]: Json };
  const visits = new Visits();
  const { status, stoppedAt } = await interpret(machine, {
    input: { params },
    clock: createVirtualClock(0),
    random: () => 0.5,
    onEvent: (event) => visits.add(event),
    tasks: ({ state }) => {
      const error = raises.get(state.split(': ')[0] as string);
      return error === undefined ? { result: samples[state] ?? {} } : { error };
    },
  });
  const ends = endStates({ manifest, visits: visits.all, status, stoppedAt });
  return { status, states: Object.fromEntries(ends.map(({ task, state }) => [task, state])) };
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const { i, text } of examples) {
    mkdirSync(join(folder, String(i)), { recursive: true });
    writeFileSync(join(folder, String(i), 'dag.ts'), sourceOf(text));
  }
  const config = { extends: '../../tsconfig.json', include: ['**/*.ts'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testOfAll('all examples type-check', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('');
});

describe.each(examples)('$name', ({ i, text }) => {
  const runs = runsOf(text);

  test('compiles, and runs as it says', async () => {
    const { compiled, warnings, faults } = await compileFolder(join(folder, String(i)), root);
    // Beside a DAG of the example's own stands the one that the page begins with.
    const told = warnings.filter(({ code }) => code !== 'DAG143' || !text.includes('new Dag('));
    expect([...told, ...faults]).toEqual([]);
    expect(runs.length).toBeGreaterThan(0);
    const files = compiled[0]!.files;
    for (const run of runs) {
      const { status, states } = await runOf(files, run);
      const said = Object.keys(run.states);
      expect({ line: run.line, status, ...Object.fromEntries(said.map((task) => [task, states[task]])) }).toEqual({
        line: run.line,
        status: run.status,
        ...run.states,
      });
    }
  });
});

/** What the second column names must show in an example, where it is supported or different. */
const named = page
  .split('\n')
  .filter((line) => /^\|.*\| (supported|different) \|/.test(line))
  .flatMap((line) => [...(line.split('|')[2] as string).matchAll(/`([^`]+)`/g)].map(([, name]) => name as string))
  .filter((name) => !name.startsWith('dagwright '));

test.each([...new Set(named)])('%s is in an example', (name) => {
  const code = blocks.join('\n');
  const [, field] = /^\w+Spec\.(\w+)$/.exec(name) ?? [];
  const [, method] = /^(?:dag|task)\.(\w+)/.exec(name) ?? [];
  if (field !== undefined) expect(code).toMatch(new RegExp(`\\b${field}\\b`));
  else if (method !== undefined) expect(code).toMatch(new RegExp(`\\.${method}\\b`));
  else expect(code).toContain(name.replace(/\(.*$/, name.startsWith("'") ? '' : '('));
});
