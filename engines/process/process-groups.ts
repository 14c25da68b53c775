import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../project/packages.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Everything that the command prints, both streams in the order of arrival. */
  readonly log?: string;
  /** A Python that runs the guard, which ends the command should this process be killed outright. Without one there is no such guard. */
  readonly guard?: string;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

interface Ended {
  /** The exit code; 128 + the signal's number where a signal ended it. */
  readonly code: number;
  readonly aborted: boolean;
  readonly lastLines: readonly string[];
}

/** How long a group has between SIGTERM and SIGKILL, in milliseconds. */
const GRACE = 5_000;

/** The child processes of one run, each the leader of a process group of its own, so that what it starts is ended with it. */
export class ProcessGroups {
  readonly #leaders = new Set<ChildProcess>();

  /** Runs a command to its end. Rejects only where the program cannot be started at all. */
  async run(command: Command): Promise<Ended> {
    if (command.signal?.aborted) return { code: 128 + 15, aborted: true, lastLines: [] };
    const log = command.log === undefined ? undefined : await openLog(command.log);
    const [program, args] =
      command.guard === undefined
        ? [command.program, command.args]
        : [command.guard, [join(packageRoot(), 'engines/process/guard.py'), command.program, ...command.args]];
    const child = spawn(program, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(command.cwd !== undefined && { cwd: command.cwd }),
      ...(command.env !== undefined && { env: command.env }),
    });
    this.#leaders.add(child);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.stdin.on('error', () => {});
    const last = new LastLines(200, command.onLine);
    for (const [name, stream] of [
      ['out', child.stdout],
      ['err', child.stderr],
    ] as const) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        log?.write(text);
        last.add(name, text);
      });
    }
    const abort = () => void endGroup(child);
    command.signal?.addEventListener('abort', abort, { once: true });
    try {
      const code = await exitCode(child);
      // Whatever the command left running in its group ends with it, and with that its output.
      signalGroup(child, 'SIGKILL');
      await closed;
      return { code, aborted: command.signal?.aborted ?? false, lastLines: last.lines() };
    } finally {
      command.signal?.removeEventListener('abort', abort);
      this.#leaders.delete(child);
      await closeLog(log);
    }
  }

  /** Ends everything at once; for the second Ctrl-C and for the end of the process. */
  killAll(): void {
    for (const child of this.#leaders) signalGroup(child, 'SIGKILL');
  }
}

async function openLog(file: string): Promise<WriteStream> {
  await mkdir(dirname(file), { recursive: true });
  return createWriteStream(file, { flags: 'a' });
}

function closeLog(log: WriteStream | undefined): Promise<void> {
  return new Promise((done) => (log === undefined ? done() : log.end(done)));
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)));
  });
}

async function endGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
  child.once('exit', () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Keeps the last lines of what a command prints, in the order in which they arrive; lines of its two streams are not mixed. */
export class LastLines {
  readonly #keep: number;
  readonly #onLine: ((line: string) => void) | undefined;
  #lines: string[] = [];
  /** Of each stream, the beginning of a line whose end has not come yet. */
  readonly #open = new Map<string, string>();

  constructor(keep: number, onLine?: (line: string) => void) {
    this.#keep = keep;
    this.#onLine = onLine;
  }

  add(stream: 'out' | 'err', text: string): void {
    const parts = ((this.#open.get(stream) ?? '') + text).split(/\r\n|\n|\r/);
    this.#open.set(stream, parts.pop()!);
    for (const line of parts) this.#onLine?.(line);
    this.#lines = [...this.#lines, ...parts].slice(-this.#keep);
  }

  lines(): string[] {
    return [...this.#lines, ...[...this.#open.values()].filter((line) => line !== '')].slice(-this.#keep);
  }
}
