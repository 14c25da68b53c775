import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import { type Account, type Action, type Engine, ServiceError } from '../../engines/engine.ts';
import { filesBelow } from '../../engines/lake/lake.ts';
import { datasetOfFile } from '../../engines/lineage/datasets.ts';
import { writeAtomically } from '../../project/files.ts';
import { readItems } from './engine/read-items.ts';

/** S3's actions on the buckets' folders: what a DAG may ask of S3 itself through an SDK integration. */
export function engine(account: Account): Engine {
  const { lake, lineage } = account;
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
    const root = path(bucket, '');
    const contents: Json[] = [];
    for await (const file of filesBelow(root)) {
      const key = relative(root, file).split(sep).join('/');
      if (!key.startsWith(prefix)) continue;
      if (contents.length === most)
        return { Name: bucket, Prefix: prefix, KeyCount: most, MaxKeys: most, IsTruncated: true, Contents: contents };
      const { size, mtime } = await stat(file);
      contents.push({ Key: key, Size: size, LastModified: mtime.toISOString() });
    }
    return {
      Name: bucket,
      Prefix: prefix,
      KeyCount: contents.length,
      MaxKeys: most,
      IsTruncated: false,
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
    lineage?.reads(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { Body: await readFile(file, 'utf8'), ContentLength: found.size, LastModified: found.mtime.toISOString() };
  };
  const putObject: Action = async (fields, call) => {
    const { args, bucket } = request(fields);
    const body = args.json('Body') ?? '';
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    await writeAtomically(writable(bucket, args.string('Key')), text);
    lineage?.wrote(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { ETag: `"${createHash('md5').update(text).digest('hex')}"` };
  };
  const deleteObject: Action = async (fields) => {
    const { args, bucket } = request(fields);
    await rm(writable(bucket, args.string('Key')), { force: true });
    return {};
  };
  const copyObject: Action = async (fields, call) => {
    const { args, bucket } = request(fields);
    const [from = '', ...key] = decodeURIComponent(args.string('CopySource')).replace(/^\//, '').split('/');
    const { file, found } = await existing(from, join(...key));
    const to = writable(bucket, args.string('Key'));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(file, to);
    lineage?.reads(call, [datasetOfFile(`s3://${from}/${key.join('/')}`)]);
    lineage?.wrote(call, [datasetOfFile(`s3://${bucket}/${args.string('Key')}`)]);
    return { CopyObjectResult: { LastModified: found.mtime.toISOString() } };
  };
  return {
    // What a Map's ResultWriter asks for.
    actions: { putObject },
    read: (call) => readItems(account, call),
    sdkActions: { listObjectsV2, headObject, getObject, putObject, deleteObject, copyObject },
    close: async () => {},
  };
}
