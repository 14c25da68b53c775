import { describe, expect, test } from '@jest/globals';
import type { Stop } from '../../diagnostics/index.ts';
import { packageFunction } from '../../packaging/package.ts';
import { handlerIn } from '../../packaging/python-text.ts';
import { folderWith, REPOSITORY, writeFiles } from '../local/support.ts';

const on = { runtime: 'nodejs22.x', architecture: 'x86_64' } as const;
const module = (handler: string) =>
  ({
    kind: 'typescript',
    file: 'functions/a.ts',
    entry: `import { ${handler} as run } from './a.ts';\n`,
    folder: 'functions',
  }) as const;
const text = (files: ReadonlyMap<string, Uint8Array>, name: string) => Buffer.from(files.get(name)!).toString();

test('TypeScript: the same of the same sources wherever they are, and what is not used is left out', async () => {
  const files = {
    'functions/a.ts':
      "import { b } from './b.ts';\nexport const one = async () => b;\nexport const two = () => 'two';\n",
    'functions/b.ts': "export const b = 'bee';\nexport const c = 'sea';\n",
  };
  const [here, there] = [await folderWith(files), await folderWith(files)];
  const made = packageFunction({ ...on, source: module('one') }, here);
  const again = packageFunction({ ...on, source: module('one') }, there);
  expect(again.sha256).toBe(made.sha256);
  expect([...made.files.keys()]).toEqual(['index.mjs', 'index.mjs.map']);
  for (const name of made.files.keys()) expect(text(again.files, name)).toBe(text(made.files, name));
  expect(text(made.files, 'index.mjs')).toContain('bee');
  expect(text(made.files, 'index.mjs')).not.toMatch(/sea|two/);
  expect(made.inputs.map((path) => path.slice(here.length))).toEqual(['/functions/b.ts', '/functions/a.ts']);

  // What it does not use may change; what it uses may not.
  await writeFiles(here, { 'functions/a.ts': files['functions/a.ts'].replace("'two'", "'three'") });
  expect(packageFunction({ ...on, source: module('one') }, here).sha256).toBe(made.sha256);
  await writeFiles(here, { 'functions/b.ts': "export const b = 'wasp';\n" });
  expect(packageFunction({ ...on, source: module('one') }, here).sha256).not.toBe(made.sha256);
});

test('TypeScript: the AWS SDK is the runtime’s, and CommonJS is bundled', async () => {
  const folder = await folderWith({
    'functions/a.ts':
      "import { S3Client } from '@aws-sdk/client-s3';\nimport { old } from './old.cjs';\nexport const one = () => [S3Client.name, old];\n",
    'functions/old.cjs': "const { sep } = require('node:path');\nexports.old = 'old' + sep;\n",
  });
  const { files } = packageFunction({ ...on, source: module('one') }, folder);
  expect(text(files, 'index.mjs')).toContain('from "@aws-sdk/client-s3"');
  expect(text(files, 'index.mjs')).toContain('require("node:path")');
});

test('Python: the file with the modules beside it that it imports', () => {
  const source = {
    kind: 'python',
    file: 'test/packaging/functions/clean.py',
    handler: 'clean',
    requirements: [],
  } as const;
  const made = packageFunction({ source, runtime: 'python3.13', architecture: 'x86_64' }, REPOSITORY);
  expect([...made.files.keys()]).toEqual([
    'clean.py',
    'dagwright_entry.py',
    'helpers.py',
    'pkg/__init__.py',
    'pkg/deeper.py',
    'pkg/inner.py',
  ]);
  expect(made.handler).toBe('dagwright_entry.handler');
});

test('Python: all ways to import what is beside a file', async () => {
  const imports = [
    'import a, b.c as d',
    'from e import (\n    f,\n    g,\n)',
    'from h.i import j',
    'def late():\n    import k',
    'import json, os',
    'import yaml',
    'from . import l',
  ];
  const names = ['a.py', 'b/c.py', 'e.py', 'h/__init__.py', 'h/i/__init__.py', 'h/i/j.py', 'k.py', 'l.py', 'm.py'];
  const folder = await folderWith({
    'f/main.py': `${imports.join('\n')}\n\n\ndef handler(event):\n    return 1\n`,
    ...Object.fromEntries(names.map((name) => [`f/${name}`, name === 'a.py' ? 'import main\n' : ''])),
    'f/json.txt': '',
  });
  const source = { kind: 'python', file: 'f/main.py', handler: 'handler', requirements: [] } as const;
  const { files } = packageFunction({ source, runtime: 'python3.13', architecture: 'x86_64' }, folder);
  const found = [...files.keys()].filter((name) => !/^(main|dagwright_entry)\.py$/.test(name));
  // What is imported relatively lies in its package, as the file itself does; a.py imports the file under another name.
  expect(found).toEqual(
    [...names.filter((name) => name !== 'm.py'), 'f/l.py', 'f/main.py'].sort((a, b) => (a < b ? -1 : 1)),
  );
});

