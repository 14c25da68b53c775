import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { ItemLot, ItemSource, ItemStream, TaskCall, TaskReply } from '../../../asl/interpret/options.ts';
import { csvItems, lines, Unreadable } from '../../../asl/items/read-text.ts';
import { isObject, type Json, type JsonObject } from '../../../asl/json/value.ts';
import { type Account, ServiceError } from '../../../engines/engine.ts';
import { etagOf } from '../../../engines/lake/etag.ts';
import { filesBelow } from '../../../engines/lake/lake.ts';
import { existing, hasLots, type PlacedObject, readLots, readObject, readText, unreadable } from './read-object.ts';

/** Items, and where each lot of them came from: held, or as a stream. */
type Dataset = { readonly result: Json; readonly sources?: readonly ItemSource[] } | { readonly items: ItemStream };

/** Datasets of more bytes are read as streams: held, each byte would need several. */
const HELD_BYTES = 4 * 2 ** 20;

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads the dataset that a distributed Map's `ItemReader` names from the lake: one object, a listing, the objects of a listing, or those
 * that a manifest lists.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function readItems(account: Account, call: TaskCall): Promise<TaskReply> {
  try {
    return await read(account, call);
  } catch (error) {
    throw error instanceof Unreadable ? unreadable(error.message) : error;
  }
}

async function read(account: Account, call: TaskCall): Promise<Dataset> {
  const { Bucket: bucket, Key: key, Prefix: prefix = '' } = isObject(call.arguments) ? call.arguments : {};
  const config = call.readerConfig ?? {};
  if (typeof bucket !== 'string') throw unreadable('The reader needs a Bucket');
  if (call.resource.endsWith(':listObjectsV2')) {
    const found = await list(account, bucket, String(prefix));
    if (config.Transformation !== 'LOAD_AND_FLATTEN') return { result: found };
    // What stands for a folder has no data.
    const keys = found.map(({ Key }) => String(Key)).filter((name) => !name.endsWith('/'));
    return flattened(
      account,
      config,
      keys.map((name) => ({ bucket, key: name })),
    );
  }
  if (typeof key !== 'string') throw unreadable('The reader needs a Key');
  if (config.ManifestType === 'ATHENA_DATA') {
    const objects = lines(await readText(await existing(account, bucket, key))).map(placeOf);
    return flattened(account, config, objects);
  }
  if (config.ManifestType === 'S3_INVENTORY' || config.InputType === 'MANIFEST') return inventory(account, bucket, key);
  const object = { bucket, key, file: await existing(account, bucket, key) };
  if ((await isLarge([object])) && (await hasLots(object.file, config)))
    return streamed(() => readLots(account, object, config));
  return { result: await readObject(account, bucket, key, config) };
}

function streamed(read: () => AsyncIterable<ItemLot>): Dataset {
  return { items: { read: () => withUnreadable(read()) } };
}

/** The interpreter knows only `Unreadable` of what makes a stream fail. */
async function* withUnreadable(lots: AsyncIterable<ItemLot>): AsyncGenerator<ItemLot> {
  try {
    yield* lots;
  } catch (error) {
    throw error instanceof ServiceError ? new Unreadable(error.message) : error;
  }
}

async function isLarge(objects: readonly PlacedObject[]): Promise<boolean> {
  let bytes = 0;
  for (const { file } of objects) bytes += (await stat(file)).size;
  return bytes > HELD_BYTES;
}

/** The metadata of all objects below a prefix, as ListObjectsV2 gives them to a Map. */
async function list({ lake }: Account, bucket: string, prefix: string): Promise<JsonObject[]> {
  const root = lake.path(`s3://${bucket}/`);
  const found = root === undefined ? undefined : await stat(root).catch(() => undefined);
  if (root === undefined || !found?.isDirectory()) throw unreadable(`The specified bucket does not exist: ${bucket}`);
  const objects: JsonObject[] = [];
  for await (const file of filesBelow(root)) {
    const Key = relative(root, file).split(sep).join('/');
    if (!Key.startsWith(prefix)) continue;
    const { size, mtimeMs } = await stat(file);
    objects.push({
      Etag: await etagOf(file),
      Key,
      LastModified: Math.floor(mtimeMs / 1000),
      Size: size,
      StorageClass: 'STANDARD',
    });
  }
  return objects.sort((a, b) => (String(a.Key) < String(b.Key) ? -1 : 1));
}

