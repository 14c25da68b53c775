import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, env } from '../../authoring/index.ts';
import { MODEL } from '../../authoring/internal.ts';
import { loadDags } from '../../compiler/1-load/load.ts';
import { planGraph } from '../../compiler/4-plan/plan-graph.ts';
import { decideOutcomes } from '../../compiler/5-outcomes/decide-outcomes.ts';
import { emitMachine } from '../../compiler/6-emit/emit-machine.ts';
import { jsonText } from '../../compiler/6-emit/json-text.ts';
import { readGraph } from '../../compiler/9-files/read-graph.ts';
import { type Compiled, compileModel } from '../../compiler/compile.ts';
import { assetKeys, type Manifest } from '../../manifest/manifest.ts';
import { readValue, writeValue } from '../../manifest/written-value.ts';
import { dagOf, stories } from '../oracle/stories.ts';
import { sized } from '../sized.ts';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The machine that the manifest's graph makes, byte for byte the one that was compiled. */
function expectRoundTrip({ files }: Compiled): void {
  const manifest = JSON.parse(files.get('manifest.json') as string) as Manifest & Required<Pick<Manifest, 'graph'>>;
  const graph = readGraph(manifest);
  const plan = planGraph(graph);
  const keys = assetKeys(manifest);
  const machine = emitMachine(graph, decideOutcomes(graph, plan.tree), (path) => keys.get(path) as string);
  expect(jsonText(machine.definition)).toBe(files.get('step_function.json'));
}

test('the reference DAG', async () => {
  const {
    loaded: [loaded],
  } = await loadDags(join(project, 'dags'), project);
  expectRoundTrip(compileModel(loaded!.model));
});

const cases = readdirSync(join(project, 'test/cases'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
test.each(cases.map(({ name }) => name))('the case %s', async (name) => {
  const {
    loaded: [loaded],
  } = await loadDags(join(project, 'test/cases', name), project);
  expectRoundTrip(compileModel(loaded!.model));
});

test('any DAG', () => {
  fc.assert(
    fc.property(stories(9), fc.boolean(), (story, failFast) =>
      expectRoundTrip(compileModel(dagOf({ ...story, failFast })[MODEL]() as never)),
    ),
    { numRuns: sized(40, 200) },
  );
});

test('any JSON, whatever its keys and texts look like', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('$ref', '$text', '$jsonata', '$object', '$', 'plain'), (value, key) => {
      const given = { [key]: value, inner: [{ [key]: value }] };
      expect(readValue(JSON.parse(JSON.stringify(writeValue(given))))).toEqual(JSON.parse(JSON.stringify(given)));
    }),
  );
});

test('a reference in a text stands where it stood', () => {
  const { lake } = new Dag('d', { env: { lake: env.bucket() } }).env;
  expect(writeValue({ path: `s3://${lake}/gold/`, lake })).toEqual({
    path: { $text: ['s3://', ['env', 'lake'], '/gold/'] },
    lake: { $ref: ['env', 'lake'] },
  });
});
