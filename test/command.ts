import { type ChildProcess, type ForkOptions, fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll } from '@jest/globals';
import { REPOSITORY } from './local/support.ts';

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts the built command (`npm run build`) in a process of its own: what is killed or interrupted must be one. */
export function startCommand(
  args: readonly string[],
  { cwd, env }: CommandOptions,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(REPOSITORY, 'bin/dagwright.js'), ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((done) => child.once('close', done));
  const ended = Promise.all([code, text(child.stdout!), text(child.stderr!)]).then(([c, out, err]) => ({
    code: c,
    out,
    err,
  }));
  return { child, ended };
}

/** The processes that run a program again and again, and those of them that do. */
const hosts = new Map<string, ChildProcess>();
const busy = new Set<string>();
afterAll(() => {
  for (const host of hosts.values()) host.kill('SIGKILL');
});

/**
 * Runs the built command to its end. The commands of a file that follow each other share a process, which reads the AWS clients once;
 * one that runs beside another has its own.
 */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<Ended> {
  const program = join(REPOSITORY, 'build/cli/main.js');
  return busy.has(program) ? startCommand(args, options).ended : runProgram(program, args, options);
}

/** Runs a program to its end, in the process that it shares with its other runs: not beside another of them. */
export async function runProgram(program: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  if (busy.has(program)) throw new Error(`${program} runs already.`);
  busy.add(program);
  try {
    const host = hosts.get(program) ?? fork(join(REPOSITORY, 'test/command-host.mjs'), [program], HOST);
    hosts.set(program, host);
    return await asked(host, args, options);
  } finally {
    busy.delete(program);
  }
}

const HOST: ForkOptions = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--enable-source-maps'] };

function asked(child: ChildProcess, args: readonly string[], { cwd, env }: CommandOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`The process of the commands ended with ${code}.`));
    child.once('exit', gone);
    child.once('message', (ended) => {
      child.off('exit', gone);
      resolve(ended as Ended);
    });
    const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
    child.send({ args, cwd, env: given });
  });
}
