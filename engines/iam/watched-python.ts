import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import { packageRoot } from '../../packaging/own-files.ts';
import type { Account } from '../engine.ts';
import type { Denial } from './denial.ts';
import type { As } from './guard.ts';
import type { AwsCall } from './requests.ts';

/** A Python script whose use of the lake is written down. */
export interface WatchedPython {
  /** What stands before the script on Python's command line. */
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string };
  /** What it did to the files of the buckets, each once, in the order in which it did. */
  touched(account: Account): Promise<Touched[]>;
  /** Decides, when the script has ended, what it did in the buckets' folders; undefined where all of it is allowed. */
  denied(account: Account, as: As, call: TaskCall): Promise<Denial | undefined>;
}

/**
 * Runs a script so that each file that it opens, lists or removes in the buckets' folders is written into a file, a line of JSON each.
 * @param file where to
 */
export function watchedPython(file: string): WatchedPython {
  return {
    args: [join(packageRoot(), 'engines/iam/watched.py')],
    env: { DAGWRIGHT_WATCHED: file },
    touched: (account) => touchedIn(file, account.lake.folder),
    denied: async (account, as, call) => {
      for (const touched of await touchedIn(file, account.lake.folder)) {
        const denied = account.access?.(call, as, askedFor(touched));
        if (denied !== undefined) return denied;
      }
      return undefined;
    },
  };
}

/** What was done to a file of a bucket, or to a folder in it. */
export interface Touched {
  readonly did: 'read' | 'write' | 'list' | 'remove';
  readonly bucket: string;
  readonly key: string;
}

async function touchedIn(file: string, lake: string): Promise<Touched[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return [...new Set(text.split('\n').filter((line) => line !== ''))].flatMap((line) => {
    const { did, path } = JSON.parse(line) as { did: Touched['did']; path: string };
    const below = relative(lake, path);
    if (below === '' || below.startsWith('..')) return [];
    const [bucket = '', ...key] = below.split(sep);
    return key.length === 0 && did !== 'list' ? [] : [{ did, bucket, key: key.join('/') }];
  });
}

const ACTIONS = { read: 'getObject', write: 'putObject', remove: 'deleteObject' } as const;

/** The call of S3 that stands for what was done. */
function askedFor({ did, bucket, key }: Touched): AwsCall {
  if (did === 'list') return s3('listObjectsV2', { Bucket: bucket, Prefix: key === '' ? '' : `${key}/` });
  return s3(ACTIONS[did], { Bucket: bucket, Key: key });
}

function s3(action: string, args: object): AwsCall {
  return { service: 's3', action, arguments: args };
}
