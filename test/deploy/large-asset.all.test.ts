import { createHash } from 'node:crypto';
import { S3 } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deploy, plan } from '../../deploy/deploy.ts';
import { isEmpty } from '../../deploy/plan.ts';
import { ROOT } from '../aws/deployer.ts';
import { emptyEndpoint } from './empty-endpoint.ts';
import { BUCKET, optionsOf, project, REGION } from './support.ts';

emptyEndpoint();
let s3: S3;
beforeAll(() => {
  s3 = new S3({ region: REGION, forcePathStyle: true, credentials: ROOT });
});
afterAll(() => s3.destroy());

/** Two whole parts of 16 MiB and a rest, no two lines the same. */
const SCRIPT = Array.from({ length: 1_200_000 }, (_, i) => `# ${'x'.repeat(20)} ${i}`).join('\n');
const PREFIX = 'dagwright/ratings/assets/';

test('a large script goes in parts, arrives whole, and is not sent again', async () => {
  expect(SCRIPT.length).toBeGreaterThan(32 * 1024 * 1024);
  const told: string[] = [];
  const options = optionsOf(await project({ script: SCRIPT }), { onProgress: (text) => told.push(text) });
  // What a killed deploy left of an upload is paid for until somebody takes it away.
  await s3.createMultipartUpload({ Bucket: BUCKET, Key: `${PREFIX}clean-0/clean.py` });
  await deploy(options);
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: BUCKET, Prefix: PREFIX });
  expect(Contents.map(({ Size }) => Size)).toEqual([SCRIPT.length]);
  const { Body, ETag } = await s3.getObject({ Bucket: BUCKET, Key: Contents[0]!.Key! });
  expect(ETag).toMatch(/-3"$/);
  const sha = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
  expect(sha(await Body!.transformToByteArray())).toBe(sha(SCRIPT));
  const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: BUCKET, Prefix: PREFIX });
  expect(Uploads).toEqual([]);
  expect(told.join('\n')).toMatch(/%|MB|MiB/);
  expect(isEmpty(await plan(options))).toBe(true);
}, 120_000);
