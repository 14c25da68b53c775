import { builtIn, refuse } from '../authoring/internal.ts';

/** The ARNs that a policy needs for `s3://bucket/prefix`: the bucket's, and that of everything below the prefix. */
export function s3Arns(uri: string, field: string): { readonly bucket: string; readonly objects: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(`${uri}`);
  if (!match) refuse('DAG006', { id: field, field: 'the path', wanted: 'an S3 path, `s3://bucket/prefix/`' });
  const bucket = `arn:${builtIn('partition')}:s3:::${match[1]}`;
  return { bucket, objects: `${bucket}/${match[2]}*` };
}
