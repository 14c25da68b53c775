import type { Stats } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { etagOf } from '../lake/etag.ts';
import type { Lake } from '../lake/lake.ts';
import { S3Error } from './errors.ts';

/** An object: the file that holds it. */
export interface ObjectFile {
  readonly file: string;
  readonly size: number;
  readonly modified: Date;
  /** In quotation marks: the MD5 of its content, however it was uploaded. */
  readonly etag: () => Promise<string>;
}

/** How often a folder is made again that another request removed. */
const TRIES = 5;

/** The objects of the lake's buckets as files: the object `a/b` of a bucket is the file `a/b` in its folder. */
export class BucketFiles {
  readonly #lake: Lake;
  /** By path: of a file that has not changed since. */
  readonly #etags = new Map<string, { readonly state: string; readonly etag: Promise<string> }>();

  /** By bucket and key: what is done last of that which was begun. */
  readonly #atWork = new Map<string, Promise<void>>();

  constructor(lake: Lake) {
    this.#lake = lake;
  }

  get buckets(): readonly string[] {
    return this.#lake.buckets();
  }

  /** @throws S3Error where the lake has no such bucket */
  mustHave(bucket: string): void {
    if (!this.buckets.includes(bucket)) throw new S3Error('NoSuchBucket');
  }

  async find(bucket: string, key: string): Promise<ObjectFile> {
    this.mustHave(bucket);
    const file = this.#path(bucket, key);
    const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENAMETOOLONG') throw new S3Error('KeyTooLongError');
      return undefined;
    });
    if (found === undefined) throw new S3Error('NoSuchKey');
    return this.objectOf(file, found, key);
  }

  objectOf(file: string, found: Stats, key: string): ObjectFile {
    // `a/` is the folder `a`: an object without content, as consoles make one.
    if (found.isDirectory() !== key.endsWith('/')) throw new S3Error('NoSuchKey');
    const size = found.isDirectory() ? 0 : found.size;
    return { file, size, modified: found.mtime, etag: () => this.#etagOf(file, found) };
  }

  /** All objects of a bucket whose keys begin so, in the order of S3: that of their keys' bytes. Folders are no objects. */
  async list(bucket: string, prefix: string): Promise<{ key: string; file: string }[]> {
    this.mustHave(bucket);
    const found: { key: string; file: string; bytes: Buffer }[] = [];
    for await (const { key, file } of this.#lake.objects(bucket, prefix))
      if (!isChecksum(key)) found.push({ key, file, bytes: Buffer.from(key) });
    return found.sort((a, b) => a.bytes.compare(b.bytes));
  }

  /** Does the work on an object after what others have begun to do on it. */
  async alone<T>(bucket: string, key: string, work: () => Promise<T>): Promise<T> {
    const name = `${bucket}/${key}`;
    const before = this.#atWork.get(name) ?? Promise.resolve();
    const mine = before.then(work);
    const ended = mine.then(
      () => {},
      () => {},
    );
    this.#atWork.set(name, ended);
    try {
      return await mine;
    } finally {
      if (this.#atWork.get(name) === ended) this.#atWork.delete(name);
    }
  }

  /** Puts a file in an object's place, at once: who reads meanwhile sees the one or the other. */
  async put(bucket: string, key: string, draft: string): Promise<void> {
    const file = await this.#writable(bucket, key);
    if (key.endsWith('/')) {
      if ((await stat(draft)).size > 0)
        throw new S3Error('InvalidRequest', `${key} is a folder here: it holds nothing`);
      await mkdir(file, { recursive: true }).catch(refuseBelowObject(key));
      return;
    }
    for (let tries = 1; ; tries += 1) {
      await mkdir(dirname(file), { recursive: true }).catch(refuseBelowObject(key));
      try {
        await moved(draft, file);
        break;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENAMETOOLONG') throw new S3Error('KeyTooLongError');
        if (code === 'EISDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') {
          // What was deleted below it left folders behind.
          if (!(await emptied(file)))
            throw new S3Error('InvalidRequest', `Objects lie below ${key}/: on this machine ${key} is their folder`);
        } else if (code !== 'ENOENT' || tries === TRIES) throw error;
      }
    }
    await this.#forgetChecksum(file);
  }

  async delete(bucket: string, key: string): Promise<void> {
    const file = await this.#writable(bucket, key);
    if (key.endsWith('/')) {
      await rmdir(file).catch(() => {});
      return;
    }
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) return;
    await rm(file, { force: true });
    await this.#forgetChecksum(file);
  }

  async #writable(bucket: string, key: string): Promise<string> {
    this.mustHave(bucket);
    const mount = this.#lake.readOnly().find((prefix) => `s3://${bucket}/${key}`.startsWith(prefix));
    if (mount !== undefined) throw new S3Error('AccessDenied', `${mount} is mounted read only`);
    return this.#path(bucket, key);
  }

  #path(bucket: string, key: string): string {
    const parts = key.replace(/\/$/, '').split('/');
    const path = parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))
      ? undefined
      : this.#lake.path(`s3://${bucket}/${key}`);
    if (path === undefined)
      throw new S3Error(
        'InvalidRequest',
        `${key} is no key of an object on this machine: it names no file in the bucket's folder`,
      );
    return path;
  }

  #etagOf(file: string, found: Stats): Promise<string> {
    if (found.isDirectory()) return Promise.resolve('"d41d8cd98f00b204e9800998ecf8427e"');
    const state = `${found.ino} ${found.size} ${found.mtimeMs}`;
    const known = this.#etags.get(file);
    if (known?.state === state) return known.etag;
    const etag = etagOf(file);
    this.#etags.set(file, { state, etag });
    return etag;
  }

  /** Spark keeps checksums beside the files that it writes, and refuses a file that another one has replaced. */
  async #forgetChecksum(file: string): Promise<void> {
    await rm(join(dirname(file), `.${basename(file)}.crc`), { force: true });
  }
}

function isChecksum(key: string): boolean {
  return /(?:^|\/)\.[^/]+\.crc$/.test(key);
}

function refuseBelowObject(key: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === 'ENAMETOOLONG') throw new S3Error('KeyTooLongError');
    if (error.code !== 'EEXIST' && error.code !== 'ENOTDIR') throw error;
    throw new S3Error('InvalidRequest', `${key} would lie below an object, which is a file on this machine`);
  };
}

async function moved(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    // The buckets lie on another disk.
    const draft = join(dirname(to), `.${basename(from)}.tmp`);
    await copyFile(from, draft);
    await rename(draft, to);
    await rm(from, { force: true });
  });
}

/** Removes a folder in which there are folders alone; answers whether that was so. */
async function emptied(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !(await emptied(join(folder, entry.name)))) return false;
  }
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
