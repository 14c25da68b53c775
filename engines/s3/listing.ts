import { stat } from 'node:fs/promises';
import type { BucketFiles } from './bucket-files.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import type { Xml } from './xml.ts';

const MOST = 1000;

/** ListObjectsV2, and ListObjects, which boto3's resources still ask for. */
export async function list(files: BucketFiles, request: S3Request): Promise<void> {
  const { bucket, query } = request;
  const isV2 = query.get('list-type') === '2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Math.min(request.number('max-keys', MOST), MOST);
  const token = query.get('continuation-token');
  const marker = isV2 ? (token === null ? query.get('start-after') : tokenIn(token)) : query.get('marker');
  const found = await files.list(bucket, prefix);

  const after = Buffer.from(marker ?? '');
  const contents: Xml[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  let isTruncated = false;
  for (const { key, file } of found) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    const name = common ?? key;
    // What is rolled up into one prefix counts once, and is listed on one page.
    if ((marker !== null && Buffer.from(name).compare(after) <= 0) || (common !== undefined && common === last))
      continue;
    if (contents.length + prefixes.length === most) {
      isTruncated = most > 0;
      break;
    }
    if (common !== undefined) prefixes.push(common);
    else {
      const now = await stat(file).catch(() => undefined);
      // It was deleted meanwhile.
      if (now === undefined) continue;
      const object = files.objectOf(file, now, key);
      contents.push({
        Key: encoded(key, query),
        LastModified: object.modified.toISOString(),
        ETag: await object.etag(),
        Size: object.size,
        StorageClass: 'STANDARD',
      });
    }
    last = name;
  }
  const next = isTruncated && last !== undefined ? last : undefined;
  const text = (name: string) => (query.has(name) ? encoded(query.get(name)!, query) : undefined);
  request.answerXml('ListBucketResult', {
    Name: bucket,
    Prefix: encoded(prefix, query),
    Delimiter: text('delimiter'),
    MaxKeys: most,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    ...(isV2
      ? {
          KeyCount: contents.length + prefixes.length,
          StartAfter: text('start-after'),
          ContinuationToken: token ?? undefined,
          NextContinuationToken: next && Buffer.from(next).toString('base64url'),
        }
      : { Marker: encoded(marker ?? '', query), NextMarker: next && encoded(next, query) }),
    Contents: contents,
    CommonPrefixes: prefixes.map((one) => ({ Prefix: encoded(one, query) })),
  });
}

function tokenIn(text: string): string {
  const token = Buffer.from(text, 'base64url').toString();
  if (token === '') throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  return token;
}

/** Keys may hold what XML may not: both SDKs have them encoded. */
function encoded(text: string, query: URLSearchParams): string {
  if (query.get('encoding-type') !== 'url') return text;
  return text.split('/').map(encodeURIComponent).join('/');
}
