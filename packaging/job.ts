import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobCode } from '../authoring/function-code.ts';
import { packageRoot } from './own-files.ts';
import { type FunctionPackage, hashOfPackage } from './package.ts';
import { packagePython } from './python.ts';
import { packageTypescript } from './typescript.ts';

/** What a job's archive in Python holds of ours, by the name that it has there. */
const OWN = {
  '__main__.py': 'engines/functions/run_code.py',
  'dagwright_handler.py': 'engines/functions/dagwright_handler.py',
} as const;

/**
 * Reads the code of a job: that of a function, with what runs it where no service does. Nothing is fetched and nothing is written.
 * @param root the project's folder
 * @throws Stop where the handler cannot be called
 * @example
 * const { sha256, files } = packageJob(code, '/home/me/project');
 */
export function packageJob({ source, runtime, architecture }: JobCode, root: string): FunctionPackage {
  if (source.kind === 'typescript') {
    const runner = readFileSync(join(packageRoot(), 'engines/functions/run_code.mjs'), 'utf8');
    const made = packageTypescript(source, runtime, root, { runner });
    return { ...made, sha256: hashOfPackage(made, []) };
  }
  const made = packagePython(source, root);
  const files = new Map([
    ...made.files,
    ...Object.entries(OWN).map(([name, file]) => [name, readFileSync(join(packageRoot(), file))] as const),
    // What its packages are installed for, where something else runs it.
    ['dagwright_runtime.txt', Buffer.from(`${runtime}\n`)] as const,
  ]);
  const job = { ...made, files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))) };
  return { ...job, sha256: hashOfPackage(job, [...source.requirements, runtime, architecture!]) };
}
