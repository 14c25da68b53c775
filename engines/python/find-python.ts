import { diagnose, Stop } from '../../diagnostics/index.ts';
import { type AskOptions, askProgram } from '../process/program-answer.ts';

export interface Python {
  /** The interpreter itself, not a shim that chooses one. */
  readonly executable: string;
  /** As in `3.11`. */
  readonly version: string;
}

export const OLDEST_PYTHON = [3, 9] as const;

const WHO_ARE_YOU = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])';

/** A Python that can run the pipeline: `$DAGWRIGHT_PYTHON` if set, else the first of `python3` and `python` that is new enough. */
export async function findPython(options: AskOptions): Promise<Python> {
  const wanted = options.env.DAGWRIGHT_PYTHON;
  const names = wanted === undefined || wanted === '' ? ['python3', 'python'] : [wanted];
  const found: string[] = [];
  for (const name of names) {
    const python = await ask(name, options);
    if (typeof python === 'string') found.push(`${name} ${python}`);
    if (python === undefined || typeof python === 'string') continue;
    const [major = 0, minor = 0] = python.version.split('.').map(Number);
    if (major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1])) return python;
    found.push(`${name} is ${python.version}`);
  }
  throw new Stop(diagnose('RUN022', { tried: names, found }), 3);
}

/** Why one that is there says nothing is a text. */
async function ask(name: string, options: AskOptions): Promise<Python | string | undefined> {
  const answer = await askProgram(name, ['-c', WHO_ARE_YOU], options);
  if (answer === undefined) return undefined;
  if ('failed' in answer) return answer.failed;
  const [executable, version] = answer.stdout.trim().split(/\r?\n/);
  return executable && version ? { executable, version } : 'does not say which version it is';
}
