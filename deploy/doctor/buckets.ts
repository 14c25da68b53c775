import type { S3 } from '@aws-sdk/client-s3';
import type { Caller } from '../../aws/caller.ts';
import type { Clients } from '../../aws/clients.ts';
import { isError, statusOf } from '../../aws/errors.ts';
import { diagnose } from '../../diagnostics/index.ts';
import { regionOfBucket } from '../assets.ts';
import { type Look, looked, missing, there } from './finding.ts';

/** A bucket, and what it is for. */
export interface BucketUse {
  readonly bucket: string;
  /** `scripts, the record and the lock`, `lake of datalake`. */
  readonly use: string;
  /** It must be the caller's account's: whoever else owned the name would get the scripts. */
  readonly own: boolean;
}

/** Whether a bucket is there, of this account, in this region, and by which key it is encrypted. */
export function lookAtBucket(aws: Clients, caller: Caller, { bucket, use, own }: BucketUse): Look {
  const about = `the bucket ${bucket} (${use})`;
  const takes = {
    Action: ['s3:ListBucket', 's3:GetEncryptionConfiguration'],
    Resource: [`arn:${caller.partition}:s3:::${bucket}`],
  };
  return looked(about, takes, async () => {
    const s3 = await aws.s3();
    const { region, account } = caller;
    const found = await headOf(s3, bucket);
    if (found === 'none') return missing(about, diagnose('DOC002', { bucket, use, region }));
    const actual = found.region ?? region;
    if (actual !== region) return missing(about, diagnose('DOC004', { bucket, use, actual, region }));
    if (!(await isOwn(s3, bucket, account))) {
      if (own) return missing(about, diagnose('DOC003', { bucket, use, account }));
      return there(about, `in ${actual}, of another account`);
    }
    return there(about, `in ${actual}, of this account${own ? `, ${await encryptionOf(s3, bucket, account)}` : ''}`);
  });
}

/** A bucket in another region answers with its region, whoever asks. */
async function headOf(s3: S3, Bucket: string): Promise<'none' | { readonly region: string | undefined }> {
  try {
    const { BucketRegion } = await s3.headBucket({ Bucket });
    return { region: BucketRegion };
  } catch (error) {
    if (statusOf(error) === 404 || isError(error, 'NoSuchBucket', 'NotFound')) return 'none';
    const region = regionOfBucket(error);
    if ((statusOf(error) === 301 || isError(error, 'PermanentRedirect')) && region !== undefined) return { region };
    throw error;
  }
}

/** Denied for another owner, where it was allowed without the question. */
async function isOwn(s3: S3, Bucket: string, ExpectedBucketOwner: string): Promise<boolean> {
  try {
    await s3.headBucket({ Bucket, ExpectedBucketOwner });
    return true;
  } catch (error) {
    if (statusOf(error) === 403) return false;
    throw error;
  }
}

async function encryptionOf(s3: S3, Bucket: string, ExpectedBucketOwner: string): Promise<string> {
  try {
    const { ServerSideEncryptionConfiguration: found } = await s3.getBucketEncryption({ Bucket, ExpectedBucketOwner });
    const rule = found?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    const key = rule?.KMSMasterKeyID;
    if (key === undefined) return `encrypted (${rule?.SSEAlgorithm ?? 'AES256'})`;
    return `encrypted by the key ${key}: whoever deploys needs kms:GenerateDataKey and kms:Decrypt on it, the roles that read scripts kms:Decrypt`;
  } catch (error) {
    // Every bucket is encrypted since 2023, by S3's own key where it says nothing else.
    if (isError(error, 'ServerSideEncryptionConfigurationNotFoundError')) return 'encrypted (AES256)';
    if (statusOf(error) === 403) return 'its encryption may not be looked at (s3:GetEncryptionConfiguration)';
    throw error;
  }
}
