import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessGroups } from '../process/process-groups.ts';
import { findPython } from '../python/find-python.ts';
import { madeOnce } from '../python/made-once.ts';
import { Pip } from '../python/pip.ts';

/** What a function in Python needs on this machine. */
export interface PackagesOptions {
  /** As in a requirements.txt. */
  readonly needed: readonly string[];
  /** Where environments are made, each by what it holds: functions with the same packages share one. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly groups: ProcessGroups;
  readonly signal?: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/**
 * The Python that runs a function: the machine's own where it needs no packages, else that of an environment with them, which is made once.
 * @returns the interpreter
 * @throws Stop with exit code 3 where there is no Python or no registry, or a package cannot be installed
 */
export async function functionPython({ needed, folder, ...options }: PackagesOptions): Promise<string> {
  const base = await findPython(options);
  if (needed.length === 0) return base.executable;
  const own = await madeOnce(folder, [base.version, ...needed], async (made) => {
    const pip = new Pip({ python: join(made, 'bin/python'), folder: made, ...options });
    await pip.makeEnvironment(base);
    // Hashes hold for all that is installed with them, and pip reads them in files alone.
    const isHashed = needed.some(hasHash);
    for (const lines of isHashed ? [needed.filter(hasHash), needed.filter((line) => !hasHash(line))] : [needed]) {
      if (lines.length === 0) continue;
      const file = join(made, 'requirements.txt');
      await writeFile(file, `${lines.join('\n')}\n`);
      const title = lines.map((line) => line.replace(/\s+--hash=\S+/g, '')).join(', ');
      await pip.install({ lines: ['-r', file], source: 'the `requirements` of a function' }, title);
    }
    return { requirements: needed, python: base.version };
  });
  return join(own, 'bin/python');
}

function hasHash(line: string): boolean {
  return /\s--hash=/.test(line);
}
