import { join } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { ProcessGroups } from '../process/process-groups.ts';
import type { Python } from './find-python.ts';
import type { Requirements } from './requirements.ts';

export interface PipOptions {
  /** The environment's own interpreter. */
  readonly python: string;
  readonly folder: string;
  readonly groups: ProcessGroups;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** What pip says where nothing answers at the registry's address. */
const UNREACHABLE =
  /Failed to establish a new connection[^')]*|Temporary failure in name resolution|Name or service not known|ConnectTimeoutError|Network is unreachable|ProxyError/;

/** Makes a virtual environment and installs into it; every failure is one message that says what to do. */
export class Pip {
  readonly #options: PipOptions;
  /** Where the environment has no pip of its own (Debian without python3-venv), the base Python's installs into it. */
  #installer: readonly string[];

  constructor(options: PipOptions) {
    this.#options = options;
    this.#installer = [options.python, '-m', 'pip'];
  }

  async makeEnvironment(base: Python): Promise<void> {
    const { folder } = this.#options;
    this.#options.onProgress('Making the Python environment (once)');
    const whole = await this.#run([base.executable, '-m', 'venv', folder]);
    if (whole.code === 0) return;
    const bare = await this.#run([base.executable, '-m', 'venv', '--clear', '--without-pip', folder]);
    const foreign = [base.executable, '-m', 'pip', '--python', this.#options.python];
    if (bare.code === 0 && (await this.#run([...foreign, '--version'])).code === 0) {
      this.#installer = foreign;
      return;
    }
    throw new Stop(
      diagnose('RUN024', { python: base.executable, version: base.version, said: tail(whole.lastLines) }),
      3,
    );
  }

  async install(what: Requirements, title: string): Promise<void> {
    if (what.lines.length === 0) return;
    this.#options.onProgress(`Installing ${title} (once)`);
    const ended = await this.#run(
      [
        ...this.#installer,
        'install',
        '--no-input',
        '--disable-pip-version-check',
        '--progress-bar',
        'off',
        ...what.lines,
      ],
      (line) => {
        const now = progressOf(line);
        if (now !== undefined) this.#options.onProgress(`Installing ${title} (once): ${now}`);
      },
    );
    if (ended.code === 0) return;
    const reason = ended.lastLines.map((line) => UNREACHABLE.exec(line)?.[0]).find((found) => found !== undefined);
    const errors = ended.lastLines.filter((line) => /^ERROR:/.test(line)).map((line) => line.replace(/^ERROR: /, ''));
    const said = `${tail(errors.length > 0 ? errors : ended.lastLines)}${reason === undefined ? '' : ` (${reason})`}`;
    throw new Stop(
      diagnose(reason === undefined ? 'RUN026' : 'RUN025', {
        title,
        said,
        source: what.source,
        log: join(this.#options.folder, 'pip.log'),
      }),
      3,
    );
  }

  async #run(command: readonly string[], onLine?: (line: string) => void) {
    const { folder, groups, env, signal } = this.#options;
    const { PYTHONHOME: _home, PYTHONPATH: _path, PIP_USER: _user, PIP_REQUIRE_VIRTUALENV: _require, ...rest } = env;
    const [program, ...args] = command;
    const ended = await groups.run({
      program: program!,
      args,
      env: { ...rest, PYTHONUNBUFFERED: '1' },
      log: join(folder, 'pip.log'),
      ...(signal && { signal }),
      ...(onLine && { onLine }),
    });
    if (ended.aborted) throw new Stop(diagnose('RUN027', {}), 1);
    return ended;
  }
}

/** `Collecting pyspark==3.5.6` → `pyspark==3.5.6`; lines that mean nothing to a person are left out. */
function progressOf(line: string): string | undefined {
  const downloading = /^\s*(?:Downloading|Using cached) (\S+)(?: \(([^)]+)\))?/.exec(line);
  if (downloading) return `${downloading[1]!.split('/').pop()}${downloading[2] ? ` (${downloading[2]})` : ''}`;
  const building = /^\s*Building wheel for (\S+)/.exec(line);
  if (building) return `building ${building[1]}`;
  return /^Installing collected packages/.test(line) ? 'unpacking' : undefined;
}

function tail(lines: readonly string[]): string {
  return lines
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .join(' ')
    .slice(0, 600);
}
