import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterEach, expect, test } from '@jest/globals';
import { functionPython } from '../../../engines/functions/python-packages.ts';
import { Lake } from '../../../engines/lake/lake.ts';
import { ProcessGroups } from '../../../engines/process/process-groups.ts';
import { S3Server } from '../../../engines/s3/server.ts';
import { folderWith, REPOSITORY } from '../../local/support.ts';
import { testOfAll } from '../../sized.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A server over the buckets `lake` and `other`, where `mounted/` is a folder of the user's, and the SDK's client of it. */
async function served() {
  const root = await folderWith();
  const folder = await folderWith({ 'a.txt': 'mounted', 'deep/b.txt': 'b' });
  const lake = await Lake.open(
    root,
    ['lake', 'other'],
    [{ bucket: 'lake', prefix: 'mounted', folder }],
    join(root, 'views'),
  );
  const server = await S3Server.start(lake, join(root, 'scratch'));
  const client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  open.push({
    close: async () => {
      client.destroy();
      await server.close();
      // Nothing that was not whole is left, in the buckets or beside them.
      const left = await readdir(join(root, 'scratch'), { recursive: true, withFileTypes: true }).catch(() => []);
      expect(left.filter((entry) => entry.isFile())).toEqual([]);
    },
  });
  const Bucket = 'lake';
  const put = (Key: string, Body: string | Uint8Array) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const read = async (Key: string, Range?: string) =>
    (await client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }))).Body!.transformToString();
  const path = (key: string) => join(root, 's3/lake', key);
  return { root, server, client, Bucket, put, read, path };
}

const md5 = (content: string | Uint8Array) => `"${createHash('md5').update(content).digest('hex')}"`;

/** A request that no SDK would send. */
function raw(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method: options.method ?? 'GET', headers: { authorization: 'none', ...options.headers } },
      async (answer) => resolve({ status: answer.statusCode!, body: await text(answer) }),
    );
    asked.once('error', reject);
    asked.end(options.body);
  });
}

test('an object, written and read, is a file of the lake', async () => {
  const { client, Bucket, put, read, path } = await served();
  for (const Key of ['a.txt', 'ein/ü ñ 漢字 🎉/+&=?#%25"<>.txt', "it's/~*().csv", ' leading and trailing ']) {
    expect((await put(Key, `content of ${Key}`)).ETag).toBe(md5(`content of ${Key}`));
    expect(await readFile(path(Key), 'utf8')).toBe(`content of ${Key}`);
    expect(await read(Key)).toBe(`content of ${Key}`);
  }
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a.txt' }));
  expect(head).toMatchObject({ ContentLength: 16, ETag: md5('content of a.txt') });
  expect(Math.abs(head.LastModified!.getTime() - Date.now())).toBeLessThan(10_000);
  // A file that something else writes is an object too.
  await writeFile(path('from-spark.txt'), 'spark');
  expect(await read('from-spark.txt')).toBe('spark');
  await writeFile(path('from-spark.txt'), 'again');
  expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'from-spark.txt' }))).ETag).toBe(md5('again'));
  await put('empty', '');
  expect(await read('empty')).toBe('');
});

test('bodies of unknown length: chunks with a checksum behind them', async () => {
  const { client, Bucket, read } = await served();
  const pieces = Array.from({ length: 50 }, (_, at) => `${at} `.repeat(1000));
  const Body = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  await client.send(
    new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: Buffer.byteLength(pieces.join('')) }),
  );
  expect(await read('stream')).toBe(pieces.join(''));
});

