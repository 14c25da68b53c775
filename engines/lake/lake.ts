import { mkdir, readdir, realpath, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type Mount, uri } from './mounts.ts';

/** Whether S3 takes a text for a bucket's name. */
export function isBucketName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text);
}

/** A mount as the engines use it: a folder of links to the user's files, so that whatever a job does, those files stay. */
interface View extends Mount {
  readonly view: string;
  readonly links: ReadonlySet<string>;
  /** The folders that the files really lie in. */
  readonly sources: ReadonlySet<string>;
}

/** The buckets of this machine: the bucket `b` is the folder `<root>/s3/b`, mounted prefixes lie elsewhere. */
export class Lake {
  readonly folder: string;
  readonly #buckets: Set<string>;
  readonly #views: readonly View[];

  private constructor(folder: string, buckets: readonly string[], views: readonly View[]) {
    this.folder = folder;
    this.#buckets = new Set(buckets);
    this.#views = views;
  }

  /**
   * @param buckets those that the run knows; their folders are made.
   * @param scratch a folder of the run's, for the views of mounted folders.
   */
  static async open(
    root: string,
    buckets: readonly string[],
    mounts: readonly Mount[],
    scratch: string,
  ): Promise<Lake> {
    const folder = join(root, 's3');
    for (const bucket of buckets) await mkdir(join(folder, bucket), { recursive: true });
    const views: View[] = [];
    for (const [i, mount] of mounts.entries()) {
      const view = join(scratch, String(i));
      views.push({ ...mount, view, ...(await linkTree(mount.folder, view)) });
    }
    return new Lake(folder, buckets, views);
  }

  /** Takes up a bucket that was not known when the lake was opened. */
  async addBucket(bucket: string): Promise<void> {
    if (this.#buckets.has(bucket)) return;
    await mkdir(join(this.folder, bucket), { recursive: true });
    this.#buckets.add(bucket);
  }

  /** The place of an S3 URI on this machine; undefined where it is none. */
  path(s3Uri: string): string | undefined {
    const location = parseS3Uri(s3Uri);
    if (location === undefined) return undefined;
    const { bucket, key } = location;
    const mount = this.#views.find(
      (view) => view.bucket === bucket && (key === view.prefix || key.startsWith(`${view.prefix}/`)),
    );
    return mount === undefined ? join(this.folder, bucket, key) : join(mount.view, key.slice(mount.prefix.length));
  }

  /** Their names, sorted. */
  buckets(): string[] {
    return [...this.#buckets].sort();
  }

  /** The objects of a bucket whose keys begin with a text, those of mounts in the place of what lies below their prefixes. */
  async *objects(bucket: string, prefix: string): AsyncGenerator<{ readonly key: string; readonly file: string }> {
    const mounts = this.#views.filter((view) => view.bucket === bucket);
    // What begins with a text lies below the last folder that it names whole.
    const whole = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const places = [
      { at: '', folder: join(this.folder, bucket) },
      ...mounts.map(({ prefix: at, view }) => ({ at: `${at}/`, folder: view })),
    ];
    for (const { at, folder } of places) {
      if (!at.startsWith(prefix) && !prefix.startsWith(at)) continue;
      const from = whole.startsWith(at) ? join(folder, whole.slice(at.length)) : folder;
      for await (const file of filesBelow(from)) {
        const key = at + relative(folder, file).split(sep).join('/');
        const isMounted = at === '' && mounts.some((mount) => key.startsWith(`${mount.prefix}/`));
        if (key.startsWith(prefix) && !isMounted) yield { key, file };
      }
    }
  }

  /**
   * Hadoop's settings under which Spark finds `s3://bucket/…` in the buckets' folders, without any jar: a view file system for each
   * bucket, with a link for each mount.
   * @see https://hadoop.apache.org/docs/r3.3.4/hadoop-project-dist/hadoop-hdfs/ViewFsOverloadScheme.html
   */
  hadoopSettings(): [name: string, value: string][] {
    const tables = [...this.#buckets]
      .sort()
      .map((bucket): [string, string] => [
        `fs.viewfs.mounttable.${bucket}.linkFallback`,
        fileUri(join(this.folder, bucket)),
      ]);
    const links = this.#views.map(({ bucket, prefix, view }): [string, string] => [
      `fs.viewfs.mounttable.${bucket}.link./${prefix}`,
      fileUri(view),
    ]);
    return [
      ['fs.s3.impl', 'org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme'],
      ['fs.s3a.impl', 'org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme'],
      ['fs.viewfs.overload.scheme.target.file.impl', 'org.apache.hadoop.fs.LocalFileSystem'],
      ['fs.viewfs.mount.links.as.symlinks', 'false'],
      ...tables,
      ...links,
    ];
  }

  /** The folders that hold the buckets' files, those of mounts included; links resolved. */
  async folders(): Promise<string[]> {
    return [...new Set([await realpath(this.folder), ...this.#views.flatMap(({ sources }) => [...sources])])].sort();
  }

  /** The mounted prefixes, as `s3://bucket/prefix/`. */
  readOnly(): string[] {
    return this.#views.map(uri);
  }

  /** Finds what a job wrote below a mount: read only, so the job has failed. Undefined where nothing was written. */
  async writtenIntoMount(): Promise<{ mount: string; path: string } | undefined> {
    for (const view of this.#views) {
      for await (const file of filesBelow(view.view)) {
        const path = relative(view.view, file);
        if (!view.links.has(path)) return { mount: uri(view), path: path.split(sep).join('/') };
      }
      for (const link of view.links)
        if (!(await isFile(join(view.view, link)))) return { mount: uri(view), path: link };
    }
    return undefined;
  }
}

export function parseS3Uri(text: string): { bucket: string; key: string } | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/*(.*)$/.exec(text);
  if (match === null || match[2]!.split('/').includes('..')) return undefined;
  return { bucket: match[1]!, key: match[2]! };
}

/** All files below a folder, in order of name; links are followed. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink() ? !(await isFile(path)) : entry.isDirectory();
    if (isFolder) yield* filesBelow(path);
    else yield path;
  }
}

/** The same folders, and a link for each file; answers the links, relative. */
async function linkTree(from: string, to: string): Promise<Pick<View, 'links' | 'sources'>> {
  const links = new Set<string>();
  const sources = new Set<string>();
  await mkdir(to, { recursive: true });
  for await (const file of filesBelow(from)) {
    const path = relative(from, file);
    await mkdir(dirname(join(to, path)), { recursive: true });
    await symlink(file, join(to, path));
    links.add(path);
    sources.add(dirname(await realpath(file)));
  }
  return { links, sources };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function fileUri(path: string): string {
  return `file://${path.split('/').map(encodeURIComponent).join('/')}`;
}
