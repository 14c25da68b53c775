import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { PythonSource } from '../authoring/function-code.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { FunctionPackage } from './package.ts';

/** The module that Lambda calls: it calls the handler with as many arguments as that takes. */
const ENTRY = 'dagwright_entry';

/** A Python file with the modules beside it that it imports, and those that they import. */
export function packagePython({ file, handler }: PythonSource, root: string): Omit<FunctionPackage, 'sha256'> {
  const main = join(root, file);
  const folder = dirname(main);
  const module = basename(file, '.py');
  const text = readFileSync(main, 'utf8');
  const known = namesIn(text);
  if (known !== undefined && !known.includes(handler)) throw new Stop(diagnose('DAG169', { file, handler, known }));
  const inputs = modulesFrom(main, folder);
  const files = inputs.map((path): [string, Uint8Array] => [
    relative(folder, path).split(sep).join('/'),
    readFileSync(path),
  ]);
  files.push([`${ENTRY}.py`, Buffer.from(entryOf(module, handler))]);
  return {
    handler: `${ENTRY}.handler`,
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
    inputs,
  };
}

/** The names at the top of a module that may be functions; undefined where it takes names from another one without saying which. */
function namesIn(text: string): string[] | undefined {
  if (/^from\s+\S+\s+import\s+\*/m.test(text)) return undefined;
  const own = [...text.matchAll(/^(?:def\s+(\w+)|(\w+)\s*(?::[^=\n]+)?=(?!=))/gm)].map(
    ([, name, assigned]) => name ?? assigned!,
  );
  const imported = [...text.matchAll(/^from\s+\S+\s+import\s+(\([^)]*\)|[^#\n]+)/gm)].flatMap(([, list = '']) =>
    list
      .replace(/[()]/g, '')
      .split(',')
      .map(
        (one) =>
          one
            .trim()
            .split(/\s+as\s+/)
            .at(-1)!,
      ),
  );
  return [...own, ...imported].filter((name) => name !== '').sort();
}

/** A handler takes its input alone, or the context besides, as Lambda's own do. */
function entryOf(module: string, handler: string): string {
  return `import inspect

from ${module} import ${handler} as _handler

try:
    inspect.signature(_handler).bind(None, None)
except TypeError:

    def handler(event, context):
        return _handler(event)

else:
    handler = _handler
`;
}

/** A file and the modules of its folder that it imports, sorted. What is imported otherwise than by `import` is not found. */
function modulesFrom(main: string, folder: string): string[] {
  const found = new Set([main]);
  for (const path of found) {
    const package_ = dirname(path);
    for (const name of importsOf(readFileSync(path, 'utf8'))) {
      const dots = /^\.*/.exec(name)![0].length;
      // One dot is the package that the file is in, each further one the package around it.
      const from = dots === 0 ? folder : join(package_, ...Array(dots - 1).fill('..'));
      for (const one of filesOf(from, name.slice(dots), folder)) found.add(one);
    }
  }
  return [...found].sort();
}

/** `import a.b, c`, `from .d import e`: `a.b`, `c`, `.d` and `.d.e`. */
function* importsOf(text: string): Generator<string> {
  for (const [, list] of text.matchAll(/^[ \t]*import[ \t]+([^#\n]+)/gm))
    for (const one of list!.split(',')) yield one.trim().split(/\s/)[0]!;
  for (const [, from = '', names = ''] of text.matchAll(
    /^[ \t]*from[ \t]+(\S+)[ \t]+import[ \t]+(\([^)]*\)|[^#\n]+)/gm,
  )) {
    yield from;
    for (const name of names.replace(/[()]/g, '').split(',')) {
      const first = name.trim().split(/\s/)[0]!;
      if (/^\w+$/.test(first)) yield `${from}${from.endsWith('.') ? '' : '.'}${first}`;
    }
  }
}

/** The files of a module that stands below a folder: each package's own on the way to it; of a package named whole, only its `__init__`. */
function filesOf(from: string, name: string, folder: string): string[] {
  const files: string[] = [];
  let at = from;
  for (const part of name === '' ? [] : name.split('.')) {
    at = join(at, part);
    if (isFile(`${at}.py`)) files.push(`${at}.py`);
    else if (isFile(join(at, '__init__.py'))) files.push(join(at, '__init__.py'));
    // A package without `__init__`.
    else if (!existsSync(at) || readdirSync(at).every((one) => !one.endsWith('.py'))) break;
  }
  return files.filter((path) => !relative(folder, path).startsWith('..'));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
