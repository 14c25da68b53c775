import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../asl/json/value.ts';
import { Stop } from '../../diagnostics/index.ts';
import { Lake, parseS3Uri } from '../../engines/lake/lake.ts';
import { parseMounts } from '../../engines/lake/mounts.ts';
import { folderWith, machine, resultOf } from './support.ts';

describe('--mount', () => {
  test('is a prefix of a bucket and a folder', async () => {
    const folder = await folderWith({ 'data/x.txt': 'x' });
    expect(await parseMounts(['s3://lake/bronze/=data', `s3://lake/other/deep=${folder}`], ['lake'], folder)).toEqual([
      { bucket: 'lake', prefix: 'bronze', folder: join(folder, 'data') },
      { bucket: 'lake', prefix: 'other/deep', folder },
    ]);
  });

  test.each([
    ['s3://lake/bronze', 'RUN030', 2],
    ['s3://lake=data', 'RUN030', 2],
    ['s3://lake/=data', 'RUN030', 2],
    ['s3:///bronze=data', 'RUN030', 2],
    ['s3://lake/../x=data', 'RUN030', 2],
    ['/lake/bronze=data', 'RUN030', 2],
    ['s3://lakke/bronze=data', 'RUN033', 2],
    ['s3://lake/bronze=nowhere', 'RUN031', 1],
    ['s3://lake/bronze=data/x.txt', 'RUN031', 1],
  ])('%s is refused', async (text, code, exitCode) => {
    const folder = await folderWith({ 'data/x.txt': 'x' });
    const stop = await parseMounts([text], ['lake'], folder).catch((error: unknown) => error);
    expect(stop).toBeInstanceOf(Stop);
    expect(stop).toMatchObject({ exitCode, diagnostics: [{ code }] });
  });

  test('prefixes that overlap are refused', async () => {
    const folder = await folderWith({ 'data/x.txt': 'x' });
    const stop = await parseMounts(['s3://lake/bronze=data', 's3://lake/bronze/netflix=data'], ['lake'], folder).catch(
      (error: unknown) => error,
    );
    expect(stop).toMatchObject({ diagnostics: [{ code: 'RUN032' }] });
  });
});

describe('the lake', () => {
  test('a bucket is a folder', async () => {
    const root = await folderWith();
    const lake = await Lake.open(root, ['lake'], [], join(root, 'scratch'));
    expect(lake.path('s3://lake/a/b.txt')).toBe(join(root, 's3/lake/a/b.txt'));
    expect(lake.path('s3://lake')).toBe(join(root, 's3/lake'));
    expect(lake.path('/etc/passwd')).toBeUndefined();
    expect(lake.path('s3://lake/../../etc/passwd')).toBeUndefined();
    expect(await readdir(join(root, 's3'))).toEqual(['lake']);
    expect(parseS3Uri('s3://b//k')).toEqual({ bucket: 'b', key: 'k' });
  });

  test('a mounted prefix lies elsewhere, and what is done there leaves the user’s files as they are', async () => {
    const root = await folderWith();
    const user = await folderWith({ 'netflix/a.txt': 'a', 'amazon/b.tsv': 'b' });
    const lake = await Lake.open(
      root,
      ['lake'],
      [{ bucket: 'lake', prefix: 'bronze', folder: user }],
      join(root, 'scratch'),
    );
    const file = lake.path('s3://lake/bronze/netflix/a.txt')!;
    expect(await readFile(file, 'utf8')).toBe('a');
    expect(lake.path('s3://lake/bronzes/a.txt')).toBe(join(root, 's3/lake/bronzes/a.txt'));
    expect(lake.readOnly()).toEqual(['s3://lake/bronze/']);
    expect(await lake.writtenIntoMount()).toBeUndefined();

    await writeFile(lake.path('s3://lake/bronze/netflix/new.txt')!, 'new');
    expect(await lake.writtenIntoMount()).toEqual({ mount: 's3://lake/bronze/', path: 'netflix/new.txt' });
    await rm(lake.path('s3://lake/bronze/netflix/new.txt')!);
    await rm(file);
    expect(await lake.writtenIntoMount()).toEqual({ mount: 's3://lake/bronze/', path: 'netflix/a.txt' });
    expect(await readdir(join(user, 'netflix'))).toEqual(['a.txt']);
    expect((await lstat(join(user, 'netflix/a.txt'))).isFile()).toBe(true);
  });
});

describe('s3 as a service', () => {
  test('puts, heads, lists, copies and deletes', async () => {
    const { call } = await machine();
    const s3 = (action: string, args: JsonObject) =>
      call(`arn:aws:states:::aws-sdk:s3:${action}`, { Bucket: 'lake', ...args });
    resultOf(await s3('putObject', { Key: 'a/1.json', Body: { x: 1 } }));
    resultOf(await s3('copyObject', { Key: 'a/2.json', CopySource: 'lake/a/1.json' }));
    expect(resultOf(await s3('getObject', { Key: 'a/2.json' }))).toMatchObject({ Body: '{"x":1}', ContentLength: 7 });
    expect(resultOf(await s3('listObjectsV2', { Prefix: 'a/' }))).toMatchObject({
      KeyCount: 2,
      Contents: [{ Key: 'a/1.json' }, { Key: 'a/2.json' }],
      IsTruncated: false,
    });
    expect(resultOf(await s3('listObjectsV2', { MaxKeys: 1 }))).toMatchObject({ KeyCount: 1, IsTruncated: true });
    resultOf(await s3('deleteObject', { Key: 'a/1.json' }));
    expect(await s3('headObject', { Key: 'a/1.json' })).toMatchObject({ error: 'S3.NoSuchKeyException' });
  });

  test('a mounted prefix is read only', async () => {
    const user = await folderWith({ 'a.txt': 'a' });
    const { call } = await machine({ mounts: [{ bucket: 'lake', prefix: 'bronze', folder: user }] });
    const put = await call('arn:aws:states:::aws-sdk:s3:putObject', { Bucket: 'lake', Key: 'bronze/a.txt', Body: 'b' });
    expect(put).toMatchObject({ cause: 's3://lake/bronze/ is mounted read only' });
    expect(await readFile(join(user, 'a.txt'), 'utf8')).toBe('a');
  });
});

test.each([
  'arn:aws:states:::dynamodb:putItem',
  'arn:aws:states:::aws-sdk:glue:deleteDatabase',
  'arn:aws:lambda:eu-west-1:1:function:f',
  'nonsense',
])('%s has no engine here, and the task says so', async (resource) => {
  const { call } = await machine();
  const reply = await call(resource, {}, { state: 'count' });
  expect(reply).toMatchObject({ error: 'States.TaskFailed' });
  expect('cause' in reply && reply.cause).toContain(resource);
  expect('cause' in reply && reply.cause).toContain('"count"');
});
