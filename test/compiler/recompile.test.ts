import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FolderCompiler } from '../../compiler/compile-folder.ts';

let root: string;
let compiler: FolderCompiler;
const dagOf = (id: string, name = `'${id}'`, imports = '') => `import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';
${imports}
const dag = new Dag('${id}');
dag.task('say', aws({ service: 'sqs', action: 'sendMessage', parameters: { QueueUrl: 'https://q', MessageBody: ${name} } }));
export default dag;`;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-recompile-')));
  for (const folder of ['dags/shared', 'sql', 'spark']) mkdirSync(join(root, folder), { recursive: true });
  compiler = new FolderCompiler(join(root, 'dags'), root);
  write('dags/one.ts', dagOf('one'));
  write('dags/two.ts', dagOf('two', 'greeting', "import { greeting } from './shared/words.ts';"));
  write(
    'dags/three.ts',
    dagOf('three', 'greeting', "export { greeting } from './shared/words.ts'; const greeting = 3 + '';"),
  );
  write('dags/shared/words.ts', "export const greeting: string = 'hello';");
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(root, path), text);

/** The DAGs that there are, those that were compiled anew, and the codes of what is wrong, after files have changed. */
async function after(...changed: string[]) {
  compiler.forget(new Set(changed.map((path) => join(root, path))));
  const { compiled, recompiled, faults, warnings } = await compiler.compile();
  return {
    all: compiled.map(({ dag }) => dag).join(' '),
    anew: recompiled.map(({ dag }) => dag).join(' '),
    codes: [...faults, ...warnings].map(({ code }) => code),
    bodyOf: (id: string) => compiled.find(({ dag }) => dag === id)?.files.get('step_function.json'),
  };
}

test('a file that changed is compiled anew, and no other', async () => {
  expect(await after()).toMatchObject({ all: 'one three two', anew: 'one three two', codes: [] });
  expect(await after()).toMatchObject({ all: 'one three two', anew: '' });
  write('dags/one.ts', dagOf('one', "'changed'"));
  const changed = await after('dags/one.ts');
  expect(changed).toMatchObject({ all: 'one three two', anew: 'one', codes: [] });
  expect(changed.bodyOf('one')).toContain('changed');
});

test('a helper that changed compiles those that import it, by whichever way', async () => {
  await after();
  write('dags/shared/words.ts', "export const greeting: string = 'good day';");
  const changed = await after('dags/shared/words.ts');
  expect(changed).toMatchObject({ all: 'one three two', anew: 'three two' });
  expect(changed.bodyOf('two')).toContain('good day');
});

test('files that are new, gone or have another name', async () => {
  await after();
  write('dags/four.ts', dagOf('four'));
  expect(await after('dags/four.ts')).toMatchObject({ all: 'four one three two', anew: 'four' });
  rmSync(join(root, 'dags/one.ts'));
  expect(await after('dags/one.ts')).toMatchObject({ all: 'four three two', anew: '' });
  renameSync(join(root, 'dags/four.ts'), join(root, 'dags/five.ts'));
  expect(await after('dags/four.ts', 'dags/five.ts')).toMatchObject({ all: 'four three two', anew: 'four' });
});

test('an error in the syntax, and back', async () => {
  await after();
  write('dags/one.ts', 'export const x = (;');
  expect(await after('dags/one.ts')).toMatchObject({ all: 'three two', anew: '', codes: ['DAG021'] });
  write('dags/shared/words.ts', 'export const greeting: string = (;');
  const { all, codes } = await after('dags/shared/words.ts');
  expect([all, new Set(codes)]).toEqual(['', new Set(['DAG021'])]);
  write('dags/one.ts', dagOf('one'));
  write('dags/shared/words.ts', "export const greeting: string = 'hello';");
  expect(await after('dags/one.ts', 'dags/shared/words.ts')).toMatchObject({ all: 'one three two', codes: [] });
});