/** The items of several objects, one after the other. */
async function flattened(account: Account, config: JsonObject, places: readonly Place[]): Promise<Dataset> {
  const objects = await placed(account, places);
  if (await isLarge(objects)) return streamed(() => lotsOf(account, objects, config));
  const items: Json[] = [];
  const sources: ItemSource[] = [];
  for (const object of objects) {
    const lot = await lotOf(account, object, config);
    for (const item of lot) items.push(item);
    sources.push({ source: `S3://${object.bucket}/${object.key}`, items: lot.length });
  }
  return { result: items, sources };
}

async function placed(account: Account, places: readonly Place[]): Promise<PlacedObject[]> {
  const objects: PlacedObject[] = [];
  for (const { bucket, key } of places) objects.push({ bucket, key, file: await existing(account, bucket, key) });
  return objects;
}

/** The items of one of several objects; of an object in JSON its members as pairs. */
async function lotOf(account: Account, { bucket, key }: PlacedObject, config: JsonObject): Promise<readonly Json[]> {
  const found = await readObject(account, bucket, key, config);
  if (typeof found !== 'object' || found === null) throw unreadable('Attempting to map over non-iterable node.');
  return Array.isArray(found) ? (found as Json[]) : Object.entries(found).map(([Key, Value]) => ({ Key, Value }));
}

async function* lotsOf(
  account: Account,
  objects: readonly PlacedObject[],
  config: JsonObject,
): AsyncGenerator<ItemLot> {
  for (const object of objects) {
    if ((await isLarge([object])) && (await hasLots(object.file, config))) yield* readLots(account, object, config);
    else yield { items: await lotOf(account, object, config), source: `S3://${object.bucket}/${object.key}` };
  }
}

function placeOf(uri: string): Place {
  const [, bucket, key] = /^"?s3:\/\/([^/]+)\/(.+?)"?$/i.exec(uri.trim()) ?? [];
  if (bucket === undefined || key === undefined) throw unreadable(`The manifest names what is no object: ${uri}`);
  return { bucket, key };
}

/** The objects that an S3 Inventory lists: its manifest names files in CSV, packed, and their columns. */
async function inventory(account: Account, bucket: string, key: string): Promise<Dataset> {
  const manifest = JSON.parse(await readText(await existing(account, bucket, key))) as {
    readonly destinationBucket?: string;
    readonly fileFormat?: string;
    readonly fileSchema?: string;
    readonly files?: readonly { readonly key: string }[];
  };
  if (manifest.fileFormat !== 'CSV') throw unreadable('The output format of an S3 Inventory must be CSV');
  const headers = (manifest.fileSchema ?? '').split(',').map((column) => column.trim());
  const from = manifest.destinationBucket?.replace(/^arn:aws[\w-]*:s3:::/, '') ?? bucket;
  const objects = await placed(
    account,
    (manifest.files ?? []).map((file) => ({ bucket: from, key: file.key })),
  );
  if (await isLarge(objects)) return streamed(() => rowsOf(account, objects, headers));
  const items: Json[] = [];
  const sources: ItemSource[] = [];
  for (const { key: name, file } of objects) {
    const lot = csvItems(await readText(file), {}, headers);
    for (const item of lot) items.push(item);
    sources.push({ source: `S3://${from}/${name}`, items: lot.length });
  }
  return { result: items, sources };
}

async function* rowsOf(
  account: Account,
  objects: readonly PlacedObject[],
  headers: readonly string[],
): AsyncGenerator<ItemLot> {
  for (const object of objects) yield* readLots(account, object, {}, headers);
}
