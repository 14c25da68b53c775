import { relative, sep } from 'node:path';
import type { TaskCall } from '../../../asl/interpret/options.ts';
import type { Account } from '../../../engines/engine.ts';
import type { AwsCall, Denial } from '../../../engines/iam/index.ts';
import { filesBelow, parseS3Uri } from '../../../engines/lake/lake.ts';
import type { Database, Table } from '../../glue/engine/catalog.ts';
import { QueryError } from './query-error.ts';

/** As much of a query's execution as decides what it touches. */
interface Query {
  readonly sql: string;
  readonly database: string;
  /** The result's URI. */
  readonly location: string;
}

/** What Athena does with the leave of whoever started the query; a query that may not fails as it does on AWS. */
function denied(account: Account, call: TaskCall, asked: AwsCall): Denial | undefined {
  return account.access?.(call, { calledVia: 'athena.amazonaws.com' }, asked);
}

const s3 = (action: string, args: object): AwsCall => ({ service: 's3', action, arguments: args });
const glue = (action: string, args: object): AwsCall => ({ service: 'glue', action, arguments: args });

/** What keeps a query from being taken: Athena looks at the bucket of its result first. */
export function ofBucket(account: Account, { location }: Query, call: TaskCall): string | undefined {
  const { bucket = '' } = parseS3Uri(location) ?? {};
  const found = denied(account, call, s3('getBucketLocation', { Bucket: bucket }));
  return found && `Unable to verify/create output bucket ${bucket}. ${found.text}`;
}

/** Its database in the catalog, and the one that Athena always looks at. */
export function mayLookUp(account: Account, { database }: Query, call: TaskCall): void {
  for (const name of new Set([database, 'default'])) {
    const found = denied(account, call, glue('getDatabase', { Name: name }));
    if (found !== undefined) throw ofCatalog(found);
  }
}

/** The tables that the query names, with their partitions and files. */
export async function mayRead(
  account: Account,
  { Name: database, tables }: Database,
  { sql }: Query,
  call: TaskCall,
): Promise<void> {
  if (account.access === undefined) return;
  for (const table of Object.values(tables).filter(({ Name }) => names(sql, Name))) {
    const asked = [
      glue('getTable', { DatabaseName: database, Name: table.Name }),
      ...(table.PartitionKeys.length > 0
        ? [glue('getPartitions', { DatabaseName: database, TableName: table.Name })]
        : []),
    ];
    const refused = asked.map((one) => denied(account, call, one)).find((one) => one !== undefined);
    if (refused !== undefined) throw ofCatalog(refused);
    await mayReadFiles(account, table, call);
  }
}

async function mayReadFiles(account: Account, { Location }: Table, call: TaskCall): Promise<void> {
  const { bucket = '', key = '' } = parseS3Uri(Location) ?? {};
  const refuse = (found: Denial | undefined) => {
    if (found !== undefined) throw new QueryError('PERMISSION_DENIED', `Permission denied on S3 path: ${Location}`);
  };
  refuse(denied(account, call, s3('listObjectsV2', { Bucket: bucket, Prefix: key })));
  const folder = account.lake.path(Location);
  if (folder === undefined) return;
  for await (const file of filesBelow(folder)) {
    const name = relative(folder, file).split(sep).join('/');
    refuse(denied(account, call, s3('getObject', { Bucket: bucket, Key: `${key}${name}` })));
  }
}

export function mayWrite(account: Account, { location }: Query, call: TaskCall): void {
  const { bucket = '', key = '' } = parseS3Uri(location) ?? {};
  if (denied(account, call, s3('putObject', { Bucket: bucket, Key: key })) === undefined) return;
  throw new QueryError(
    'PERMISSION_DENIED',
    `Access denied when writing output to url: ${location} . Please ensure you are allowed to access the S3 bucket.`,
  );
}

/** What keeps a result from being read. */
export function mayFetch(account: Account, { location }: Query, call: TaskCall): string | undefined {
  const { bucket = '', key = '' } = parseS3Uri(location) ?? {};
  return denied(account, call, s3('getObject', { Bucket: bucket, Key: key }))?.text;
}

function ofCatalog({ text }: Denial): QueryError {
  return new QueryError(
    'PERMISSION_DENIED',
    `Insufficient permissions to execute the query. ${text} (Service: AWSGlue; Status Code: 400; Error Code: AccessDeniedException)`,
  );
}

/** Whether a query names a table, as SQL writes names. */
export function names(sql: string, table: string): boolean {
  return new RegExp(`(?<![\\w$])${table.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i').test(sql);
}
