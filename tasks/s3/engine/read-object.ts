import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { itemsInText } from '../../../asl/items/read-text.ts';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { type Account, ServiceError } from '../../../engines/engine.ts';
import { readParquet } from './parquet.ts';

/** What makes a Map fail that cannot read its items. */
export function unreadable(cause: string): ServiceError {
  return new ServiceError('States.ItemReaderFailed', cause);
}

/**
 * The items of one object of the lake, read as its `InputType` says: a list, or of JSON an object.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function readObject(account: Account, bucket: string, key: string, config: JsonObject): Promise<Json> {
  const file = await existing(account, bucket, key);
  if (config.InputType === 'PARQUET') return readParquet(account.duck, file);
  return itemsInText(await readText(file), config, key);
}

/** The place of an object on this machine. */
export async function existing({ lake }: Account, bucket: string, key: string): Promise<string> {
  const file = lake.path(`s3://${bucket}/${key}`);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  if (file === undefined || !found?.isFile())
    throw unreadable(`The specified key does not exist: s3://${bucket}/${key}`);
  return file;
}

/** The text of a file, unpacked where its name says that it is packed. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  try {
    if (/\.gz(ip)?$/i.test(file)) return (await promisify(gunzip)(bytes)).toString('utf8');
    if (/\.zst(d)?$/i.test(file)) {
      const { decompress } = await import('fzstd');
      return Buffer.from(decompress(bytes)).toString('utf8');
    }
  } catch (error) {
    throw unreadable(`The object cannot be decompressed: ${(error as Error).message}`);
  }
  return bytes.toString('utf8');
}
