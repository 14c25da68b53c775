import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';

export interface Found {
  readonly files: readonly string[];
  /** JavaScript, which is not read as a DAG file. */
  readonly passedOver: readonly string[];
}

/**
 * The DAG files of a folder: all TypeScript in it and in the folders within it, in order of path. Declarations and tests are none; what npm
 * installs and what begins with a dot is passed over.
 * @throws Stop where the folder is not there, or has none
 */
export function findDagFiles(dir: string): Found {
  mustBeFolder(dir);
  const code = filesIn(dir)
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !/\.(?:d|test|spec)\.[cm]?[jt]sx?$/.test(path))
    .sort();
  const files = code.filter((path) => /\.[cm]?tsx?$/.test(path));
  if (files.length === 0) throw new Stop(diagnose('DAG025', { dir: relative('', dir) || dir }));
  return { files, passedOver: code.filter((path) => !files.includes(path)) };
}

function filesIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    const path = join(dir, name);
    if (name.startsWith('.') || name === 'node_modules') return [];
    if (entry.isDirectory()) return filesIn(path);
    const isFile = entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile());
    return isFile ? [path] : [];
  });
}

function mustBeFolder(dir: string): void {
  const found = statSync(dir, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  const shown = relative('', dir) || dir;
  const detail = found ? 'is a file' : 'is not there';
  throw new Stop(diagnose('DAG106', { dir: shown, detail, name: basename(dir), near: foldersBeside(dir) }));
}

function foldersBeside(dir: string): string[] {
  try {
    const beside = readdirSync(dirname(dir), { withFileTypes: true });
    return beside
      .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
