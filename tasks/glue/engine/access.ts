import { relative, sep } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Account } from '../../../engines/engine.ts';
import type { As, AwsCall } from '../../../engines/iam/index.ts';
import { filesBelow, parseS3Uri } from '../../../engines/lake/lake.ts';
import type { Crawler, Database } from './catalog.ts';
import { CrawlError, type Found } from './crawl.ts';

const s3 = (action: string, args: object): AwsCall => ({ service: 's3', action, arguments: args });
const glue = (action: string, args: object): AwsCall => ({ service: 'glue', action, arguments: args });
const logs = (action: string, args: object): AwsCall => ({ service: 'cloudwatchlogs', action, arguments: args });

/** Writing the log of what Glue runs. */
export const writesLog = (group: string, stream: string): AwsCall[] => [
  logs('createLogGroup', { LogGroupName: group }),
  logs('createLogStream', { LogGroupName: group, LogStreamName: stream }),
  logs('putLogEvents', { LogGroupName: group, LogStreamName: stream }),
];

/** What a crawler does with its role before it knows a table: it looks its database up, and lists and reads the files. */
export async function mayCrawl(account: Account, crawler: Crawler, call: TaskCall): Promise<void> {
  if (account.access === undefined) return;
  allowed(account, crawler, call, [
    ...writesLog('/aws-glue/crawlers', crawler.Name),
    glue('getDatabase', { Name: crawler.DatabaseName }),
  ]);
  for (const path of crawler.paths) {
    const { bucket = '', key = '' } = parseS3Uri(path) ?? {};
    allowed(account, crawler, call, [
      s3('getBucketLocation', { Bucket: bucket }),
      s3('listObjectsV2', { Bucket: bucket, Prefix: key }),
    ]);
    const folder = account.lake.path(path);
    if (folder === undefined) continue;
    const base = key === '' || key.endsWith('/') ? key : `${key}/`;
    for await (const file of filesBelow(folder)) {
      const name = relative(folder, file).split(sep).join('/');
      allowed(account, crawler, call, [s3('getObject', { Bucket: bucket, Key: `${base}${name}` })]);
    }
  }
}

/** What it then does to the catalog: it makes tables or changes them, and adds their partitions. */
export function mayKeep(
  account: Account,
  crawler: Crawler,
  found: readonly Found[],
  database: Database | undefined,
  call: TaskCall,
): void {
  for (const { name, partitionKeys } of found) {
    const isThere = database?.tables[name] !== undefined;
    const table = { DatabaseName: crawler.DatabaseName, TableInput: { Name: name } };
    allowed(account, crawler, call, [
      glue('getTable', { DatabaseName: crawler.DatabaseName, Name: name }),
      glue(isThere ? 'updateTable' : 'createTable', table),
      ...(partitionKeys.length > 0
        ? [glue('batchCreatePartition', { DatabaseName: crawler.DatabaseName, TableName: name })]
        : []),
    ]);
  }
}

function allowed(account: Account, { Role }: Crawler, call: TaskCall, asked: readonly AwsCall[]): void {
  const as: As = { role: Role, session: 'AWS-Crawler' };
  for (const one of asked) {
    const denied = account.access?.(call, as, one);
    if (denied !== undefined) throw new CrawlError(denied.text);
  }
}
