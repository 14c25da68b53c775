import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';

/** A folder of the user's that stands, read only, for everything below a prefix of a bucket. */
export interface Mount {
  readonly bucket: string;
  /** Without a slash at either end. */
  readonly prefix: string;
  readonly folder: string;
}

/**
 * Reads `--mount s3://bucket/prefix=DIR`.
 *
 * @param buckets the buckets that the run knows; another would be mounted where nothing looks.
 */
export async function parseMounts(texts: readonly string[], buckets: readonly string[], cwd: string): Promise<Mount[]> {
  const mounts: Mount[] = [];
  for (const text of texts) {
    const mount = await parseMount(text, buckets, cwd);
    const other = mounts.find(
      (m) => m.bucket === mount.bucket && (isBelow(m.prefix, mount.prefix) || isBelow(mount.prefix, m.prefix)),
    );
    if (other !== undefined) throw new Stop(diagnose('RUN032', { one: uri(other), other: uri(mount) }), 2);
    mounts.push(mount);
  }
  return mounts;
}

async function parseMount(text: string, buckets: readonly string[], cwd: string): Promise<Mount> {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/+([^=]*?)\/*=(.+)$/.exec(text);
  const [, bucket, prefix, folder] = match ?? [];
  if (!bucket || !prefix || !folder || prefix.split('/').some((part) => part === '..' || part === '.' || part === ''))
    throw new Stop(diagnose('RUN030', { text }), 2);
  if (!buckets.includes(bucket)) throw new Stop(diagnose('RUN033', { bucket, buckets }), 2);
  const path = resolve(cwd, folder);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory())
    throw new Stop(
      diagnose('RUN031', { folder: path, what: found === undefined ? 'does not exist' : 'is not a folder' }),
      1,
    );
  await readdir(path).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(diagnose('RUN031', { folder: path, what: `cannot be read (${error.code})` }), 1);
  });
  return { bucket, prefix, folder: path };
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

export function uri(mount: Pick<Mount, 'bucket' | 'prefix'>): string {
  return `s3://${mount.bucket}/${mount.prefix}/`;
}