test('ranges', async () => {
  const { client, Bucket, put, read } = await served();
  await put('digits', '0123456789');
  expect(await read('digits', 'bytes=2-4')).toBe('234');
  expect(await read('digits', 'bytes=7-')).toBe('789');
  expect(await read('digits', 'bytes=-3')).toBe('789');
  expect(await read('digits', 'bytes=8-99')).toBe('89');
  expect(await read('digits', 'bytes=5-2')).toBe('0123456789');
  const part = await client.send(new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=0-0' }));
  expect(part).toMatchObject({ ContentRange: 'bytes 0-0/10', ContentLength: 1 });
  await part.Body!.transformToString();
  await expect(read('digits', 'bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('what is not there, and what is not kept', async () => {
  const { client, Bucket, read, put } = await served();
  await put('folder/object', 'x');
  await expect(read('nothing')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  await expect(read('folder')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'nothing' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  const elsewhere = { Bucket: 'theirs', Key: 'a' };
  await expect(client.send(new GetObjectCommand(elsewhere))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(client.send(new PutObjectCommand({ ...elsewhere, Body: 'x' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  await expect(client.send(new ListObjectsV2Command({ Bucket: 'theirs' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  await expect(client.send(new HeadBucketCommand({ Bucket: 'theirs' }))).rejects.toMatchObject({ name: 'NotFound' });
  await expect(client.send(new CreateBucketCommand({ Bucket: 'theirs' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  });
  await expect(client.send(new GetObjectTaggingCommand({ Bucket, Key: 'folder/object' }))).rejects.toMatchObject({
    name: 'NotImplemented',
  });
  expect((await client.send(new ListBucketsCommand({}))).Buckets!.map(({ Name }) => Name)).toEqual(['lake', 'other']);
  await client.send(new HeadBucketCommand({ Bucket }));
  expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint ?? '').toBe('');
});

test('no key leaves its bucket, and nobody reads without a signature', async () => {
  const { server, root, client, Bucket } = await served();
  await writeFile(join(root, 'secret.txt'), 'secret');
  for (const key of [
    '../secret.txt',
    '../../secret.txt',
    '%2e%2e/%2e%2e/secret.txt',
    '..%2f..%2fsecret.txt',
    'a/../../other/x',
    './x',
    'a//b',
    'a%00b',
  ])
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect([key, (await raw(server.url, `/lake/${key}`, { method, body: '' })).body]).toEqual([
        key,
        expect.stringMatching(/<Code>InvalidRequest</),
      ]);
  await expect(
    client.send(new CopyObjectCommand({ Bucket, Key: 'stolen', CopySource: 'lake/../../secret.txt' })),
  ).rejects.toMatchObject({ name: 'InvalidRequest' });
  expect(await raw(server.url, '/../secret.txt')).toMatchObject({ status: 404 });
  expect(await raw(server.url, '/lake/%E0%A4%A')).toMatchObject({
    status: 400,
    body: expect.stringContaining('InvalidURI'),
  });
  const { hostname, port } = new URL(server.url);
  expect((await fetch(`http://${hostname}:${port}/lake`)).status).toBe(403);
  expect(await readdir(root)).not.toContain('other');
});

test('a body that is not what its length or its checksum says is refused, and the object stays', async () => {
  const { server, put, read } = await served();
  await put('kept', 'kept');
  const digest = await raw(server.url, '/lake/kept', {
    method: 'PUT',
    body: 'changed',
    headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' },
  });
  expect(digest).toMatchObject({ status: 400, body: expect.stringContaining('BadDigest') });
  const trailer = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '5' };
  const chunked = (sum: string) => `5\r\nhello\r\n0\r\nx-amz-checksum-sha256:${sum}\r\n\r\n`;
  const wrong = await raw(server.url, '/lake/kept', { method: 'PUT', body: chunked('AAAA'), headers: trailer });
  expect(wrong.body).toContain('BadDigest');
  const short = await raw(server.url, '/lake/kept', { method: 'PUT', body: '9\r\nhello', headers: trailer });
  expect(short.body).toContain('IncompleteBody');
  expect(await read('kept')).toBe('kept');
  const right = createHash('sha256').update('hello').digest('base64');
  expect(await raw(server.url, '/lake/kept', { method: 'PUT', body: chunked(right), headers: trailer })).toMatchObject({
    status: 200,
  });
  expect(await read('kept')).toBe('hello');
});

testOfAll('2,500 objects in pages, in the order of their bytes, with and without folders', async () => {
  const { client, Bucket, put, path } = await served();
  await mkdir(path('many/in'), { recursive: true });
  await Promise.all(Array.from({ length: 2500 }, (_, at) => writeFile(path(`many/${at % 2 ? 'in/' : ''}${at}`), '')));
  const keys: string[] = [];
  const sizes: number[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: 'many/' })) {
    sizes.push(page.KeyCount!);
    keys.push(...page.Contents!.map(({ Key }) => Key!));
  }
  expect(sizes).toEqual([1000, 1000, 500]);
  expect(new Set(keys).size).toBe(2500);
  expect(keys).toEqual([...keys].sort((a, b) => Buffer.from(a).compare(Buffer.from(b))));

  const pages: string[][] = [];
  for await (const page of paginateListObjectsV2(
    { client, pageSize: 500 },
    { Bucket, Prefix: 'many/', Delimiter: '/' },
  ))
    pages.push([
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      ...(page.Contents ?? []).map(({ Key }) => Key!),
    ]);
  expect(pages.map((page) => page.length)).toEqual([500, 500, 251]);
  expect(pages.flat().filter((one) => one.endsWith('/'))).toEqual(['many/in/']);

  await Promise.all(
    ['b', 'b.txt', 'b-1', 'c/é', 'c/<&>', '.c/.d.txt.crc'].map((key) => put(key === 'b' ? 'b/x' : key, 'x')),
  );
  const all = async (more: object) =>
    (await client.send(new ListObjectsV2Command({ Bucket, ...more }))).Contents?.map(({ Key }) => Key);
  expect(await all({ Prefix: 'b' })).toEqual(['b-1', 'b.txt', 'b/x']);
  expect(await all({ Prefix: 'c/' })).toEqual(['c/<&>', 'c/é']);
  expect(await all({ StartAfter: 'b.txt', Prefix: 'b' })).toEqual(['b/x']);
  // Spark's own checksums are no objects.
  expect(await all({ Prefix: '.c' })).toBeUndefined();
  expect(await all({ Prefix: 'mount' })).toEqual(['mounted/a.txt', 'mounted/deep/b.txt']);
  expect(await all({ Prefix: 'mounted/de' })).toEqual(['mounted/deep/b.txt']);
  const v1 = await client.send(new ListObjectsCommand({ Bucket, Prefix: 'b', MaxKeys: 2 }));
  expect([v1.IsTruncated, v1.NextMarker]).toEqual([true, 'b.txt']);
  const next = await client.send(new ListObjectsCommand({ Bucket, Prefix: 'b', Marker: v1.NextMarker! }));
  expect(next.Contents!.map(({ Key }) => Key)).toEqual(['b/x']);
});

testOfAll(
  '20 MB in parts; parts that are copied, listed, too small, in the wrong order, given up',
  async () => {
    const { client, Bucket, path, put } = await served();
    const content = randomBytes(20 * 1024 * 1024);
    const size = 6 * 1024 * 1024;
    const Key = 'large/ü.bin';
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const at = { Bucket, Key, UploadId };
    const parts = await Promise.all(
      [4, 2, 1, 3].map(async (PartNumber) => {
        const Body = content.subarray((PartNumber - 1) * size, PartNumber * size);
        return { PartNumber, ETag: (await client.send(new UploadPartCommand({ ...at, PartNumber, Body }))).ETag };
      }),
    );
    const complete = (Parts: typeof parts) =>
      client.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }));
    expect(
      (await client.send(new ListPartsCommand({ ...at, MaxParts: 3 }))).Parts!.map(({ PartNumber, Size }) => [
        PartNumber,
        Size,
      ]),
    ).toEqual([
      [1, size],
      [2, size],
      [3, size],
    ]);
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key, UploadId }]);
    await expect(stat(path(Key))).rejects.toThrow('ENOENT');
    await expect(complete(parts)).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    const sorted = [...parts].sort((a, b) => a.PartNumber - b.PartNumber);
    await expect(complete([{ ...sorted[0]!, ETag: '"00"' }])).rejects.toMatchObject({ name: 'InvalidPart' });
    const done = await complete(sorted);
    expect(done.ETag).toBe(md5(content));
    expect((await readFile(path(Key))).equals(content)).toBe(true);
    await expect(complete(sorted)).rejects.toMatchObject({ name: 'NoSuchUpload' });

    await put('small', 'small');
    const other = { Bucket, Key: 'made-of-others' };
    const begun = { ...other, UploadId: (await client.send(new CreateMultipartUploadCommand(other))).UploadId };
    const copied = async (PartNumber: number, CopySource: string, CopySourceRange?: string) => ({
      PartNumber,
      ETag: (
        await client.send(
          new UploadPartCopyCommand({ ...begun, PartNumber, CopySource, ...(CopySourceRange && { CopySourceRange }) }),
        )
      ).CopyPartResult!.ETag,
    });
    const [small, large, last] = [
      await copied(1, 'lake/small'),
      await copied(2, `lake/${encodeURIComponent(Key)}`, `bytes=0-${size - 1}`),
      await copied(3, 'lake/small'),
    ];
    const finish = (Parts: typeof parts) =>
      client.send(new CompleteMultipartUploadCommand({ ...begun, MultipartUpload: { Parts } }));
    await expect(finish([small, large])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await finish([large, last]);
    expect(
      (await readFile(path('made-of-others'))).equals(Buffer.concat([content.subarray(0, size), Buffer.from('small')])),
    ).toBe(true);

    const given = { ...other, UploadId: (await client.send(new CreateMultipartUploadCommand(other))).UploadId };
    await client.send(new UploadPartCommand({ ...given, PartNumber: 1, Body: 'x' }));
    await client.send(new AbortMultipartUploadCommand(given));
    await expect(client.send(new AbortMultipartUploadCommand(given))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  },
  60_000,
);

test('copies, deletions, conditions, what Spark keeps beside a file', async () => {
  const { client, Bucket, put, read, path } = await served();
  await put('a b/ü.txt', 'one');
  const copied = await client.send(
    new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: encodeURI('lake/a b/ü.txt') }),
  );
  expect(copied.CopyObjectResult!.ETag).toBe(md5('one'));
  expect(await read('copy')).toBe('one');
  await client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'x', CopySource: 'lake/mounted/a.txt' }));
  expect((await stat(join(path('..'), 'other/x'))).isFile()).toBe(true);

  await writeFile(path('.copy.crc'), 'of Spark');
  await put('copy', 'two');
  await expect(stat(path('.copy.crc'))).rejects.toThrow('ENOENT');

  const IfNoneMatch = '*';
  await expect(
    client.send(new PutObjectCommand({ Bucket, Key: 'copy', Body: 'x', IfNoneMatch })),
  ).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'x', IfNoneMatch }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'y', IfMatch: md5('x') }));
  await expect(
    client.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'z', IfMatch: md5('x') })),
  ).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'new', IfNoneMatch: md5('y') }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });

  await expect(put('mounted/c.txt', 'x')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(client.send(new DeleteObjectCommand({ Bucket, Key: 'mounted/a.txt' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(put('copy/below', 'x')).rejects.toMatchObject({ name: 'InvalidRequest' });
  await expect(put('a b', 'x')).rejects.toMatchObject({ name: 'InvalidRequest' });
  await expect(put('x'.repeat(300), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });

  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a b/ü.txt' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a b/ü.txt' }));
  // The folder that it was in stands in nobody's way.
  await put('a b', 'an object now');
  const Objects = ['copy', 'new', 'nothing', 'mounted/a.txt'].map((Key) => ({ Key }));
  const deleted = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect(deleted.Deleted!.map(({ Key }) => Key)).toEqual(['copy', 'new', 'nothing']);
  expect(deleted.Errors).toMatchObject([{ Key: 'mounted/a.txt', Code: 'AccessDenied' }]);

  await put('folder/', '');
  expect((await stat(path('folder'))).isDirectory()).toBe(true);
  expect(await read('folder/')).toBe('');
});

