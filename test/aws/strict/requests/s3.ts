import type { Context } from '../../../../engines/iam/index.ts';
import { type AwsCall, textOf } from '../protocol/call.ts';
import type { Account, IamRequest, Requests } from './request.ts';

const bucketOf = (call: AwsCall, { partition }: Account) => `arn:${partition}:s3:::${textOf(call, 'Bucket')}`;
const objectOf = (call: AwsCall, account: Account) => `${bucketOf(call, account)}/${textOf(call, 'Key')}`;

const onBucket =
  (action: string, context: (call: AwsCall) => Context = () => ({})) =>
  (call: AwsCall, account: Account): IamRequest[] => [
    { action: `s3:${action}`, resource: bucketOf(call, account), context: context(call) },
  ];
const onObject =
  (action: string) =>
  (call: AwsCall, account: Account): IamRequest[] => [
    { action: `s3:${action}`, resource: objectOf(call, account) },
    // Who writes or deletes only where an object is as it was, learns whether it is.
    ...(/^(Put|Delete)Object$/.test(action) && textOf(call, 'IfMatch') !== ''
      ? [{ action: 's3:GetObject', resource: objectOf(call, account) }]
      : []),
  ];

const listing = (call: AwsCall): Context => ({
  // A call without a prefix has the key with an empty value in no documentation: a condition on it then does not hold.
  ...(textOf(call, 'Prefix') !== '' && { 's3:prefix': textOf(call, 'Prefix') }),
  ...(textOf(call, 'Delimiter') !== '' && { 's3:delimiter': textOf(call, 'Delimiter') }),
});

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-delete-enforce.html
 */
export const S3: Requests = {
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  CreateBucket: onBucket('CreateBucket'),
  DeleteBucket: onBucket('DeleteBucket'),
  HeadBucket: onBucket('ListBucket'),
  ListObjects: onBucket('ListBucket', listing),
  ListObjectsV2: onBucket('ListBucket', listing),
  ListObjectVersions: onBucket('ListBucketVersions', listing),
  ListMultipartUploads: onBucket('ListBucketMultipartUploads', listing),
  GetBucketLocation: onBucket('GetBucketLocation'),
  GetBucketEncryption: onBucket('GetEncryptionConfiguration'),
  GetBucketVersioning: onBucket('GetBucketVersioning'),
  GetBucketPolicy: onBucket('GetBucketPolicy'),
  GetBucketTagging: onBucket('GetBucketTagging'),
  PutBucketTagging: onBucket('PutBucketTagging'),
  PutBucketEncryption: onBucket('PutEncryptionConfiguration'),
  GetObject: onObject('GetObject'),
  HeadObject: onObject('GetObject'),
  PutObject: onObject('PutObject'),
  CreateMultipartUpload: onObject('PutObject'),
  UploadPart: onObject('PutObject'),
  CompleteMultipartUpload: onObject('PutObject'),
  AbortMultipartUpload: onObject('AbortMultipartUpload'),
  ListParts: onObject('ListMultipartUploadParts'),
  DeleteObject: onObject('DeleteObject'),
  DeleteObjects: (call, account) =>
    (call.parameters.Keys as readonly string[]).map((key) => ({
      action: 's3:DeleteObject',
      resource: `${bucketOf(call, account)}/${key}`,
    })),
};
