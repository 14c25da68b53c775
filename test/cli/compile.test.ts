import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sized, testOfAll } from '../sized.ts';

/** The command as a user runs it, on what `npm run build` made, in a project of its own. */
const root = fileURLToPath(new URL('../..', import.meta.url));
let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'dagwright-test-'));
  for (const part of ['dags', 'sql', 'spark']) cpSync(join(root, part), join(project, part), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true }));

function dagwright(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'bin/dagwright.js'), ...args],
      { cwd: project, env: { ...process.env, NO_COLOR: '1' } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
      },
    );
  });
}
const change = (file: string, from: string, to: string) => {
  const text = readFileSync(join(project, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(project, file), text.replace(from, to));
};

test('writes the files of dist/, and touches none of them again', async () => {
  const first = await dagwright('compile');
  expect([first.code, first.err]).toEqual([0, '']);
  expect(readdirSync(join(project, 'dist/datalake')).sort()).toEqual([
    'README.md',
    'cleanup.json',
    'cleanup_policy.json',
    'manifest.json',
    'policy.json',
    'step_function.json',
  ]);
  const second = await dagwright('compile');
  expect([second.code, second.out]).toEqual([0, 'dist/datalake is unchanged\n']);
});

test('--check passes on what was compiled, and writes nothing where it was not', async () => {
  const before = await dagwright('compile', '--check');
  expect(before.code).toBe(1);
  expect(existsSync(join(project, 'dist'))).toBe(false);
  await dagwright('compile');
  expect((await dagwright('compile', '--check')).code).toBe(0);
});

test('--check says which file differs after a change of one line', async () => {
  await dagwright('compile');
  change('dags/datalake.ts', "retryDelay: '1m'", "retryDelay: '2m'");
  const { code, err } = await dagwright('compile', '--check');
  expect(code).toBe(1);
  expect(err).toContain(
    'DAG027  Not what the DAGs say: dist/datalake/step_function.json (changed), dist/datalake/manifest.json (changed).',
  );
});

test('--check sees a script that changed, a file that is left over and a DAG that is no more', async () => {
  await dagwright('compile');
  writeFileSync(join(project, 'spark/report.py'), '# other\n');
  writeFileSync(join(project, 'dist/datalake/notes.txt'), 'mine\n');
  mkdirSync(join(project, 'dist/old'));
  writeFileSync(join(project, 'dist/old/manifest.json'), '{}\n');
  const { err } = await dagwright('compile', '--check');
  for (const wrong of [
    'step_function.json (changed)',
    'manifest.json (changed)',
    'notes.txt (left over)',
    'dist/old (left over)',
  ])
    expect(err).toContain(wrong);
});

test('a fault leaves dist/ as it was', async () => {
  await dagwright('compile');
  const before = readFileSync(join(project, 'dist/datalake/step_function.json'), 'utf8');
  change('dags/datalake.ts', '.after(...silver)', '.after(...silver).before(cluster)');
  const { code, err } = await dagwright('compile');
  expect(code).toBe(1);
  expect(err).toMatch(/DAG001 {2}Tasks wait for each other in a circle/);
  expect(err).toContain('at dags/datalake.ts:');
  expect(readFileSync(join(project, 'dist/datalake/step_function.json'), 'utf8')).toBe(before);
});

test('a name that no DAG has is refused, with the ones that there are', async () => {
  const { code, err } = await dagwright('compile', 'datalak');
  expect(code).toBe(1);
  expect(err).toContain('Did you mean "datalake"?');
});

test('wrong usage ends with 2, help with 0', async () => {
  expect((await dagwright('compile', '--chek')).code).toBe(2);
  expect((await dagwright('complie')).code).toBe(2);
  expect((await dagwright('compile', '--help')).code).toBe(0);
});

test('a file that throws, one that does not parse and one without a DAG stop no other, wherever they are', async () => {
  const say = (Message: string) =>
    `aws({ service: 'sns', action: 'publish', parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message: '${Message}' } })`;
  const files = {
    'lib/topic.ts': `import { aws } from 'dagwright/tasks';\nexport const say = ${say('x')};\n`,
    'team/good.ts': `import { Dag } from 'dagwright';\nimport { say } from '../lib/topic.ts';\nconst dag = new Dag('good');\ndag.task('a', say);\nexport default dag;\n`,
    'team/late.ts': `import { Dag } from 'dagwright';\nimport { athena } from 'dagwright/tasks';\nconst dag = new Dag('late');\ndag.task('q', athena.query({ sql: 'SELECT 1', database: 'd', results: '/x' }));\nexport default dag;\n`,
    'team/throws.ts': `import 'dagwright';\nthrow new Error('not today');\n`,
    'syntax.ts': 'export const x = (;\n',
    'lonely.ts': 'export const x = 1;\n',
    'node_modules/a.ts': 'throw new Error();\n',
    '.drafts/b.ts': 'throw new Error();\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, 'dags', path, '..'), { recursive: true });
    writeFileSync(join(project, 'dags', path), text);
  }
  mkdirSync(join(project, 'dist/late'), { recursive: true });
  writeFileSync(join(project, 'dist/late/manifest.json'), '{}');
  const { code, err } = await dagwright('compile');
  expect(code).toBe(1);
  expect(readdirSync(join(project, 'dist')).sort()).toEqual(['datalake', 'good', 'late']);
  const told = [...err.matchAll(/(?:^error (\w+) .*\n)?^ {2}at (\S+)$/gm)].map(([, of, at]) => `${of} ${at}`);
  expect(told).toEqual([
    'DAG023 dags/lonely.ts:1:1',
    'DAG021 dags/syntax.ts:1:19',
    'DAG006 dags/team/late.ts:4:22',
    'DAG022 dags/team/throws.ts:2:7',
  ]);
  expect(err).toContain('dags/lonely.ts: 1 error\n');
  const json = await dagwright('compile', '--json');
  expect(json.code).toBe(1);
  const { compiled, diagnostics } = JSON.parse(json.out);
  expect(compiled).toEqual(['datalake', 'good']);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ code: 'DAG006', file: 'dags/team/late.ts', line: 4, column: 22 }),
  );
});

