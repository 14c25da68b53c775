import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clients } from '../aws/clients.ts';
import { isError, statusOf } from '../aws/errors.ts';
import { diagnose, Stop } from '../diagnostics/index.ts';
import { encryption, type Store } from './store.ts';

/** Who deploys a DAG at the moment, as it is in the bucket. */
interface Holder extends Process {
  readonly id: string;
  readonly by: string;
  readonly started: string;
  readonly expires: string;
}

export interface Lock {
  /** Nobody had it when it was asked for. */
  readonly wasFree: boolean;
  /** Renews it now. @throws Stop if somebody else has it by now */
  readonly assertHeld: () => Promise<void>;
  readonly release: () => Promise<void>;
}

export interface LockOptions {
  readonly aws: Clients;
  readonly store: Store;
  readonly key: string;
  readonly dag: string;
  readonly process: Process;
  readonly by: string;
  readonly onWait: (text: string) => void;
  /** How long to wait for a deploy that is under way. Default: ten minutes. */
  readonly waitMs?: number;
}

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
/** How far clocks may differ. */
const SKEW_MS = 5_000;

/**
 * Makes this deploy the only one of its DAG, by an object that is written only where there is none. The holder renews it; one that has not
 * been renewed for a minute, or whose holder is a process of this machine that is gone, is taken over.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function takeLock(options: LockOptions): Promise<Lock> {
  const { aws, store, key, dag, onWait, waitMs = 600_000 } = options;
  const s3 = await aws.s3();
  const object = { Bucket: store.bucket, Key: key, ExpectedBucketOwner: store.account };
  const id = randomUUID();
  const started = new Date().toISOString();
  const write = async (condition: { IfNoneMatch: string } | { IfMatch: string }) => {
    const expires = new Date(Date.now() + LEASE_MS).toISOString();
    const holder: Holder = { ...options.process, id, by: options.by, started, expires };
    const { ETag } = await s3.putObject({
      ...object,
      ...encryption(store),
      ...condition,
      Body: JSON.stringify(holder),
    });
    return ETag!;
  };
  const read = async (): Promise<{ holder: Holder; etag: string } | undefined> => {
    try {
      const { Body, ETag } = await s3.getObject(object);
      return { holder: JSON.parse(await Body!.transformToString()) as Holder, etag: ETag! };
    } catch (error) {
      if (isError(error, 'NoSuchKey')) return undefined;
      throw error;
    }
  };
  /** The new tag; undefined if the condition does not hold. A write that was answered late may have been ours. */
  const attempt = async (condition: { IfNoneMatch: string } | { IfMatch: string }) => {
    try {
      return await write(condition);
    } catch (error) {
      if (!isRefusedCondition(error)) throw error;
      const now = await read();
      return now?.holder.id === id ? now.etag : undefined;
    }
  };

  const until = Date.now() + waitMs;
  let etag = await attempt({ IfNoneMatch: '*' });
  const wasFree = etag !== undefined;
  for (let told = false; etag === undefined; ) {
    const now = await read();
    if (now === undefined) etag = await attempt({ IfNoneMatch: '*' });
    else if (isOver(now.holder)) etag = await attempt({ IfMatch: now.etag });
    else {
      const { by, host, pid, started: since } = now.holder;
      if (Date.now() >= until) throw new Stop(diagnose('DEP010', { dag, by, host, pid, since }), 3);
      if (!told) onWait(`waiting for the deploy of ${dag} by ${by} (process ${pid} on ${host}) since ${since}`);
      told = true;
      await pause(300);
    }
  }

  let lost = false;
  let renewing: Promise<void> = Promise.resolve();
  const renew = () => {
    renewing = renewing.then(async () => {
      if (lost) return;
      const next = await attempt({ IfMatch: etag! });
      if (next === undefined) lost = true;
      else etag = next;
    });
    return renewing;
  };
  // A renewal that fails is tried again at the next; the one that counts is asked for by assertHeld.
  const timer = setInterval(() => renew().catch(() => undefined), RENEW_MS);
  timer.unref();
  return {
    wasFree,
    assertHeld: async () => {
      renewing = renewing.catch(() => undefined);
      await renew();
      if (lost) throw new Stop(diagnose('DEP011', { dag }), 3);
    },
    release: async () => {
      clearInterval(timer);
      await renewing.catch(() => undefined);
      if (lost) return;
      try {
        await s3.deleteObject({ ...object, IfMatch: etag! });
      } catch (error) {
        // Somebody else has it, or it is gone: deleted by the same call, whose answer was lost.
        if (!isRefusedCondition(error) && !isError(error, 'NoSuchKey')) throw error;
      }
    },
  };
}

function isOver(holder: Holder): boolean {
  return !isAlive(holder) || Date.parse(holder.expires) + SKEW_MS < Date.now();
}

/** Another write was before this one, or is under way. */
function isRefusedCondition(error: unknown): boolean {
  return isError(error, 'PreconditionFailed', 'ConditionalRequestConflict') || statusOf(error) === 412;
}

/** A process, told apart from those of other machines and other containers. */
export interface Process {
  readonly host: string;
  /** The boot and the space in which process numbers mean anything; empty where the system does not say. */
  readonly space: string;
  readonly pid: number;
}

export function thisProcess(): Process {
  return { host: hostname(), space: processSpace(), pid: process.pid };
}

/** Whether it may still be there. Of another machine's process nobody here can say that it is not. */
export function isAlive({ host, space, pid }: Process): boolean {
  if (space === '' || host !== hostname() || space !== processSpace()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
