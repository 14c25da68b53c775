import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { PythonSource } from '../authoring/function-code.ts';
import { nearest } from '../diagnostics/did-you-mean.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';

/**
 * The files that go with a function because `include` names them, or a folder that they are in, by their paths in the archive: those that
 * they have from the folder of the function's file, and from the project's, so that code finds them beside itself.
 * @param roots the folders that the archive's root stands for
 * @throws Stop where one is not there, or two would have one path
 */
export function includedFiles(
  { file, include = [] }: PythonSource,
  root: string,
  roots: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of include) {
    const path = join(root, name);
    if (!existsSync(path)) throw missing(file, name, path);
    for (const one of filesBelow(path))
      for (const at of roots.map((from) => pathBelow(from, one)).filter((at) => !at.startsWith('..'))) {
        const other = found.get(at);
        if (other !== undefined && other !== one)
          throw new Stop(
            diagnose('DAG171', {
              file,
              detail: `${pathBelow(root, other)} and ${pathBelow(root, one)} would both be ${at} in the archive`,
              instead: 'Give one of them another name, or put them into folders of their own.',
            }),
          );
        found.set(at, one);
      }
  }
  return found;
}

/**
 * The files beside modules that the modules name and that do not go with them, from the project's folder.
 * @param modules the texts of the modules, by their paths
 */
export function leftOutFiles(
  modules: ReadonlyMap<string, string>,
  included: ReadonlySet<string>,
  root: string,
): string[] {
  const found = new Set<string>();
  for (const [path, text] of modules)
    for (const [, name] of text.matchAll(FILE_NAME)) {
      const file = join(dirname(path), name!);
      if (!name!.endsWith('.py') && !included.has(file) && isFile(file)) found.add(pathBelow(root, file));
    }
  return [...found].sort();
}

/** A text that may be the path of a file. */
const FILE_NAME = /["']((?:\.\/)?[\w-]+(?:[./][\w-]+)*\.\w{1,10})["']/g;

function missing(file: string, name: string, path: string): Stop {
  const folder = dirname(path);
  const there = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  const near = nearest(basename(path), there);
  const instead =
    near === undefined
      ? 'Name files and folders from the project’s folder, the one in which `dagwright` is run.'
      : `Did you mean '${join(dirname(name), near)}'?`;
  return new Stop(diagnose('DAG171', { file, detail: `${name} is not there`, instead }));
}

/** A file, or all that are in a folder but for what Python makes there. */
function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== '__pycache__' && !name.endsWith('.pyc'))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function pathBelow(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}
