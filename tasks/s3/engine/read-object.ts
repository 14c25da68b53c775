import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import type { ItemLot } from '../../../asl/interpret/options.ts';
import { NoJsonList } from '../../../asl/items/json-list.ts';
import { isInPieces, itemsInPieces, itemsInText, Unreadable } from '../../../asl/items/read-text.ts';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { type Account, ServiceError } from '../../../engines/engine.ts';
import { parquetLots, readParquet } from './parquet.ts';

/** What is read of a file at one time. */
const PIECE_BYTES = 2 ** 18;
const PACKED = /\.(?:gz(?:ip)?|zstd?)$/i;

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

/**
 * The items of an object a lot at a time, the same as `readObject` gives of it. Of JSON only a list can be read so.
 * @throws Unreadable, ServiceError
 */
export async function* readLots(
  account: Account,
  { bucket, key, file }: PlacedObject,
  config: JsonObject,
  headers?: readonly string[],
): AsyncGenerator<ItemLot> {
  const source = `S3://${bucket}/${key}`;
  try {
    const lots =
      config.InputType === 'PARQUET'
        ? parquetLots(account.duck, file)
        : itemsInPieces(piecesOf(file), config, key, headers);
    for await (const items of lots) yield { items, source };
  } catch (error) {
    if (!(error instanceof NoJsonList)) throw error;
    // The reader of the whole text says what is wrong, and where.
    itemsInText(await readText(file), config, key);
    throw new Unreadable(`${key} is not JSON`);
  }
}

/** An object, and the file that holds it. */
export interface PlacedObject {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
}

/** Whether an object can be read a lot at a time. */
export async function hasLots(file: string, config: JsonObject): Promise<boolean> {
  if (config.InputType === 'PARQUET') return true;
  if (!isInPieces(config)) return false;
  if (config.InputType !== 'JSON') return true;
  for await (const piece of piecesOf(file)) {
    const first = /[^ \t\r\n]/.exec(piece)?.[0];
    if (first !== undefined) return first === '[';
  }
  return false;
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

/** The same text a piece at a time. */
async function* piecesOf(file: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  try {
    for await (const bytes of unpacked(file)) yield decoder.write(bytes);
  } catch (error) {
    throw PACKED.test(file) ? unreadable(`The object cannot be decompressed: ${(error as Error).message}`) : error;
  }
  yield decoder.end();
}

async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const bytes = createReadStream(file, { highWaterMark: PIECE_BYTES });
  if (/\.gz(ip)?$/i.test(file)) {
    // The callback is the reader's: what fails, fails there.
    yield* pipeline(bytes, createGunzip({ chunkSize: PIECE_BYTES }), () => undefined) as AsyncIterable<Buffer>;
  } else if (/\.zst(d)?$/i.test(file)) {
    const { Decompress } = await import('fzstd');
    let made: Buffer[] = [];
    const unpacker = new Decompress((chunk) => made.push(Buffer.from(chunk)));
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      unpacker.push(piece);
      yield* made;
      made = [];
    }
    unpacker.push(new Uint8Array(), true);
    yield* made;
  } else yield* bytes as AsyncIterable<Buffer>;
}