test('a folder of DAG files that is misspelt is said, with the one that is there', async () => {
  const { code, err } = await dagwright('compile', '--dags', 'dgas');
  expect(code).toBe(1);
  expect(err).toContain('DAG106  The folder of the DAG files, dgas, is not there.');
  expect(err).toContain('Did you mean "dags"?');
});

test('what a DAG file does to the process stops no other file, and standard output is the command’s', async () => {
  const made = (id: string, line: string) =>
    `import { Dag } from 'dagwright';\nimport { aws } from 'dagwright/tasks';\n${line}\nconst dag = new Dag('${id}');\ndag.task('a', aws({ service: 's3', action: 'listBuckets', parameters: {} }));\nexport default dag;\n`;
  const lines = {
    exits: 'process.exit(0);',
    waits: 'await new Promise(() => {});',
    rejects: "Promise.reject(new Error('later'));",
    late: "setTimeout(() => { throw new Error('in a timer'); }, 1);",
    repeats: 'setInterval(() => undefined, 50);',
    prints: "console.log('for whoever looks'); process.exitCode = 7;",
    moves: "process.chdir('/');",
  };
  for (const [id, line] of Object.entries(lines)) writeFileSync(join(project, 'dags', `${id}.ts`), made(id, line));
  const { code, out, err } = await dagwright('compile', '--json');
  expect(code).toBe(1);
  expect(err).toBe('for whoever looks\n');
  const { compiled, diagnostics } = JSON.parse(out);
  expect(compiled).toEqual(['datalake', 'late', 'moves', 'prints', 'repeats']);
  expect(readdirSync(join(project, 'dist')).sort()).toEqual(compiled);
  expect(
    diagnostics.map(({ code, file, line, column }: Record<string, unknown>) => `${code} ${file}:${line}:${column}`),
  ).toEqual(['DAG140 dags/exits.ts:3:9', 'DAG022 dags/rejects.ts:3:16', 'DAG141 dags/waits.ts:1:1']);
});

const dagFile = (id: string, before = '') =>
  `import { Dag } from 'dagwright';\nimport { aws } from 'dagwright/tasks';\n${before}\nconst dag = new Dag('${id}');\ndag.task('a', aws({ service: 's3', action: 'listBuckets', parameters: {} }));\nexport default dag;\n`;

