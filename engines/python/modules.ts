import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { writeJson } from '../../project/files.ts';
import type { ProcessGroups } from '../process/process-groups.ts';
import type { PythonEnvironment } from './environment.ts';
import { Pip } from './pip.ts';

export interface ModulesOptions {
  /** As pip takes them: `pandera==0.20.4`, a wheel's path. */
  readonly modules: readonly string[];
  /** Further words for pip, as `--no-deps`. */
  readonly options: readonly string[];
  /** Who asks for them, for messages. */
  readonly source: string;
  /** Where folders of modules are made, each by what it holds. */
  readonly folder: string;
  readonly python: PythonEnvironment;
  readonly env: NodeJS.ProcessEnv;
  readonly groups: ProcessGroups;
  readonly signal: AbortSignal;
}

/**
 * Installs modules for one job beside those of the environment, which stays as it is: once, into a folder of their own, where Python finds
 * them first.
 * @returns the folder
 * @throws Stop where the registry cannot be reached, or a module cannot be installed
 */
export async function modulesFolder({ modules, options, source, folder, python, ...rest }: ModulesOptions) {
  const words = [...options, ...modules];
  const name = createHash('sha256')
    .update([python.python, ...words].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const own = join(folder, name);
  const stamp = join(own, 'dagwright.json');
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, {
    lockfilePath: `${own}.lock`,
    stale: 20_000,
    retries: { retries: 600, minTimeout: 250, factor: 1 },
  });
  try {
    if (existsSync(stamp)) return own;
    // What an installation left that was killed.
    await rm(own, { recursive: true, force: true });
    const pip = new Pip({ python: python.python, folder: own, onProgress: () => {}, ...rest });
    await pip.install({ lines: ['--target', own, ...words], source }, modules.join(', '));
    await writeJson(stamp, { modules, options });
    return own;
  } finally {
    await release();
  }
}
