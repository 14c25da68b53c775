import type { ProcessGroups } from '../process/process-groups.ts';
import type { PythonEnvironment } from './environment.ts';
import { madeOnce } from './made-once.ts';
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
  return madeOnce(folder, [python.python, ...words], async (own) => {
    const pip = new Pip({ python: python.python, folder: own, onProgress: () => {}, ...rest });
    await pip.install({ lines: ['--target', own, ...words], source }, modules.join(', '));
    return { modules, options };
  });
}
