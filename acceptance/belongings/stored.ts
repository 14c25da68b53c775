import type { S3 } from '@aws-sdk/client-s3';
import { isError, orUndefined } from '../../aws/errors.ts';
import type { Account } from '../account.ts';
import { journalKey, readJournal } from '../journal.ts';
import { isRun, runIn, TAG } from '../mark.ts';
import type { Belonging } from './belonging.ts';

/**
 * Buckets of a run, by name and tag. One without tags is a run's that was killed before it could set them, if it is empty and the run's
 * journal is there.
 */
export async function buckets(account: Account): Promise<Belonging[]> {
  const { clients, region, caller } = account;
  const s3 = await clients.s3();
  const found: Belonging[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.listBuckets({ Prefix: 'dwa-', BucketRegion: region, ContinuationToken, MaxBuckets: 1000 });
    for (const { Name: Bucket = '' } of page.Buckets ?? []) {
      const run = runIn(Bucket);
      if (run === undefined) continue;
      if (!(await isOfRun(account, Bucket, run))) continue;
      const remove = async () => {
        await removeObjects(s3, { Bucket, ExpectedBucketOwner: caller.account }, '');
        await orUndefined(s3.deleteBucket({ Bucket, ExpectedBucketOwner: caller.account }), 'NoSuchBucket');
      };
      found.push({ run, kind: 'bucket', name: Bucket, remove });
    }
    ContinuationToken = page.ContinuationToken;
  } while (ContinuationToken !== undefined);
  return found;
}

async function isOfRun(account: Account, Bucket: string, run: string): Promise<boolean> {
  const s3 = await account.clients.s3();
  const at = { Bucket, ExpectedBucketOwner: account.caller.account };
  try {
    const { TagSet = [] } = await s3.getBucketTagging(at);
    return TagSet.some(({ Key, Value }) => Key === TAG && Value === run);
  } catch (error) {
    if (isError(error, 'NoSuchTagSet')) {
      const { KeyCount } = await s3.listObjectsV2({ ...at, MaxKeys: 1 });
      return KeyCount === 0 && (await readJournal(account, run)) !== undefined;
    }
    // It is gone, of another region, or somebody else's.
    if (isError(error, 'NoSuchBucket', 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'AccessDenied'))
      return false;
    throw error;
  }
}

/** A bucket for a run's data. It is tagged in the same call, where S3 takes that, and else at once. */
export async function makeBucket({ clients, region, caller }: Account, run: string, Bucket: string): Promise<void> {
  const s3 = await clients.s3();
  const TagSet = [{ Key: TAG, Value: run }];
  const place = region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-west-1' };
  const create = (tags: object) =>
    orUndefined(
      s3.createBucket({ Bucket, CreateBucketConfiguration: { ...place, ...tags } }),
      'BucketAlreadyOwnedByYou',
    );
  try {
    await create({ Tags: TagSet });
  } catch (error) {
    if (!isError(error, 'MalformedXML', 'InvalidRequest', 'InvalidArgument', 'NotImplemented')) throw error;
    await (region === 'us-east-1' ? s3.createBucket({ Bucket }) : create({}));
  }
  await s3.putBucketTagging({ Bucket, ExpectedBucketOwner: caller.account, Tagging: { TagSet } });
}

/** What stands in the user's bucket of runs that have a journal there: deploy's folders, the run's own, and the journal. */
export async function objects({ clients, bucket, caller }: Account): Promise<Belonging[]> {
  const s3 = await clients.s3();
  const at = { Bucket: bucket, ExpectedBucketOwner: caller.account };
  const found: Belonging[] = [];
  for (const folder of await folders(s3, at, 'dwa-')) {
    const run = folder.slice(0, -1);
    if (!isRun(run) || !(await isThere(s3, at, journalKey(run)))) continue;
    for (const own of await folders(s3, at, `dagwright/${run}-`))
      found.push({ run, kind: 'objects', name: `s3://${bucket}/${own}`, remove: () => removeObjects(s3, at, own) });
    for (const own of await keys(s3, at, folder))
      if (own !== journalKey(run))
        found.push({ run, kind: 'objects', name: `s3://${bucket}/${own}`, remove: () => removeObjects(s3, at, own) });
    found.push({
      ...{ run, kind: 'journal', name: `s3://${bucket}/${journalKey(run)}` },
      remove: async () => void (await s3.deleteObject({ ...at, Key: journalKey(run) })),
    });
  }
  return found;
}

interface At {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

async function folders(s3: S3, at: At, Prefix: string): Promise<string[]> {
  const found: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.listObjectsV2({ ...at, Prefix, Delimiter: '/', ContinuationToken });
    for (const { Prefix: folder } of page.CommonPrefixes ?? []) found.push(folder!);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  // An upload that was cut off is no object, and stands in a folder all the same.
  const { CommonPrefixes = [] } = await s3.listMultipartUploads({ ...at, Prefix, Delimiter: '/' });
  return [...new Set([...found, ...CommonPrefixes.map(({ Prefix: folder }) => folder!)])];
}

async function keys(s3: S3, at: At, Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.listObjectsV2({ ...at, Prefix });
  return Contents.map(({ Key }) => Key!);
}

async function isThere(s3: S3, at: At, Key: string): Promise<boolean> {
  return (await orUndefined(s3.headObject({ ...at, Key }), 'NotFound', 'NoSuchKey')) !== undefined;
}

/** All objects beneath a prefix, their versions, and the parts of uploads that were cut off. */
async function removeObjects(s3: S3, at: At, Prefix: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ ...at, Prefix });
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key: Key!, VersionId }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await s3.deleteObjects({ ...at, Delete: { Objects, Quiet: true } });
    if (Errors.length > 0) throw new Error(`${Errors[0]!.Key} is not deleted: ${Errors[0]!.Message}`);
  }
  const { Uploads = [] } = await s3.listMultipartUploads({ ...at, Prefix });
  for (const { Key, UploadId } of Uploads)
    await orUndefined(s3.abortMultipartUpload({ ...at, Key, UploadId }), 'NoSuchUpload');
}
