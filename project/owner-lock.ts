import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock as mutex } from 'proper-lockfile';
import type { Stop } from '../diagnostics/index.ts';
import { writeJson } from './atomic.ts';
import { processStart } from './process-start.ts';

interface Process {
  readonly pid: number;
  /** Its start, so that another process with its number is not taken for it. */
  readonly started: string;
}

/**
 * Makes this process the owner of a folder, by a file in it. While another owner lives, `refusal` says what is thrown; the lock of a
 * process that is gone is taken over. Answers what releases it, and the owner that left it so.
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