test('a helper that was missing and is there again', async () => {
  await after();
  renameSync(join(root, 'dags/shared/words.ts'), join(root, 'dags/shared/other.ts'));
  expect(await after('dags/shared/words.ts', 'dags/shared/other.ts')).toMatchObject({ all: 'one', anew: '' });
  renameSync(join(root, 'dags/shared/other.ts'), join(root, 'dags/shared/words.ts'));
  expect(await after('dags/shared/words.ts', 'dags/shared/other.ts')).toMatchObject({
    all: 'one three two',
    anew: 'three two',
    codes: [],
  });
});

test('an id that two files have is a fault as long as both have it', async () => {
  await after();
  write('dags/four.ts', dagOf('one'));
  expect((await after('dags/four.ts')).codes).toEqual(['DAG008']);
  write('dags/four.ts', dagOf('four'));
  expect(await after('dags/four.ts')).toMatchObject({ all: 'four one three two', codes: [] });
});

test('SQL files of a folder that is read, scripts that are uploaded, and what a file reads by itself', async () => {
  write('sql/a.sql', 'SELECT 1');
  write('spark/job.py', '# one');
  write('data.json', '{"name":"x"}');
  write(
    'dags/reads_sql.ts',
    dagOf(
      'reads_sql',
      "sqlFiles('sql').map(({ sql }) => sql).join(' ')",
      "import { sqlFiles } from 'dagwright/tasks';",
    ),
  );
  write(
    'dags/runs_script.ts',
    `import { Dag, env } from 'dagwright';
import { emr } from 'dagwright/tasks';
const dag = new Dag('runs_script', { env: { bucket: env.bucket(), id: env.string() } });
dag.task('spark', emr.spark({ cluster: dag.env.id, script: 'spark/job.py' }));
export default dag;`,
  );
  write(
    'dags/reads_itself.ts',
    dagOf(
      'reads_itself',
      `readFileSync(${JSON.stringify(join(root, 'data.json'))}, 'utf8')`,
      "import { readFileSync } from 'node:fs';",
    ),
  );
  expect((await after()).codes).toEqual([]);
  write('sql/b.sql', 'SELECT 2');
  const more = await after('sql/b.sql');
  expect(more.anew).toBe('reads_sql');
  expect(more.bodyOf('reads_sql')).toContain('SELECT 1 SELECT 2');
  write('spark/job.py', '# two');
  expect((await after('spark/job.py')).anew).toBe('runs_script');
  write('data.json', '{"name":"y"}');
  expect((await after('data.json')).anew).toBe('reads_itself');
});

test('the files of a function are parts of the DAG', async () => {
  mkdirSync(join(root, 'functions'));
  write(
    'dags/one.ts',
    `import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';
const dag = new Dag('one');
dag.task('ts', lambda.typescript(() => import('../functions/f.ts'), { handler: 'f' }));
dag.task('py', lambda.python('functions/f.py', { handler: 'f' }));
export default dag;`,
  );
  write('functions/f.ts', "import { g } from './g.ts';\nexport const f = async () => g;");
  write('functions/g.ts', 'export const g = 1;');
  write('functions/f.py', 'import h\n\n\ndef f(event):\n    return h.x\n');
  write('functions/h.py', 'x = 1\n');
  expect(await after()).toMatchObject({ all: 'one three two', codes: [] });
  for (const [path, text] of [
    ['functions/g.ts', 'export const g = 2;'],
    ['functions/h.py', 'x = 2\n'],
  ] as const) {
    write(path, text);
    expect(compiler.forget(new Set([join(root, path)]))).toBe(true);
    expect(await after()).toMatchObject({ all: 'one three two', anew: 'one', codes: [] });
  }
  write('functions/g.ts', 'export const other = 2;');
  expect(await after('functions/g.ts')).toMatchObject({ all: 'three two', codes: ['DAG168'] });
  write('functions/g.ts', 'export const g = 3;');
  expect(await after('functions/g.ts')).toMatchObject({ all: 'one three two', anew: 'one', codes: [] });
});
