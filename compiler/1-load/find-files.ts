import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';

/**
 * The DAG files of a folder: every `*.ts` right in it, in order of name.
 * @throws Stop where there is none
 */
export function findDagFiles(dir: string): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(dir);
  } catch {
    // A folder that is not there has no DAG files either.
  }
  const files = names.filter((name) => /(?<!\.d|\.test)\.ts$/.test(name)).sort();
  if (files.length === 0) throw new Stop(diagnose('DAG025', { dir }));
  return files.map((name) => join(dir, name));
}
