import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, test } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';

let root: string;
const dagOf = (id: string) => `import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
const dag = new Dag('${id}');
dag.task('list', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
export default dag;`;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-files-')));
  mkdirSync(join(root, 'dags'));
  write('dags/own.ts', dagOf('own'));
});

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}

async function told() {
  const { compiled, warnings, faults } = await compileFolder(join(root, 'dags'), root);
  const messages = [...warnings, ...faults].map(({ code, message }) => [code, message.replace(/\S*\/(?=dags\/)/g, '')]);
  return { ids: compiled.map(({ dag }) => dag), messages };
}

test('links to files and folders are followed, each file once, and never in a circle', async () => {
  mkdirSync(join(root, 'elsewhere'));
  write('elsewhere/inside.ts', dagOf('inside'));
  write('single.ts', dagOf('single'));
  symlinkSync('../elsewhere', join(root, 'dags/folder'));
  symlinkSync('../elsewhere', join(root, 'dags/again'));
  symlinkSync('../single.ts', join(root, 'dags/single.ts'));
  symlinkSync('own.ts', join(root, 'dags/alias.ts'));
  symlinkSync('.', join(root, 'dags/circle'));
  expect(await told()).toEqual({ ids: ['inside', 'own', 'single'], messages: [] });
});

test('two DAGs of one file with one id are told as such', async () => {
  write('dags/twice.ts', `import { Dag } from 'dagwright'; export default ['x', 'x'].map((id) => new Dag(id));`);
  const { messages } = await told();
  expect(messages).toContainEqual(['DAG008', 'The DAG "x" is also defined in dags/twice.ts.']);
});

test('a link that leads nowhere is told', async () => {
  symlinkSync('../nowhere.ts', join(root, 'dags/lost.ts'));
  expect(await told()).toEqual({ ids: ['own'], messages: [['DAG163', 'dags/lost.ts is a link that leads nowhere.']] });
});

test("Airflow's Python and an extension in capitals are told; other Python is a job's", async () => {
  write('dags/old.py', 'from airflow import DAG\n');
  write('dags/job.py', 'import pyspark\n');
  write('dags/UPPER.TS', dagOf('upper'));
  expect((await told()).messages).toEqual([
    ['DAG142', 'dags/UPPER.TS is no TypeScript and is passed over.'],
    ['DAG142', 'dags/old.py is no TypeScript and is passed over.'],
  ]);
});

/** A folder of helpers, each of which reads a text that lies beside it, in one of the ways of Node. */
const READERS: { readonly [file: string]: string } = {
  'url.ts': "export const read = readFileSync(new URL('./name.txt', import.meta.url), 'utf8');",
  'dirname.ts': "export const read = readFileSync(join(import.meta.dirname, 'name.txt'), 'utf8');",
  'filename.ts': "export const read = readFileSync(join(dirname(import.meta.filename), 'name.txt'), 'utf8');",
  'common.ts': "export const read = readFileSync(join(__dirname, 'name.txt'), 'utf8');",
  'own-name.ts': `const __dirname = dirname(fileURLToPath(import.meta.url));
export const read = readFileSync(join(__dirname, 'name.txt'), 'utf8');`,
  'own-dirname.ts': `const __dirname = import.meta.dirname;
export const read = readFileSync(join(__dirname, 'name.txt'), 'utf8');`,
  'resolve.ts': "export const read = readFileSync(fileURLToPath(import.meta.resolve('./name.txt')), 'utf8');",
  'resolve.mjs': "export const read = readFileSync(new URL(import.meta.resolve('../shared/name.txt')), 'utf8');",
  'taken-apart.ts': `const { url, ...meta } = import.meta;
export const read = readFileSync(new URL('./name.txt', url), 'utf8').slice(0, meta.dirname.length);`,
  'plain.mjs': "export const read = readFileSync(new URL('./name.txt', import.meta.url), 'utf8');",
  'for-the-shell.ts': "export const read = readFileSync(new URL('./name.txt', import.meta.url), 'utf8');",
};

