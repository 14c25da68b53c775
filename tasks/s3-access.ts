import {
  assetReference,
  builtIn,
  isReference,
  type Permission,
  refuse,
  targetsIn,
  targetsOf,
} from '../authoring/internal.ts';

/**
 * What Hadoop's S3 file systems and boto3 need to read and write in the buckets that the texts name, `s3://bucket/…` wherever it stands
 * in them. The whole bucket: before these file systems make a folder they look at the folders above it, and they mark those.
 * @example
 * const needs = { role: 'jobs', permissions: readsAndWritesBuckets(['s3://lake/in/', 's3://lake/out/']) };
 * @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/assumed_roles.html
 */
export function readsAndWritesBuckets(texts: readonly string[]): Permission[] {
  const buckets = texts.flatMap((text) =>
    [...`${text}`.matchAll(/s3[an]?:\/\/([^/,;\s"']+)/g)].map(([, name]) => name!),
  );
  const arns = [...new Set(buckets)].map((name) => `arn:${builtIn('partition')}:s3:::${name}`);
  if (arns.length === 0) return [];
  return [
    { actions: [...LISTS, 's3:ListBucketMultipartUploads'], resources: arns },
    {
      actions: [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:ListMultipartUploadParts',
        's3:PutObject',
      ],
      resources: arns.map((arn) => `${arn}/*`),
    },
  ];
}

/**
 * Reading and writing in the buckets that a function's input and environment name: values of the DAG's env, and paths `s3://bucket/…`.
 * @param isBucket whether a name of the DAG's env is declared as a bucket's
 */
export function usesBuckets(given: unknown, isBucket: (name: string) => boolean): Permission[] {
  const found = { names: new Set<string>(), texts: [] as string[] };
  look(given, found);
  const named = [...found.names].filter(isBucket).sort();
  return readsAndWritesBuckets([...named.map((name) => `s3://\${${name}}/`), ...found.texts]);
}

/** The names of the DAG's env that stand in a value, and its texts. */
function look(value: unknown, found: { readonly names: Set<string>; readonly texts: string[] }): void {
  for (const { kind, path } of targetsOf(value).flatMap(targetsIn)) if (kind === 'env') found.names.add(path[0]!);
  if (typeof value === 'string') found.texts.push(value);
  else if (!isReference(value) && typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) look(one, found);
}

/**
 * Reading files of the project where they were uploaded.
 * @example
 * const needs = { role: 'jobs', permissions: readsAssets(assetsAmong(['jobs/clean.py'])) };
 */
export function readsAssets(files: readonly string[]): Permission[] {
  if (files.length === 0) return [];
  const arn = (place: string) => `arn:${builtIn('partition')}:s3:::${place}`;
  return [
    { actions: LISTS, resources: [arn(builtIn('assetsBucket'))] },
    { actions: ['s3:GetObject'], resources: [arn(`${builtIn('assetsPath')}/*`)] },
  ];
}

/** Reading what lies below a path in S3. */
export function reads(path: string, field: string): Permission[] {
  const { bucket, objects } = s3Place(path, field);
  return [
    { actions: LISTS, resources: [bucket] },
    { actions: ['s3:GetObject'], resources: [objects] },
  ];
}

/** Without ListBucket S3 says of what is not there that it is forbidden. */
const LISTS = ['s3:GetBucketLocation', 's3:ListBucket'];

/** What a policy needs for `s3://bucket/prefix`. */
interface S3Place {
  /** The bucket's ARN. */
  readonly bucket: string;
  /** That of everything below the prefix. */
  readonly objects: string;
  /** What everything below the prefix begins with, as a pattern; `*` where that is the whole bucket. */
  readonly keys: string;
}

/** A path of which the checks know that it is one. */
const PATH = /^s3:\/\/([^/]+)\/?(.*)$/s;

/** The bucket of a path, and the key or the prefix, as calls take them apart. */
export function bucketAndKey(path: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = PATH.exec(`${path}`) ?? [];
  return { bucket, key };
}

/** The place of `s3://bucket/prefix`. */
export function s3Place(uri: string, field: string): S3Place {
  const match = PATH.exec(`${uri}`);
  if (!match) refuse('DAG006', { id: field, field: 'the path', wanted: 'an S3 path, `s3://bucket/prefix/`' });
  const bucket = `arn:${builtIn('partition')}:s3:::${match[1]}`;
  const keys = `${match[2]}*`;
  return { bucket, objects: `${bucket}/${keys}`, keys };
}

/** The ARN of one object, `s3://bucket/key`. */
export function s3Object(uri: string): string {
  return `arn:${builtIn('partition')}:s3:::${`${uri}`.slice('s3://'.length)}`;
}

/**
 * A file of the project by the name that it has where it was uploaded; a path in S3 as it is. The template names it in `assets`.
 * @example
 * const command = { ScriptLocation: located('jobs/clean.py') };
 */
export function located(file: string): string {
  if (typeof file !== 'string' && !isReference(file))
    refuse('DAG006', { id: 'located', field: 'its path', wanted: 'a file of the project, or an `s3://` path' });
  return isRemote(file) ? file : assetReference(file);
}

/**
 * Those that are files of the project, to be uploaded with the machine: a template's `assets`.
 * @example
 * const assets = assetsAmong(['jobs/clean.py', 's3://tools/helpers.zip']);
 */
export function assetsAmong(files: readonly string[]): string[] {
  return files.filter((file) => !isRemote(file));
}

function isRemote(file: string): boolean {
  return `${file}`.startsWith('s3://');
}