const ENDLESS: readonly (readonly [what: string, line: string])[] = [
  ['a loop', 'for (;;);'],
  ['a loop in a function that awaits nothing', 'const f = async () => { for (;;); }; void f();'],
  ['a timer and a wait', 'setInterval(() => undefined, 10); await new Promise(() => {});'],
];
test.each(ENDLESS.slice(0, sized(1, ENDLESS.length)))(
  'a file that never ends is stopped, and stops no other: %s',
  async (_, line) => {
    writeFileSync(join(project, 'dags/endless.ts'), dagFile('endless', line));
    const { code, err } = await dagwright('compile', '--import-timeout', '2');
    expect(code).toBe(1);
    expect(err).toContain('DAG145  dags/endless.ts ran for more than 2 s, and was stopped.');
    expect(readdirSync(join(project, 'dist'))).toEqual(['datalake']);
  },
);

test('a timeout that is none is refused', async () => {
  for (const given of ['0', '-1', 'soon', '1e12']) {
    const { code, err } = await dagwright('compile', '--import-timeout', given);
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      `error: option '--import-timeout <seconds>' argument '${given}' is invalid. It is a number of seconds above 0.`,
    ]);
  }
});

test('one DAG by its id runs the files that have it, and tells another one of that id', async () => {
  writeFileSync(join(project, 'dags/one.ts'), dagFile('one'));
  writeFileSync(join(project, 'dags/broken.ts'), "throw new Error('not today');\n");
  writeFileSync(join(project, 'dags/made.ts'), dagFile('x').replace("'x'", "['ma', 'de'].join('')"));
  const one = await dagwright('compile', 'one');
  expect([one.code, one.err, readdirSync(join(project, 'dist'))]).toEqual([0, '', ['one']]);
  // Nobody sees this id in the source: all files are run.
  const made = await dagwright('compile', 'made');
  expect([made.code, made.err, readdirSync(join(project, 'dist'))]).toEqual([0, '', ['made', 'one']]);
  // Any file at fault may have one that is not found.
  const none = await dagwright('compile', 'none');
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('DAG022  dags/broken.ts threw while it ran')]);
  writeFileSync(join(project, 'dags/two.ts'), dagFile('one'));
  const twice = await dagwright('compile', 'one');
  expect(twice.err).toContain('DAG008  The DAG "one" is also defined in dags/one.ts.');
});

testOfAll('--watch compiles at each change what it concerns, a fault included', async () => {
  writeFileSync(join(project, 'dags/one.ts'), dagFile('one'));
  const child = spawn(process.execPath, [join(root, 'bin/dagwright.js'), 'compile', '--watch'], {
    cwd: project,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const said = async (text: string) => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(output);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const all = output;
    output = '';
    return all;
  };
  try {
    await said('wrote dist/one/step_function.json');
    writeFileSync(join(project, 'dags/two.ts'), dagFile('two'));
    expect(await said('wrote dist/two/README.md')).not.toContain('dist/datalake');
    writeFileSync(join(project, 'dags/one.ts'), 'export const x = (;\n');
    await said('DAG021');
    writeFileSync(join(project, 'dags/one.ts'), dagFile('one').replace('listBuckets', 'listDirectoryBuckets'));
    expect(await said('wrote dist/one/step_function.json')).not.toMatch(/DAG021|dist\/(?:datalake|two)/);
    // As editors and `sed -i` save: a new file in the old one's place, time after time.
    for (const action of ['listBuckets', 'listDirectoryBuckets', 'listBuckets']) {
      writeFileSync(join(project, 'saved.tmp'), dagFile('one').replace('listBuckets', action));
      renameSync(join(project, 'saved.tmp'), join(project, 'dags/one.ts'));
      expect(await said('wrote dist/one/step_function.json')).not.toContain('dist/two');
      const machine = readFileSync(join(project, 'dist/one/step_function.json'), 'utf8');
      expect(machine).toContain(`"arn:aws:states:::aws-sdk:s3:${action}"`);
    }
    // What is at fault is not reported again because of a file that no DAG reads.
    writeFileSync(join(project, 'dags/one.ts'), 'export const x = (;\n');
    await said('DAG021');
    for (const text of ['a', 'b']) {
      writeFileSync(join(project, `${text}.log`), text);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    writeFileSync(join(project, 'dags/two.ts'), dagFile('two').replace('listBuckets', 'listDirectoryBuckets'));
    expect((await said('wrote dist/two/step_function.json')).match(/DAG021/g)).toHaveLength(1);
    writeFileSync(join(project, 'dags/one.ts'), dagFile('one').replace('listBuckets', 'listDirectoryBuckets'));
    await said('wrote dist/one/step_function.json');
    rmSync(join(project, 'dags/two.ts'));
    await said('removed dist/two');
  } finally {
    child.kill();
  }
});
