import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { PythonSource } from '../authoring/function-code.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { includedFiles, leftOutFiles } from './data-files.ts';
import type { FunctionPackage } from './package.ts';
import { handlerIn, importsIn } from './python-text.ts';

/** The module that Lambda calls: it calls the handler with as many arguments as that takes. */
const ENTRY = 'dagwright_entry';

/** A Python file with the modules of the project that it imports, those that they import, and what `include` names. */
export function packagePython(source: PythonSource, root: string): Omit<FunctionPackage, 'sha256'> {
  const { file, handler } = source;
  const main = join(root, file);
  const text = readFileSync(main, 'utf8');
  const found = handlerIn(text, handler);
  if (found !== undefined) throw new Stop(diagnose('DAG169', { file, handler, ...found }));
  // A module that imports relatively is one of a package, and is named from the project's folder.
  const isInPackage = importsIn(text).some((name) => name.startsWith('.'));
  const roots = isInPackage ? [root, dirname(main)] : [dirname(main), root];
  const modules = modulesFrom(main, roots);
  const included = includedFiles(source, root, roots);
  // A module that is imported is not another file for being named too.
  const all = new Map([...included, ...modules]);
  const files = [...all].map(([name, path]): [string, Uint8Array] => [name, readFileSync(path)]);
  const module = pathBelow(roots[0]!, main).replace(/\.py$/, '').replaceAll('/', '.');
  files.push([`${ENTRY}.py`, Buffer.from(entryOf(module, handler))]);
  return {
    handler: `${ENTRY}.handler`,
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
    inputs: [...new Set(all.values())].sort(),
    leftOut: leftOutFiles(
      new Map([...modules.values()].map((path) => [path, readFileSync(path, 'utf8')])),
      new Set(included.values()),
      root,
    ),
  };
}

/** A handler takes its input alone, or the context besides, as Lambda's own do, or nothing. */
function entryOf(module: string, handler: string): string {
  return `import importlib
import inspect

_handler = importlib.import_module("${module}").${handler}


def _takes(count):
    try:
        inspect.signature(_handler).bind(*[None] * count)
    except TypeError:
        return False
    except ValueError:  # It is written in C and does not say.
        return count == 2
    return True


if _takes(2):
    handler = _handler
elif _takes(0) and not _takes(1):

    def handler(event, context):
        return _handler()

else:

    def handler(event, context):
        return _handler(event)
`;
}

/**
 * A file and the modules of the project that it imports, by their paths in the archive, sorted. What is imported otherwise than by `import`
 * is not found.
 * @param roots the folders that Python looks for modules in: all of them become the archive's root, and of two modules of one name the first
 * one's is imported
 */
function modulesFrom(main: string, roots: readonly string[]): Map<string, string> {
  const found = new Map([[pathBelow(roots[0]!, main), main]]);
  // A map goes on to what is added to it meanwhile.
  for (const [name, path] of found) {
    const top = path.slice(0, path.length - name.length - 1);
    for (const imported of importsIn(readFileSync(path, 'utf8'))) {
      const dots = /^\.*/.exec(imported)![0].length;
      // One dot is the package that the file is in, each further one the package around it.
      const from = dots === 0 ? undefined : join(dirname(path), ...Array(dots - 1).fill('..'));
      const files = (from === undefined ? roots : [from])
        .map((folder) => filesOf(folder, imported.slice(dots)).map((file) => [folder, file] as const))
        .find((one) => one.length > 0);
      for (const [folder, file] of files ?? []) {
        const at = pathBelow(from === undefined ? folder : top, file);
        if (!at.startsWith('..') && !found.has(at)) found.set(at, file);
      }
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pathBelow(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

/** The files of a module that stands below a folder: each package's own on the way to it; of a package named whole, only its `__init__`. */
function filesOf(from: string, name: string): string[] {
  const files: string[] = [];
  let at = from;
  for (const part of name === '' ? [] : name.split('.')) {
    at = join(at, part);
    if (isFile(`${at}.py`)) files.push(`${at}.py`);
    else if (isFile(join(at, '__init__.py'))) files.push(join(at, '__init__.py'));
    // A package without `__init__`.
    else if (!existsSync(at) || !isPackage(at)) break;
  }
  return files;
}

/** Whether a folder has modules in it, or below it. */
function isPackage(folder: string): boolean {
  if (!statSync(folder).isDirectory()) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (one) => one.name.endsWith('.py') || (one.isDirectory() && isPackage(join(folder, one.name))),
  );
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
