import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock as mutex } from 'proper-lockfile';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { writeJson } from './atomic.ts';
import { processStart } from './process/process-start.ts';

export interface LakeOwner {
  readonly pid: number;
  /** The owner's start, so that another process with its number is not taken for it. */
  readonly started: string;
  readonly since: string;
  readonly dag: string;
  readonly run: string;
}

/**
 * Takes the lake of a folder for one run. A second run while the owner lives is refused with its number and since when; the lock of a
 * process that is gone is taken over. Answers what releases it, and the run that was left unfinished so.
 */
export async function lockLake(
  root: string,
  run: { dag: string; run: string; since: string },
): Promise<{ unlock: () => Promise<void>; dead?: string }> {
  await mkdir(root, { recursive: true });
  const file = join(root, 'run.lock.json');
  const own: LakeOwner = { pid: process.pid, started: processStart(process.pid) ?? '', ...run };
  const leave = await mutex(root, {
    lockfilePath: join(root, '.mutex'),
    stale: 5_000,
    retries: { retries: 40, factor: 1, minTimeout: 250 },
  });
  let owner: LakeOwner | undefined;
  try {
    owner = await readOwner(file);
    if (owner !== undefined && isAlive(owner))
      throw new Stop(diagnose('RUN010', { pid: owner.pid, since: owner.since, dag: owner.dag, root }), 1);
    await writeJson(file, own);
  } finally {
    await leave();
  }
  const unlock = async () => {
    const now = await readOwner(file);
    if (now?.pid === own.pid && now.run === own.run) await rm(file, { force: true });
  };
  return { unlock, ...(owner !== undefined && { dead: owner.run }) };
}

async function readOwner(file: string): Promise<LakeOwner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LakeOwner;
  } catch {
    return undefined;
  }
}

function isAlive(owner: LakeOwner): boolean {
  const started = processStart(owner.pid);
  return started !== undefined && started === owner.started;
}
