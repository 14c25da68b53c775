import { isError } from '../aws/errors.ts';
import { isAlive, type Process, thisProcess } from '../deploy/lock.ts';
import type { Account } from './account.ts';

/** A run as it stands in the bucket: written before the run makes anything, and removed when nothing is left of it. */
export interface Journal {
  readonly journalVersion: 1;
  readonly run: string;
  readonly process: Process;
  readonly started: string;
  /** Renewed every minute while the run is under way. */
  readonly renewed: string;
  readonly checks: readonly number[];
}

const RENEW_MS = 60_000;
/** A run on another machine that has not been heard of for so long is taken to have ended. */
const SILENT_MS = 180_000;

export function journalKey(run: string): string {
  return `${run}/journal.json`;
}

/** Begins a run's journal; what it answers ends the renewing. */
export async function beginJournal(account: Account, run: string, checks: readonly number[]): Promise<() => void> {
  const started = new Date().toISOString();
  const write = async () => {
    const journal: Journal = {
      ...{ journalVersion: 1, run, process: thisProcess(), started, renewed: new Date().toISOString(), checks },
    };
    const s3 = await account.clients.s3();
    await s3.putObject({ ...objectOf(account, run), Body: JSON.stringify(journal), ContentType: 'application/json' });
  };
  await write();
  // One renewal that fails is made up for by the next.
  const timer = setInterval(() => write().catch(() => undefined), RENEW_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The journal of a run; undefined where the bucket has none. */
export async function readJournal(account: Account, run: string): Promise<Journal | undefined> {
  try {
    const s3 = await account.clients.s3();
    const { Body } = await s3.getObject(objectOf(account, run));
    return JSON.parse(await Body!.transformToString()) as Journal;
  } catch (error) {
    if (isError(error, 'NoSuchKey')) return undefined;
    throw error;
  }
}

/** Whether the run may still be under way: its process is there, or, on another machine, it was heard of lately. */
export function isUnderWay(journal: Journal, now: number = Date.now()): boolean {
  const own = thisProcess();
  if (journal.process.host === own.host && journal.process.space === own.space && own.space !== '')
    return journal.process.pid !== own.pid && isAlive(journal.process);
  return Date.parse(journal.renewed) + SILENT_MS > now;
}

function objectOf({ bucket, caller }: Account, run: string) {
  return { Bucket: bucket, Key: journalKey(run), ExpectedBucketOwner: caller.account };
}
