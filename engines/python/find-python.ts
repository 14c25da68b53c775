import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { diagnose, Stop } from '../../diagnostics/index.ts';

const execute = promisify(execFile);

export interface Python {
  /** The interpreter itself, not a shim that chooses one. */
  readonly executable: string;
  /** As in `3.11`. */
  readonly version: string;
}

export const OLDEST_PYTHON = [3, 9] as const;

const WHO_ARE_YOU = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])';

/** A Python that can run the pipeline: `$DAGWRIGHT_PYTHON` if set, else the first of `python3` and `python` that is new enough. */
export async function findPython(env: NodeJS.ProcessEnv): Promise<Python> {
  const wanted = env.DAGWRIGHT_PYTHON;
  const names = wanted === undefined || wanted === '' ? ['python3', 'python'] : [wanted];
  const found: string[] = [];
  for (const name of names) {
    const python = await ask(name, env);
    if (python === undefined) continue;
    const [major = 0, minor = 0] = python.version.split('.').map(Number);
    if (major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1])) return python;
    found.push(`${name} is ${python.version}`);
  }
  throw new Stop(diagnose('RUN022', { tried: names, found }), 3);
}

async function ask(name: string, env: NodeJS.ProcessEnv): Promise<Python | undefined> {
  try {
    const { stdout } = await execute(name, ['-c', WHO_ARE_YOU], { env, timeout: 30_000 });
    const [executable, version] = stdout.trim().split(/\r?\n/);
    return executable && version ? { executable, version } : undefined;
  } catch {
    return undefined;
  }
}
