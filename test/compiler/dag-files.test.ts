import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
