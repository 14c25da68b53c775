import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testOfAll } from '../sized.ts';

/** A project of its own, with the package as `npm pack` makes it and the README's first DAG. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'dagwright-new-user-'));
const modules = join(project, 'node_modules');
const own = join(modules, 'dagwright');

function run(command: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' },
  });
  return { status, stdout, stderr };
}
const dagwright = (...args: string[]) => run(process.execPath, join(own, 'bin/dagwright.js'), ...args);

/** What only some commands need: a user installs it when one says so. */
const ON_REQUEST = ['@aws-sdk', '@duckdb', '@smithy', 'lmdb', '@lmdb'];

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly entryCount: number;
}

beforeAll(() => {
  const packed = run('npm', 'pack', root, '--ignore-scripts', '--json', '--pack-destination', project);
  const [{ filename, size, entryCount }] = JSON.parse(packed.stdout) as [Packed];
  // Bundles and rolled-up types, and nothing twice.
  expect(size).toBeLessThan(3_000_000);
  expect(entryCount).toBeLessThanOrEqual(150);
  mkdirSync(own, { recursive: true });
  expect(run('tar', '-xzf', filename, '-C', own, '--strip-components', '1').status).toBe(0);
  // What npm would install beside it, and what the tests here need; scopes are folders of packages.
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!ON_REQUEST.includes(name) && !existsSync(join(modules, name)))
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
  writeFileSync(join(project, 'package.json'), '{"name": "mine", "type": "module"}');
  const [, dag] = /```ts\n\/\/ dags\/ratings\.ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  for (const folder of ['dags', 'spark']) mkdirSync(join(project, folder));
  writeFileSync(join(project, 'dags/ratings.ts'), dag as string);
  writeFileSync(join(project, 'spark/clean.py'), 'print("clean")\n');
});
afterAll(() => rmSync(project, { recursive: true }));

describe('a new project', () => {
  test('has what the package exports, and nothing of the repository’s own work', () => {
    const { exports, bin } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as {
      exports: { [path: string]: string | { [condition: string]: string } };
      bin: { [name: string]: string };
    };
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    for (const path of [
      ...targets,
      ...Object.values(bin),
      'README.md',
      'LICENSE',
      'templates/github/dagwright.yml',
      'requirements.txt',
    ])
      expect([path, existsSync(join(own, path))]).toEqual([path, true]);
    for (const path of ['docs', 'test', 'bench', 'dist', 'node_modules', '.dagwright'])
      expect([path, existsSync(join(own, path))]).toEqual([path, false]);
  });

  test('compiles, validates, draws and simulates the README’s first DAG', () => {
    expect(dagwright('compile', 'ratings')).toMatchObject({ status: 0, stderr: '' });
    expect(dagwright('validate', 'dist/ratings/step_function.json')).toMatchObject({ status: 0 });
    expect(dagwright('graph', 'ratings', '--format', 'svg').stdout).toContain('terminate_cluster');
    const crawler = { State: 'READY', LastCrawl: { Status: 'SUCCEEDED', StartTime: '2027-01-01T00:00:00Z' } };
    const mocks = {
      cluster: { '0': { Return: { ClusterId: 'j-1' } } },
      'crawl: get': { '0': { Return: { Crawler: { State: 'READY' } } } },
      'crawl: look': { '0': { Return: { Crawler: crawler } } },
    };
    writeFileSync(join(project, 'mocks.json'), JSON.stringify(mocks));
    const simulated = dagwright('simulate', 'dist/ratings/step_function.json', '--mocks', 'mocks.json');
    expect(simulated).toMatchObject({ status: 0, stdout: expect.stringContaining('SUCCEEDED') });
  });

  test('says what to install where a command needs more than npm installed', () => {
    const missing = (...args: string[]) => {
      const { status, stderr } = dagwright(...args);
      return [status, ...(/CLI006|npm install --save-dev [^\s`]+/g[Symbol.match](stderr) ?? [])];
    };
    expect(missing('serve', '--port', '0')).toEqual([1, 'CLI006', 'npm install --save-dev lmdb@3.5.6']);
    const local = 'local: { env: { lake: b, emrRole: r, emrProfile: r, crawlerRole: r } }';
    const dev = 'environments: { dev: { region: us-east-1, artifacts: my-artifacts } }';
    writeFileSync(join(project, 'dagwright.yaml'), `defaultEnv: dev\n${local}\n${dev}\n`);
    expect(missing('local', 'ratings')).toEqual([
      1,
      'CLI006',
      expect.stringMatching(/npm install --save-dev @duckdb\/node-api@/),
    ]);
    expect(missing('status', 'ratings')).toEqual([
      1,
      'CLI006',
      expect.stringMatching(/npm install --save-dev @aws-sdk\/client-athena@/),
    ]);
  });

  test('type-checks, declarations of the package included, and so does a program that uses it as a library', () => {
    writeFileSync(
      join(project, 'program.ts'),
      [
        "import { validate } from 'dagwright/asl';",
        "import { compileDag } from 'dagwright/compiler';",
        "import { simulate } from 'dagwright/local';",
        "import dag from './dags/ratings.js';",
        "const machine = compileDag(dag).files.get('step_function.json') ?? '';",
        'const errors: number = validate(machine).length;',
        'export const status = simulate(JSON.parse(machine), { mocks: {} }).then(({ status }) => status);',
        'export { errors };',
      ].join('\n'),
    );
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', noEmit: true, types: ['node'] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['dags', 'program.ts'] }));
    expect(run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.').stdout).toBe('');
  });

  testOfAll('runs the tests of docs/testing.md, which type-check', () => {
    const page = readFileSync(join(root, 'docs/testing.md'), 'utf8');
    for (const path of ['test/ratings.test.ts', 'jest.config.mjs']) {
      const [, text] = new RegExp(`\`\`\`\\w+\\n// ${path}\\n(.*?)\`\`\``, 's').exec(page) ?? [];
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text as string);
    }
    const jest = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')];
    const tested = run(process.execPath, ...jest, '--rootDir', '.');
    expect(tested).toMatchObject({ status: 0, stderr: expect.stringMatching(/Tests: +2 passed/) });
    const compilerOptions = {
      strict: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2022',
      noEmit: true,
      types: ['node'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['dags', 'test'] }));
    expect(run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.').stdout).toBe('');
  });
});
