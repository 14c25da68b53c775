import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock as mutex } from 'proper-lockfile';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { writeJson } from './files.ts';

interface Process {
  readonly pid: number;
  /** Its start, so that another process with its number is not taken for it. */
  readonly started: string;
}

/**
 * Makes this process the owner of a folder, by a file in it. While another owner lives, `refusal` says what is thrown; the lock of a
 * process that is gone is taken over. Returns what releases it, and the owner that left it so.
 */
export async function ownFolder<T extends object>(
  folder: string,
  name: string,
  about: T,
  refusal: (owner: T & Process) => Stop,
): Promise<{ readonly release: () => Promise<void>; readonly dead: (T & Process) | undefined }> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  const own = { pid: process.pid, started: processStart(process.pid) ?? '', ...about };
  const leave = await mutex(folder, {
    lockfilePath: join(folder, '.mutex'),
    stale: 5_000,
    retries: { retries: 40, factor: 1, minTimeout: 250 },
  });
  let owner: (T & Process) | undefined;
  try {
    owner = await readOwner<T>(file);
    if (owner !== undefined && isAlive(owner)) throw refusal(owner);
    await writeJson(file, own);
  } finally {
    await leave();
  }
  const release = async () => {
    const now = await readOwner<T>(file);
    if (JSON.stringify(now) === JSON.stringify(own)) await rm(file, { force: true });
  };
  return { release, dead: owner };
}

async function readOwner<T>(file: string): Promise<(T & Process) | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T & Process;
  } catch {
    return undefined;
  }
}

function isAlive(owner: Process): boolean {
  const started = processStart(owner.pid);
  return started !== undefined && started === owner.started;
}

/**
 * Takes the lake of a folder for one run. A second run while the owner lives is refused with its number and since when; the lock of a
 * process that is gone is taken over. Returns what releases it, and the run that was left unfinished so.
 */
export async function lockLake(
  root: string,
  run: { dag: string; run: string; since: string },
): Promise<{ unlock: () => Promise<void>; dead?: string }> {
  const refusal = ({ pid, since, dag }: typeof run & { pid: number }) =>
    new Stop(diagnose('RUN010', { pid, since, dag, root }), 1);
  const { release, dead } = await ownFolder(root, 'run.lock.json', run, refusal);
  return { unlock: release, ...(dead !== undefined && { dead: dead.run }) };
}

/**
 * When a process started, in the words of its system, or undefined if no such process runs. With its number it names a process for
 * good: numbers are used again, and a lock must not be held by a stranger who got the number of a dead owner.
 */
export function processStart(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    // Linux: field 22 of /proc/<pid>/stat; the name in parentheses may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `ticks ${fields[19]}`;
  } catch {
    return psStart(pid);
  }
}

function psStart(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
