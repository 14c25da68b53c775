import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../asl/json/value.ts';
import type { Clients } from '../aws/clients.ts';
import { isError } from '../aws/errors.ts';

/** A call that a task made of a service, read off the history. */
export interface Call {
  /** `elasticmapreduce:addStep`, `aws-sdk:glue:startCrawler` …, without `.sync`. */
  readonly action: string;
  readonly parameters: JsonObject;
  /** What the service said, one text after the other: outputs, causes. */
  readonly said: string;
  readonly failed: boolean;
}

/** What a service wrote of a call: lines, or how to get at them where that is not ours to do. */
export interface Written {
  readonly title: string;
  readonly lines: readonly string[];
  readonly hint?: string;
}

/**
 * Finds what a service wrote of a call.
 * @param calls all of the run's, in which the call may be that made what this one uses
 */
export type LogReader = (call: Call, clients: Clients, calls: readonly Call[]) => Promise<Written[]>;

/** What the module `logs.ts` of a service exports: readers by action, as a call has it. */
export interface LogsModule {
  readonly logs: { readonly [action: string]: LogReader };
}

/** So many lines of a log are shown; the last ones say why. */
const LINES = 40;

export function lastLines(text: string, most = LINES): string[] {
  const lines = text.replace(/\s+$/, '').split('\n');
  return lines.length <= most ? lines : [`… ${lines.length - most} lines before`, ...lines.slice(-most)];
}

/** The end of a stream of CloudWatch Logs; undefined where there is none. */
export async function readStream(
  clients: Clients,
  title: string,
  logGroupName: string,
  logStreamName: string,
): Promise<Written | undefined> {
  try {
    const page = await (await clients.logs()).getLogEvents({ logGroupName, logStreamName, limit: LINES });
    const lines = (page.events ?? []).flatMap(({ message = '' }) => message.replace(/\n$/, '').split('\n'));
    return lines.length === 0 ? undefined : { title: `${title} (${logGroupName} ${logStreamName})`, lines };
  } catch (error) {
    if (isError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** As many streams of one job are shown. */
const STREAMS = 10;

/** The ends of those streams of a group whose names begin so: one for each machine on which a job ran. */
export async function readStreams(
  clients: Clients,
  title: string,
  logGroupName: string,
  logStreamNamePrefix: string,
): Promise<Written[]> {
  const found: Written[] = [];
  for (const name of await streamsOf(clients, logGroupName, logStreamNamePrefix)) {
    const written = await readStream(clients, title, logGroupName, name);
    if (written !== undefined) found.push(written);
  }
  return found;
}

async function streamsOf(clients: Clients, logGroupName: string, logStreamNamePrefix: string): Promise<string[]> {
  try {
    const page = await (await clients.logs()).describeLogStreams({ logGroupName, logStreamNamePrefix, limit: STREAMS });
    return (page.logStreams ?? []).flatMap(({ logStreamName }) => logStreamName ?? []);
  } catch (error) {
    if (isError(error, 'ResourceNotFoundException')) return [];
    throw error;
  }
}

/** A folder in S3 that a service copies logs to: `s3://bucket/prefix` of its settings, and the path below it. */
export function logFolder(uri: string, path: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*?)\/?$/.exec(uri) ?? [];
  return { bucket, prefix: `${prefix === '' ? '' : `${prefix}/`}${path}` };
}

/** The ends of packed log files of a folder in S3; those that are not there or empty are left out. */
export async function readGzipFiles(
  clients: Clients,
  title: string,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  names: readonly string[],
): Promise<Written[]> {
  const found: Written[] = [];
  for (const name of names) {
    const key = `${prefix}/${name}.gz`;
    const text = await readGzip(clients, bucket, key);
    if (text !== undefined && text.trim() !== '')
      found.push({ title: `${title}: ${name} (s3://${bucket}/${key})`, lines: lastLines(text) });
  }
  return found;
}

async function readGzip(clients: Clients, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    const { Body } = await (await clients.s3()).getObject({ Bucket, Key });
    return gunzipSync(await Body!.transformToByteArray()).toString('utf8');
  } catch (error) {
    if (isError(error, 'NoSuchKey', 'NoSuchBucket', 'NotFound')) return undefined;
    throw error;
  }
}