test.each(
  Object.keys(READERS).flatMap((name) => [
    [name, ''],
    [name, 'await Promise.resolve();'],
  ]),
)('a module finds what lies beside it: %s %s', async (name, wait) => {
  mkdirSync(join(root, 'shared'));
  write('shared/name.txt', 'found');
  const shell = name === 'for-the-shell.ts' ? '#!/usr/bin/env -S npx tsx\n' : '';
  write(
    `shared/${name}`,
    `${shell}import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
${READERS[name]}
export const used = [dirname, join, fileURLToPath];`,
  );
  write(
    'dags/own.ts',
    `${shell}import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
import { read } from '../shared/${name}';
${wait}
const dag = new Dag(read);
dag.task(import.meta.url.endsWith('/dags/own.ts') ? 'list' : 'wrong', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
export default dag;`,
  );
  const { compiled, faults } = await compileFolder(join(root, 'dags'), root);
  expect(faults).toEqual([]);
  expect(compiled.map(({ dag, files }) => [dag, JSON.parse(files.get('step_function.json')!).StartAt])).toEqual([
    ['found', 'list'],
  ]);
});

test.each([
  ["{ defaultArgs: { triggerRule: 'all_done' } }", '{}', []],
  ['{}', "{ triggerRule: 'all_done' }", ['DAG029']],
  ["{ defaultArgs: { triggerRule: 'all_done' } }", "{ triggerRule: 'one_success' }", ['DAG029']],
])('a trigger rule without upstreams: of a DAG with %s, of the task %s', async (dag, task, codes) => {
  write(
    'dags/own.ts',
    `import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
const list = aws({ service: 's3', action: 'listBuckets', parameters: {} });
const dag = new Dag('own', ${dag});
dag.task('first', list, ${task}).before(dag.task('second', list));
export default dag;`,
  );
  expect((await told()).messages.map(([code]) => code)).toEqual(codes);
});

test('import.meta.resolve answers as Node does: Node’s modules, URLs, packages, and an error of its own for what is not there', async () => {
  mkdirSync(join(root, 'node_modules/own-package/lib'), { recursive: true });
  write('node_modules/own-package/package.json', '{ "name": "own-package", "main": "lib/main.js" }');
  write('node_modules/own-package/lib/main.js', '');
  const names = ['fs', 'node:path', 'https://example.org/a.js', './beside.ts', '../up', '/root.js', 'own-package'];
  write(
    'dags/own.ts',
    `import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
const found = ${JSON.stringify(names)}.map((name) => import.meta.resolve(name));
let fails = '';
try { import.meta.resolve('not-installed'); } catch (error) { fails = String((error as { code?: string }).code); }
const dag = new Dag('own');
dag.task('list', aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: 'b', Prefix: JSON.stringify({ found, fails }) } }));
export default dag;`,
  );
  const { compiled, faults } = await compileFolder(join(root, 'dags'), root);
  expect(faults).toEqual([]);
  const { States } = JSON.parse(compiled[0]!.files.get('step_function.json')!.toString());
  const at = pathToFileURL(join(root, 'dags/')).href;
  expect(JSON.parse(States.list.Arguments.Prefix)).toEqual({
    found: [
      'node:fs',
      'node:path',
      'https://example.org/a.js',
      `${at}beside.ts`,
      new URL('../up', at).href,
      'file:///root.js',
      new URL('../node_modules/own-package/lib/main.js', at).href,
    ],
    fails: 'MODULE_NOT_FOUND',
  });
});

test.each([
  ['export default () => 1;', 'a function'],
  ["import { Dag } from 'dagwright'; export default class Sales extends Dag {}", 'a class'],
  ['export default { id: "sales", tasks: [] };', 'an object'],
  ['export default "sales";', '"sales"'],
  ['export default [];', 'an empty list'],
  ['export default Promise.resolve(1);', 'a promise'],
])('what stands in place of a DAG is named: %s', async (source, exported) => {
  write('dags/other.ts', source);
  expect((await told()).messages).toEqual([
    ['DAG023', `dags/other.ts exports no DAG: its default export is ${exported}.`],
  ]);
});
