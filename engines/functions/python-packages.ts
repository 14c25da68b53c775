import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { writeJson } from '../../project/files.ts';
import type { ProcessGroups } from '../process/process-groups.ts';
import { findPython } from '../python/find-python.ts';
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
  const name = createHash('sha256')
    .update([base.version, ...needed].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const own = join(folder, name);
  const python = join(own, 'bin/python');
  const stamp = join(own, 'dagwright.json');
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, {
    lockfilePath: `${own}.lock`,
    stale: 20_000,
    retries: { retries: 600, minTimeout: 250, factor: 1 },
  });
  try {
    if (existsSync(stamp)) return python;
    // What an installation left that was killed.
    await rm(own, { recursive: true, force: true });
    const pip = new Pip({ python, folder: own, ...options });
    await pip.makeEnvironment(base);
    // Hashes hold for all that is installed with them, and pip reads them in files alone.
    const isHashed = needed.some(hasHash);
    for (const lines of isHashed ? [needed.filter(hasHash), needed.filter((line) => !hasHash(line))] : [needed]) {
      if (lines.length === 0) continue;
      const file = join(own, 'requirements.txt');
      await writeFile(file, `${lines.join('\n')}\n`);
      const title = lines.map((line) => line.replace(/\s+--hash=\S+/g, '')).join(', ');
      await pip.install({ lines: ['-r', file], source: 'the `requirements` of a function' }, title);
    }
    await writeJson(stamp, { requirements: needed, python: base.version });
    return python;
  } finally {
    await release();
  }
}

function hasHash(line: string): boolean {
  return /\s--hash=/.test(line);
}
