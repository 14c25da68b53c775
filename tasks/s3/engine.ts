import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { type Account, type Action, type Engine, ServiceError } from '../../engines/engine.ts';
import { ASSETS_BUCKET } from '../../engines/lake/assets.ts';
import { filesBelow } from '../../engines/lake/lake.ts';
import { datasetOfFile } from '../../engines/lineage/datasets.ts';
import { writeAtomically } from '../../project/files.ts';
import { readItems } from './engine/read-items.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MOST_DELETED = 1000;

/** As S3 orders keys: by their bytes in UTF-8. */
function inOrder(one: string, other: string): number {
  return Buffer.from(one).compare(Buffer.from(other));
}

/** The last key of a page, as its token has it. */
function keyIn(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}

/** S3's actions on the buckets' folders: what a DAG may ask of S3 itself through an SDK integration. */
export function engine(account: Account): Engine {
  const { lake } = account;
  const refuse = (code: string, message: string) => new ServiceError(`S3.${code}`, message);
  const path = (bucket: string, key: string) => {
    const found = lake.path(`s3://${bucket}/${key}`);
    if (found === undefined) throw refuse('S3Exception', `The key ${key} is not valid here`);
    return found;
  };
  const writable = (bucket: string, key: string) => {
    const mount = lake.readOnly().find((prefix) => `s3://${bucket}/${key}`.startsWith(prefix));
    if (mount !== undefined) throw refuse('S3Exception', `${mount} is mounted read only`);
    return path(bucket, key);
  };
  const request = (fields: JsonObject) => {
    const args = new Arguments(fields, 'S3.S3Exception');
    return { args, bucket: args.string('Bucket') };
  };
  const existing = async (bucket: string, key: string) => {
    const file = path(bucket, key);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) throw refuse('NoSuchKeyException', 'The specified key does not exist.');
    return { file, found };
  };

  const listObjectsV2: Action = async (fields) => {
    const { args, bucket } = request(fields);
    const prefix = args.has('Prefix') ? args.string('Prefix') : '';
    const most = args.number('MaxKeys', 1000);
    const after = args.has('ContinuationToken') ? keyIn(args.string('ContinuationToken')) : undefined;
    const root = path(bucket, '');
    const found: { readonly key: string; readonly file: string }[] = [];
    for await (const file of filesBelow(root)) {
      const key = relative(root, file).split(sep).join('/');
      if (key.startsWith(prefix) && (after === undefined || inOrder(after, key) < 0)) found.push({ key, file });
    }
    found.sort((one, other) => inOrder(one.key, other.key));
    const page = found.slice(0, most);
    const contents = await Promise.all(
      page.map(async ({ key, file }) => {
        const { size, mtime } = await stat(file);
        return { Key: key, Size: size, LastModified: mtime.toISOString() };
      }),
    );
    const last = page.at(-1)?.key;
    const isTruncated = found.length > page.length;
    return {
      Name: bucket,
      Prefix: prefix,
      KeyCount: contents.length,
      MaxKeys: most,
      IsTruncated: isTruncated,
      ...(isTruncated && last !== undefined && { NextContinuationToken: Buffer.from(last).toString('base64url') }),
      Contents: contents,
    };
  };
  const headObject: Action = async (fields) => {
    const { args, bucket } = request(fields);
    const { found } = await existing(bucket, args.string('Key'));
    return { ContentLength: found.size, LastModified: found.mtime.toISOString() };
  };
  const getObject: Action = async (fields, call) => {
    const { args, bucket } = request(fields);
    const { file, found } = await existing(bucket, args.string('Key'));
    // What a function answered is no data of the user's.
    const lineage = bucket === ASSETS_BUCKET ? undefined : account.lineage?.(call);
    lineage?.reads(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { Body: await readFile(file, 'utf8'), ContentLength: found.size, LastModified: found.mtime.toISOString() };
  };
  const writing = async (fields: JsonObject, call: TaskCall, textOf: (body: Json) => string) => {
    const { args, bucket } = request(fields);
    const body = args.json('Body');
    const text = body === undefined ? '' : textOf(body);
    await writeAtomically(writable(bucket, args.string('Key')), text);
    account.lineage?.(call)?.wrote(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { ETag: `"${createHash('md5').update(text).digest('hex')}"` };
  };
  // What a Map's ResultWriter asks for: files that are text already.
  const putResults: Action = (fields, call) =>
    writing(fields, call, (body) => (typeof body === 'string' ? body : JSON.stringify(body)));
  // The SDK's integration writes whatever a Body is as JSON, a text in quotes.
  const putObject: Action = (fields, call) => writing(fields, call, (body) => JSON.stringify(body));
  const deleteObject: Action = async (fields) => {
    const { args, bucket } = request(fields);
    await rm(writable(bucket, args.string('Key')), { force: true });
    return {};
  };
  const deleteObjects: Action = async (fields) => {
    const { args, bucket } = request(fields);
    const asked = args.object('Delete');
    const objects = asked.list('Objects');
    if (objects.length === 0 || objects.length > MOST_DELETED)
      throw refuse(
        'S3Exception',
        'The XML you provided was not well-formed or did not validate against our published schema',
      );
    const keys = objects.map((one) => one.string('Key'));
    for (const key of keys) await rm(writable(bucket, key), { force: true });
    return asked.json('Quiet') === true ? {} : { Deleted: keys.map((Key) => ({ Key })) };
  };
  const copyObject: Action = async (fields, call) => {
    const { args, bucket } = request(fields);
    const [from = '', ...key] = decodeURIComponent(args.string('CopySource')).replace(/^\//, '').split('/');
    const { file, found } = await existing(from, join(...key));
    const to = writable(bucket, args.string('Key'));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(file, to);
    account.lineage?.(call)?.reads(call, [datasetOfFile(`s3://${from}/${key.join('/')}`)]);
    account.lineage?.(call)?.wrote(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { CopyObjectResult: { LastModified: found.mtime.toISOString() } };
  };
  return {
    actions: { putObject: putResults },
    read: (call) => readItems(account, call),
    sdkActions: { listObjectsV2, headObject, getObject, putObject, deleteObject, deleteObjects, copyObject },
    close: async () => {},
  };
}
