import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../packaging/own-files.ts';

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

/** How a command ended. */
export interface Ended {
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
    const child = this.start({ ...command, program, args });
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
    const abort = () => this.end(child);
    command.signal?.addEventListener('abort', abort, { once: true });
    try {
      const code = await this.closed(child);
      return { code, aborted: command.signal?.aborted ?? false, lastLines: last.lines() };
    } finally {
      command.signal?.removeEventListener('abort', abort);
      await log?.close();
    }
  }

  /** Starts a program, which ends its own group when its standard input closes: then this process was killed outright. */
  start({ program, args, cwd, env }: Command): ChildProcessWithoutNullStreams {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd !== undefined && { cwd }),
      ...(env !== undefined && { env }),
    });
    this.#leaders.add(child);
    child.stdin.on('error', () => {});
    return child;
  }

  /** The exit code of a program that was started, once all that it printed has come. Rejects where it could not be started. */
  async closed(child: ChildProcess): Promise<number> {
    const closed = new Promise((resolve) => child.once('close', resolve));
    try {
      const code = await exitCode(child);
      // Whatever the command left running in its group ends with it, and with that its output.
      signalGroup(child, 'SIGKILL');
      await closed;
      return code;
    } finally {
      this.#leaders.delete(child);
    }
  }

  /** Begins to end a program and its group: SIGTERM, and SIGKILL for what has not gone in time. */
  end(child: ChildProcess): void {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
    child.once('exit', () => clearTimeout(timer));
  }

  /** Ends everything at once; for the second Ctrl-C and for the end of the process. */
  killAll(): void {
    for (const child of this.#leaders) signalGroup(child, 'SIGKILL');
  }
}

/** A file that is written to at its end. */
export interface Log {
  write(text: string): void;
  close(): Promise<void>;
}

/** Opens a log, and makes its folder where there is none. */
export async function openLog(file: string): Promise<Log> {
  await mkdir(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  return { write: (text) => void stream.write(text), close: () => new Promise((done) => stream.end(done)) };
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15)));
  });
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
