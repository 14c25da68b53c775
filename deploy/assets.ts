import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Clients } from '../aws/clients.ts';
import { isError, orUndefined } from '../aws/errors.ts';
import { type Diagnostic, diagnose, Stop } from '../diagnostics/index.ts';
import type { Asset } from '../manifest/manifest.ts';
import { assetFile as fileOf } from '../packaging/own-files.ts';
import type { Environment } from '../project/environment.ts';
import { encryption, type Store } from './store.ts';

/** An asset with the file that it is. */
export interface AssetFile extends Asset {
  readonly file: string;
  readonly size: number;
}

/** Above this an asset goes in parts of this size. */
const PART = 16 * 1024 * 1024;

/** The project's files, after checking that each is the one that was compiled. They are read piece by piece: an asset may be large. */
export async function assetFiles(project: string, assets: readonly Asset[]): Promise<AssetFile[]> {
  const faults: Diagnostic[] = [];
  const files: AssetFile[] = [];
  for (const asset of assets) {
    const file = fileOf(asset.path, project);
    const about = await stat(file).catch(() => undefined);
    if (about === undefined) faults.push(diagnose('RUN004', { path: asset.path, what: 'is missing' }));
    else if ((await sha256(file)) !== asset.sha256)
      faults.push(
        diagnose('RUN004', {
          path: asset.path,
          what: 'is not the file that was compiled: its content has changed since',
        }),
      );
    else files.push({ ...asset, file, size: about.size });
  }
  if (faults.length > 0) throw new Stop(faults);
  return files;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** What exists below a prefix, by the rest of its key, with its size. */
export async function listObjects(aws: Clients, store: Store, prefix: string): Promise<Map<string, number>> {
  const s3 = await aws.s3();
  const found = new Map<string, number>();
  let token: string | undefined;
  do {
    const page = await s3.listObjectsV2({
      Bucket: store.bucket,
      Prefix: prefix,
      ExpectedBucketOwner: store.account,
      ContinuationToken: token,
    });
    for (const { Key = '', Size = 0 } of page.Contents ?? []) found.set(Key.slice(prefix.length), Size);
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

export async function uploadAsset(
  aws: Clients,
  store: Store,
  prefix: string,
  { file, key, size }: AssetFile,
  onProgress: (done: number) => void,
): Promise<void> {
  const s3 = await aws.s3();
  const object = { Bucket: store.bucket, Key: prefix + key, ExpectedBucketOwner: store.account };
  const handle = await open(file);
  try {
    const piece = async (start: number, length: number) => {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer;
    };
    if (size <= PART) {
      await s3.putObject({ ...object, ...encryption(store), Body: await piece(0, size) });
      return;
    }
    const { UploadId } = await s3.createMultipartUpload({ ...object, ...encryption(store) });
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < size; start += PART) {
      const PartNumber = Parts.length + 1;
      const Body = await piece(start, Math.min(PART, size - start));
      const { ETag } = await s3.uploadPart({ ...object, UploadId, PartNumber, Body });
      Parts.push({ PartNumber, ETag });
      onProgress(start + Body.length);
    }
    await s3.completeMultipartUpload({ ...object, UploadId, MultipartUpload: { Parts } });
  } finally {
    await handle.close();
  }
}

/** Removes what nobody names any more, and the parts that uploads left behind which were killed. */
export async function removeAssets(aws: Clients, store: Store, prefix: string, keys: readonly string[]): Promise<void> {
  const s3 = await aws.s3();
  const bucket = { Bucket: store.bucket, ExpectedBucketOwner: store.account };
  for (let at = 0; at < keys.length; at += 1000) {
    const Objects = keys.slice(at, at + 1000).map((key) => ({ Key: prefix + key }));
    await s3.deleteObjects({ ...bucket, Delete: { Objects, Quiet: true } });
  }
  const { Uploads = [] } = await s3.listMultipartUploads({ ...bucket, Prefix: prefix });
  for (const { Key, UploadId } of Uploads)
    await orUndefined(s3.abortMultipartUpload({ ...bucket, Key, UploadId }), 'NoSuchUpload');
}

/** @throws Stop if there is no such bucket */
export async function checkedBucket<T>(
  { name, artifacts: bucket, region }: Pick<Environment, 'name' | 'artifacts' | 'region'>,
  work: () => Promise<T>,
): Promise<T> {
  const refuse = (what: string, actual?: string) =>
    new Stop(diagnose('DEP005', { bucket, environment: name, region, what, ...(actual !== undefined && { actual }) }));
  try {
    return await work();
  } catch (error) {
    if (isError(error, 'NoSuchBucket', 'NotFound')) throw refuse('does not exist');
    if (isError(error, 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException')) {
      const actual = regionOfBucket(error);
      throw refuse(
        actual === undefined ? 'is in another region' : `is in ${actual}, and the environment in ${region}`,
        actual,
      );
    }
    if (isError(error, 'AccessDenied', 'Forbidden')) throw refuse('belongs to somebody else, or may not be listed');
    throw error;
  }
}

/** Where a bucket is, of which S3 says that it is elsewhere. */
export function regionOfBucket(error: unknown): string | undefined {
  const { $response, Region } = error as { $response?: { headers?: Record<string, string> }; Region?: string };
  return $response?.headers?.['x-amz-bucket-region'] ?? Region;
}
