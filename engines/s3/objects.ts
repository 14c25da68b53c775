import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { receive } from './body.ts';
import type { BucketFiles, ObjectFile } from './bucket-files.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import { elements, textOf, type Xml } from './xml.ts';

/** GetObject and HeadObject, whole or a range. */
export async function get(files: BucketFiles, request: S3Request): Promise<void> {
  const object = await files.find(request.bucket, request.key);
  const etag = await object.etag();
  mustMatch(request, etag, object.modified);
  const range = rangeOf(request.header('range'), object.size);
  const [from, to] = range ?? [0, object.size - 1];
  request.response.writeHead(range === undefined ? 200 : 206, {
    'Content-Type': request.query.get('response-content-type') ?? 'binary/octet-stream',
    'Content-Length': to - from + 1,
    'Accept-Ranges': 'bytes',
    'Last-Modified': object.modified.toUTCString(),
    ETag: etag,
    ...(range && { 'Content-Range': `bytes ${from}-${to}/${object.size}` }),
  });
  if (request.method === 'HEAD' || to < from) request.response.end();
  else await pipeline(createReadStream(object.file, { start: from, end: to }), request.response);
}

/** The first and the last byte; undefined where no range is asked for, or none that anybody understands. */
export function rangeOf(text: string | undefined, size: number): [from: number, to: number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from >= size) throw new S3Error('InvalidRange');
  return [from, to];
}

/** @throws S3Error where the request wants another state of the object; `undefined`: there is none */
function mustMatch(request: S3Request, etag: string | undefined, modified?: Date): void {
  const isIn = (list: string) => etag !== undefined && (list === '*' || unquotedIn(list).includes(unquoted(etag)));
  const match = request.header('if-match');
  const none = request.header('if-none-match');
  if (match !== undefined && !isIn(match)) throw new S3Error(etag === undefined ? 'NoSuchKey' : 'PreconditionFailed');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (none !== undefined && isIn(none)) throw new S3Error(isRead ? 'NotModified' : 'PreconditionFailed');
  if (!isRead || modified === undefined) return;
  const seconds = Math.floor(modified.getTime() / 1000);
  const since = (name: string) => Date.parse(request.header(name) ?? '') / 1000;
  if (none === undefined && seconds <= since('if-modified-since')) throw new S3Error('NotModified');
  if (match === undefined && seconds > since('if-unmodified-since')) throw new S3Error('PreconditionFailed');
}

function unquotedIn(list: string): string[] {
  return list.split(',').map((one) => unquoted(one.trim()));
}

export function unquoted(etag: string): string {
  return etag.replace(/^(?:W\/)?"|"$/g, '');
}

/** PutObject. */
export async function put(files: BucketFiles, request: S3Request, scratch: string): Promise<void> {
  files.mustHave(request.bucket);
  const { file, etag } = await receive(request.incoming, scratch);
  try {
    await place(files, request, file);
  } finally {
    await rm(file, { force: true });
  }
  request.answer(200, { ETag: etag });
}

/** Puts a file in an object's place, where the object is as the request wants it: nobody else puts one there meanwhile. */
export function place(files: BucketFiles, request: S3Request, draft: string): Promise<void> {
  const { bucket, key } = request;
  return files.alone(bucket, key, async () => {
    if (request.header('if-match') !== undefined || request.header('if-none-match') !== undefined)
      mustMatch(request, await etagOf(() => files.find(bucket, key)));
    await files.put(bucket, key, draft);
  });
}

async function etagOf(find: () => Promise<ObjectFile>): Promise<string | undefined> {
  try {
    return await (await find()).etag();
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** CopyObject. What is copied is the content: the lake keeps nothing else. */
export async function copy(files: BucketFiles, request: S3Request, scratch: string): Promise<void> {
  const source = await sourceOf(files, request);
  const draft = join(scratch, randomUUID());
  await mkdir(scratch, { recursive: true });
  try {
    await copyFile(source.file, draft);
    await files.put(request.bucket, request.key, draft);
  } finally {
    await rm(draft, { force: true });
  }
  const made = await files.find(request.bucket, request.key);
  request.answerXml('CopyObjectResult', { LastModified: made.modified.toISOString(), ETag: await made.etag() });
}

/** The object that a request copies from: `bucket/key`, encoded. */
export function sourceOf(files: BucketFiles, request: S3Request): Promise<ObjectFile> {
  const given = (request.header('x-amz-copy-source') ?? '').replace(/\?versionId=.*$/, '');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(given)) ?? [];
  if (bucket === undefined || key === undefined)
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  return files.find(bucket, key);
}

/** DeleteObjects: each for itself, and what is not there counts as deleted. */
export async function deleteMany(files: BucketFiles, request: S3Request): Promise<void> {
  const body = await request.body();
  files.mustHave(request.bucket);
  const keys = elements(body, 'Object').map((one) => textOf(one, 'Key'));
  if (keys.length === 0 || keys.length > 1000 || keys.some((key) => !key)) throw new S3Error('MalformedXML');
  const isQuiet = textOf(body, 'Quiet') === 'true';
  const deleted: Xml[] = [];
  const errors: Xml[] = [];
  for (const key of keys as string[]) {
    try {
      await files.delete(request.bucket, key);
      if (!isQuiet) deleted.push({ Key: key });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ Key: key, Code: error.code, Message: error.message });
    }
  }
  request.answerXml('DeleteResult', { Deleted: deleted, Error: errors });
}
