import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';

export interface Found {
  readonly files: readonly string[];
  /** JavaScript, and Airflow's Python, which are not read as DAG files. */
  readonly passedOver: readonly string[];
  /** Links that lead nowhere. */
  readonly lost: readonly string[];
}

/**
 * The DAG files of a folder: all TypeScript in it and in the folders within it, links followed, in order of path. Declarations and tests
 * are none; what npm installs and what begins with a dot is passed over.
 * @throws Stop where the folder is not there, or has none
 */
export function findDagFiles(dir: string): Found {
  mustBeFolder(dir);
  const lost: string[] = [];
  const all = eachOnce(filesIn(dir, [], lost));
  const code = all
    .filter((path) => /\.[cm]?[jt]sx?$/i.test(path) && !/\.(?:d|test|spec)\.[cm]?[jt]sx?$/i.test(path))
    .sort();
  const files = code.filter((path) => /\.[cm]?tsx?$/.test(path));
  const python = all.filter((path) => /\.py$/.test(path) && isAirflows(path));
  if (files.length === 0 && python.length === 0) throw new Stop(diagnose('DAG025', { dir: relative('', dir) || dir }));
  return { files, passedOver: [...code.filter((path) => !files.includes(path)), ...python], lost: lost.sort() };
}

/** @param around the folders that it is in, as they are on the disk: a link to one of them would lead around in a circle */
function filesIn(dir: string, around: readonly string[], lost: string[]): string[] {
  const inner = [...around, realpathSync(dir)];
  return readdirSync(dir, { withFileTypes: true }).flatMap(({ name }) => {
    const path = join(dir, name);
    if (name.startsWith('.') || name === 'node_modules') return [];
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) lost.push(path);
    if (found?.isDirectory()) return inner.includes(realpathSync(path)) ? [] : filesIn(path, inner, lost);
    return found?.isFile() ? [path] : [];
  });
}

/** A file that a link leads to, too, is one: where it is itself in the folder, under its own path. */
function eachOnce(paths: readonly string[]): string[] {
  const files = new Map<string, string>();
  for (const path of paths) {
    const file = realpathSync(path);
    if (!files.has(file) || basename(file) === basename(path)) files.set(file, path);
  }
  return [...files.values()];
}

/** Python beside DAG files may be a job's; what imports Airflow was meant as a DAG. */
function isAirflows(path: string): boolean {
  return /^\s*(?:from|import)\s+airflow\b/m.test(readFileSync(path, 'utf8'));
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