test('many write one object: who reads sees one of them, whole', async () => {
  const { put, read, client } = await served();
  const contents = Array.from({ length: 20 }, (_, at) => String.fromCharCode(97 + at).repeat(200_000));
  await put('raced/object', contents[0]!);
  let isOver = false;
  const seen = new Set<string>();
  const reader = (async () => {
    while (!isOver) seen.add(await read('raced/object'));
  })();
  await Promise.all(contents.map((content) => put('raced/object', content)));
  isOver = true;
  await reader;
  expect([...seen].filter((one) => !contents.includes(one))).toEqual([]);
  const IfNoneMatch = '*';
  const results = await Promise.allSettled(
    contents.map((Body) => client.send(new PutObjectCommand({ Bucket: 'lake', Key: 'first', Body, IfNoneMatch }))),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
}, 60_000);

testOfAll(
  'boto3: clients, resources, transfers in parts, errors',
  async () => {
    const { server, path, put, read, root } = await served();
    const python = await functionPython({
      needed: ['boto3'],
      folder: join(REPOSITORY, '.dagwright/functions/python'),
      env: process.env,
      groups: new ProcessGroups(),
      onProgress: () => {},
    });
    await put('from/the-sdk ü.txt', 'written by the SDK');
    const large = randomBytes(20 * 1024 * 1024);
    await writeFile(join(root, 'large.bin'), large);
    const script = `
import io, json, sys
import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
told = {}
told["read"] = s3.get_object(Bucket="lake", Key="from/the-sdk ü.txt")["Body"].read().decode()
told["etag"] = s3.put_object(Bucket="lake", Key="py/ñ 漢.json", Body=json.dumps({"a": 1}))["ETag"]
s3.put_object(Bucket="lake", Key="py/stream", Body=io.BytesIO(b"streamed"))
s3.put_object(Bucket="lake", Key="py/checked", Body=b"sum", ChecksumAlgorithm="SHA256")
told["range"] = s3.get_object(Bucket="lake", Key="py/stream", Range="bytes=0-5")["Body"].read().decode()
s3.upload_file(sys.argv[1], "lake", "py/large.bin")
down = io.BytesIO()
s3.download_fileobj("lake", "py/large.bin", down)
told["same"] = down.getvalue() == open(sys.argv[1], "rb").read()
s3.copy({"Bucket": "lake", "Key": "py/large.bin"}, "other", "copied.bin")
told["size"] = s3.head_object(Bucket="other", Key="copied.bin")["ContentLength"]
told["keys"] = [one["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="lake", Prefix="py/", PaginationConfig={"PageSize": 2}) for one in page["Contents"]]
bucket = boto3.resource("s3").Bucket("lake")
told["resource"] = [one.key for one in bucket.objects.filter(Prefix="py/").page_size(2)]
told["buckets"] = [one["Name"] for one in s3.list_buckets()["Buckets"]]
told["errors"] = []
for call in (
    lambda: s3.get_object(Bucket="lake", Key="nothing"),
    lambda: s3.head_object(Bucket="lake", Key="nothing"),
    lambda: s3.list_objects_v2(Bucket="theirs"),
    lambda: s3.put_object(Bucket="lake", Key="mounted/x", Body=b"x"),
    lambda: s3.get_object(Bucket="lake", Key="../../large.bin"),
):
    try:
        call()
    except ClientError as error:
        told["errors"].append(error.response["Error"]["Code"])
try:
    s3.get_object(Bucket="lake", Key="nothing")
except s3.exceptions.NoSuchKey:
    told["typed"] = True
url = s3.generate_presigned_url("get_object", Params={"Bucket": "lake", "Key": "py/stream"})
import urllib.request
told["presigned"] = urllib.request.urlopen(url).read().decode()
bucket.objects.filter(Prefix="py/st").delete()
told["left"] = [one.key for one in bucket.objects.filter(Prefix="py/")]
print(json.dumps(told))
`;
    const { stdout } = await promisify(execFile)(python, ['-c', script, join(root, 'large.bin')], {
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL_S3: server.url,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
      },
    });
    const keys = ['py/checked', 'py/large.bin', 'py/stream', 'py/ñ 漢.json'];
    expect(JSON.parse(stdout)).toEqual({
      read: 'written by the SDK',
      etag: md5('{"a": 1}'),
      range: 'stream',
      same: true,
      size: large.length,
      keys,
      resource: keys,
      buckets: ['lake', 'other'],
      errors: ['NoSuchKey', '404', 'NoSuchBucket', 'AccessDenied', expect.stringMatching(/InvalidRequest/)],
      typed: true,
      presigned: 'streamed',
      left: keys.filter((key) => key !== 'py/stream'),
    });
    expect(await read('py/ñ 漢.json')).toBe('{"a": 1}');
    expect((await readFile(path('py/large.bin'))).equals(large)).toBe(true);
  },
  300_000,
);
