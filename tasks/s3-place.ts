import { builtIn, refuse } from '../authoring/internal.ts';

/** What a policy needs for `s3://bucket/prefix`. */
export interface S3Place {
  /** The bucket's ARN. */
  readonly bucket: string;
  /** That of everything below the prefix. */
  readonly objects: string;
  /** What everything below the prefix begins with, as a pattern; `*` where that is the whole bucket. */
  readonly keys: string;
}

/** The place of `s3://bucket/prefix`. */
export function s3Place(uri: string, field: string): S3Place {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(`${uri}`);
  if (!match) refuse('DAG006', { id: field, field: 'the path', wanted: 'an S3 path, `s3://bucket/prefix/`' });
  const bucket = `arn:${builtIn('partition')}:s3:::${match[1]}`;
  const keys = `${match[2]}*`;
  return { bucket, objects: `${bucket}/${keys}`, keys };
}