test('Python: requirements, the runtime and the architecture are part of the hash', async () => {
  const folder = await folderWith({ 'f.py': 'def handler(event):\n    return 1\n' });
  const source = (...requirements: string[]) =>
    ({ kind: 'python', file: 'f.py', handler: 'handler', requirements }) as const;
  const hashes = [
    packageFunction({ source: source(), runtime: 'python3.13', architecture: 'x86_64' }, folder),
    packageFunction({ source: source('a==1'), runtime: 'python3.13', architecture: 'x86_64' }, folder),
    packageFunction({ source: source('a==2'), runtime: 'python3.13', architecture: 'x86_64' }, folder),
    packageFunction({ source: source('a==2'), runtime: 'python3.12', architecture: 'x86_64' }, folder),
    packageFunction({ source: source('a==2'), runtime: 'python3.12', architecture: 'arm64' }, folder),
  ].map(({ sha256 }) => sha256);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('Python: modules from the project’s root, a file of a package, a file whose name is no identifier', async () => {
  const folder = await folderWith({
    'functions/clean-up.py': 'from functions.shared import a\nimport beside\n\n\ndef handler():\n    return 1\n',
    'functions/shared.py': 'import beside\nfrom .deeper import b\n',
    'functions/deeper.py': 'b = 1\n',
    'functions/beside.py': '',
    'pkg/__init__.py': '',
    'pkg/main.py': 'from . import other\nfrom ..top import x\n\n\ndef handler(event):\n    return 1\n',
    'pkg/other.py': '',
  });
  const made = (file: string) => {
    const source = { kind: 'python', file, handler: 'handler', requirements: [] } as const;
    return packageFunction({ source, runtime: 'python3.13', architecture: 'x86_64' }, folder);
  };
  const { files } = made('functions/clean-up.py');
  expect([...files.keys()]).toEqual([
    'beside.py',
    'clean-up.py',
    'dagwright_entry.py',
    'functions/deeper.py',
    'functions/shared.py',
  ]);
  const packaged = made('pkg/main.py').files;
  expect([...packaged.keys()]).toEqual(['dagwright_entry.py', 'pkg/main.py', 'pkg/other.py']);
  expect(text(packaged, 'dagwright_entry.py')).toContain('import_module("pkg.main")');
});

test('Python: where the name of a function stands in its file', () => {
  const module = `
import functools
from other import first, second as third  # fourth
from more import (
    fifth,  # a comment, with a comma
    sixth as seventh,
)

try:
    import fast

    def eighth(event):
        return 1
except ImportError:
    eighth = None

class Class:
    def method(self, event):
        inner = 1

ninth, tenth = first, third
eleventh: object = functools.partial(first)

def outer(event, twelfth=1):
    thirteenth = 2

async def late(event):
    return 1
`;
  expect(handlerIn(module, 'nobody')).toEqual({
    known: ['eighth', 'eleventh', 'fifth', 'first', 'ninth', 'outer', 'seventh', 'tenth', 'third'],
    isAsync: false,
  });
  expect(handlerIn(module, 'late')).toMatchObject({ isAsync: true });
  expect(handlerIn(module, 'eighth')).toBeUndefined();
  expect(handlerIn(`${module}from all import *\n`, 'nobody')).toBeUndefined();
});

describe('Python: files that `include` names', () => {
  const FILES = {
    'functions/clean.py':
      'import json\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\n\n\ndef handler():\n    return json.loads((HERE / "schema.json").read_text())\n',
    'functions/schema.json': '{"a": 1}',
    'functions/texts/en/hello.txt': 'hello',
    'functions/texts/__pycache__/x.cpython-313.pyc': '',
    'shared/rates.csv': 'a,1\n',
  };
  const made = (folder: string, include: readonly string[] = [], file = 'functions/clean.py') =>
    packageFunction(
      {
        source: { kind: 'python', file, handler: 'handler', requirements: [], include },
        runtime: 'python3.13',
        architecture: 'x86_64',
      },
      folder,
    );

  test('lie beside the code as in the project, and are part of its hash', async () => {
    const folder = await folderWith(FILES);
    const all = made(folder, ['functions/schema.json', 'functions/texts/', 'shared/rates.csv']);
    expect([...all.files.keys()]).toEqual([
      'clean.py',
      'dagwright_entry.py',
      'functions/schema.json',
      'functions/texts/en/hello.txt',
      'schema.json',
      'shared/rates.csv',
      'texts/en/hello.txt',
    ]);
    expect(all.inputs).toContain(`${folder}/functions/texts/en/hello.txt`);
    expect(all.leftOut).toEqual([]);
    expect(made(folder).leftOut).toEqual(['functions/schema.json']);
    await writeFiles(folder, { 'functions/texts/en/hello.txt': 'hi' });
    const changed = made(folder, ['functions/schema.json', 'functions/texts/', 'shared/rates.csv']);
    expect(changed.sha256).not.toBe(all.sha256);
    // A file of a package is named from the project's root, and so is what lies beside it.
    await writeFiles(folder, { 'functions/in_package.py': 'from . import clean\n\n\ndef handler():\n    pass\n' });
    expect([...made(folder, ['functions/schema.json'], 'functions/in_package.py').files.keys()]).toEqual(
      expect.arrayContaining(['functions/in_package.py', 'functions/schema.json']),
    );
  });

  test('are refused where they are not there, and where two would be one', async () => {
    const folder = await folderWith({ ...FILES, 'schema.json': '{}' });
    const detailOf = (include: readonly string[]) => {
      try {
        made(folder, include);
      } catch (error) {
        return (error as Stop).diagnostics.map(({ code, message, remedy }) => [code, message, remedy]);
      }
      throw new Error('nothing was refused');
    };
    expect(detailOf(['functions/shema.json'])).toEqual([
      [
        'DAG171',
        'functions/clean.py: include: functions/shema.json is not there.',
        "Did you mean 'functions/schema.json'?",
      ],
    ]);
    expect(detailOf(['functions/schema.json', 'schema.json'])).toMatchObject([
      [
        'DAG171',
        'functions/clean.py: include: functions/schema.json and schema.json would both be schema.json in the archive.',
        expect.anything(),
      ],
    ]);
  });
});
