import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

export interface CommandOptions {
  readonly repository: string;
  /** The project's folder. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A command that takes longer is ended. */
  readonly mostMs: number;
  readonly signal: AbortSignal;
}

/** Runs `dagwright …` as a user does, in a process of its own, which ends when this one does. */
export async function dagwright(args: readonly string[], options: CommandOptions): Promise<Ended> {
  const { repository, cwd, env, mostMs, signal } = options;
  signal.throwIfAborted();
  const began = Date.now();
  const child = fork(join(repository, 'acceptance/command.mjs'), [join(repository, 'build/cli/main.js'), ...args], {
    ...{ cwd, env, execArgv: [] },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const stop = () => void child.kill('SIGTERM');
  const timer = setTimeout(stop, mostMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [code, out, err] = await Promise.all([ended(child), text(child.stdout!), text(child.stderr!)]);
    signal.throwIfAborted();
    return { code, out, err, seconds: (Date.now() - began) / 1000 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
