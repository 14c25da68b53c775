import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { dagwright, type Ended } from './command.ts';
import { type Mark, TAG } from './mark.ts';
import { Failed } from './verdict.ts';

/** What an environment of a workspace has besides what all have. */
export interface Settings {
  /** Stands behind the run's own prefix. */
  readonly prefix?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly schedule?: 'enabled' | 'disabled';
}

export interface WorkspaceOptions {
  readonly repository: string;
  readonly folder: string;
  readonly account: Account;
  readonly mark: Mark;
  readonly signal: AbortSignal;
}

const COMMAND_MS = 15 * 60_000;

/** A user's project in a folder of its own, in which a check compiles, deploys and runs DAGs with the built commands. */
export class Workspace {
  readonly folder: string;
  readonly #options: WorkspaceOptions;

  constructor(options: WorkspaceOptions) {
    this.folder = options.folder;
    this.#options = options;
  }

  /** Writes dagwright.yaml: one environment, which bears the run's name, prefix and tag. */
  async configure({ prefix = '', env = {}, schedule = 'enabled' }: Settings = {}): Promise<void> {
    const { account, mark } = this.#options;
    const environment = {
      region: account.region,
      account: account.caller.account,
      artifacts: account.bucket,
      prefix: `${mark.prefix}${prefix}`,
      tags: { [TAG]: mark.run },
      env,
      schedule,
      keep: { versions: 3 },
    };
    const text = JSON.stringify({ defaultEnv: mark.run, environments: { [mark.run]: environment } }, undefined, 2);
    await this.write({ 'package.json': '{}\n', 'dagwright.yaml': `${text}\n` });
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, path)), { recursive: true });
      await writeFile(join(this.folder, path), content);
    }
  }

  /** Copies a file or a folder of the repository into the project, its text changed where that is asked for. */
  async copy(from: string, to: string, change?: (text: string) => string): Promise<void> {
    const source = join(this.#options.repository, from);
    if (change !== undefined) return this.write({ [to]: change(await readFile(source, 'utf8')) });
    await cp(source, join(this.folder, to), { recursive: true });
  }

  /** A command in the project, whatever its exit code. */
  run(args: readonly string[], more: { readonly env?: NodeJS.ProcessEnv; readonly mostMs?: number } = {}) {
    const { repository, signal } = this.#options;
    const env = { ...process.env, NO_COLOR: '1', ...more.env };
    return dagwright(args, { repository, cwd: this.folder, env, mostMs: more.mostMs ?? COMMAND_MS, signal });
  }

  /** @throws Failed if the command does not end with 0 */
  async must(args: readonly string[], more: Parameters<Workspace['run']>[1] = {}): Promise<Ended> {
    const ended = await this.run(args, more);
    if (ended.code === 0) return ended;
    const said = complaintOf(ended).replace(/\s+/g, ' ');
    throw new Failed(`dagwright ${args.join(' ')} ended with ${ended.code ?? 'a signal'}: ${said.slice(0, 1200)}`);
  }

  /** What a command with --json printed. */
  async json<T>(args: readonly string[], more: Parameters<Workspace['run']>[1] = {}): Promise<T> {
    const { out } = await this.must([...args, '--json'], more);
    try {
      return JSON.parse(out) as T;
    } catch {
      throw new Failed(`dagwright ${args.join(' ')} --json printed no JSON: ${out.slice(0, 300)}`);
    }
  }
}

/** Why a command did not succeed: its diagnostics, or the last that it said. */
function complaintOf({ out, err }: Ended): string {
  const at = err.search(/^error [A-Z]{3}\d+/m);
  return at >= 0 ? err.slice(at) : `${err}\n${out}`.trim().split('\n').slice(-12).join('\n');
}
