import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import { packageRoot } from '../../project/packages.ts';
import type { Account } from '../engine.ts';
import type { Denial } from './denial.ts';
import type { As } from './guard.ts';
import type { AwsCall } from './requests.ts';

/** A Python script whose use of the lake is written down. */
export interface WatchedPython {
  /** What stands before the script on Python's command line. */
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string };
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
    denied: async (account, as, call) => {
      const text = await readFile(file, 'utf8').catch(() => '');
      for (const line of new Set(text.split('\n').filter((one) => one !== ''))) {
        const asked = askedFor(JSON.parse(line) as Touched, account.lake.folder);
        const denied = asked && account.access?.(call, as, asked);
        if (denied !== undefined) return denied;
      }
      return undefined;
    },
  };
}

interface Touched {
  readonly did: 'read' | 'write' | 'list' | 'remove';
  readonly path: string;
}

const ACTIONS = { read: 'getObject', write: 'putObject', remove: 'deleteObject' } as const;

/** The call of S3 that stands for what was done to a file of a bucket's folder. */
function askedFor({ did, path }: Touched, lake: string): AwsCall | undefined {
  const below = relative(lake, path);
  if (below === '' || below.startsWith('..')) return undefined;
  const [bucket = '', ...key] = below.split(sep);
  if (did === 'list') return s3('listObjectsV2', { Bucket: bucket, Prefix: key.length > 0 ? `${key.join('/')}/` : '' });
  return key.length === 0 ? undefined : s3(ACTIONS[did], { Bucket: bucket, Key: key.join('/') });
}

function s3(action: string, args: object): AwsCall {
  return { service: 's3', action, arguments: args };
}
