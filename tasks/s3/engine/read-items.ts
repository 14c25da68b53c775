import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { ItemSource, TaskCall, TaskReply } from '../../../asl/interpret/options.ts';
import { csvItems, lines } from '../../../asl/items/read-text.ts';
import { Unreadable } from '../../../asl/items/unreadable.ts';
import { isObject, type Json, type JsonObject } from '../../../asl/json/value.ts';
import type { Account } from '../../../engines/engine.ts';
import { etagOf } from '../../../engines/lake/etag.ts';
import { filesBelow } from '../../../engines/lake/lake.ts';
import { existing, readObject, readText, unreadable } from './read-object.ts';

/** Items, and where each lot of them came from. */
interface Dataset {
  readonly result: Json;
  readonly sources?: readonly ItemSource[];
}
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
  return { result: await readObject(account, bucket, key, config) };
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
  const items: Json[] = [];
  const sources: ItemSource[] = [];
  for (const { bucket, key } of places) {
    const found = await readObject(account, bucket, key, config);
    if (typeof found !== 'object' || found === null) throw unreadable('Attempting to map over non-iterable node.');
    const lot = Array.isArray(found)
      ? (found as Json[])
      : Object.entries(found).map(([Key, Value]) => ({ Key, Value }));
    for (const item of lot) items.push(item);
    sources.push({ source: `S3://${bucket}/${key}`, items: lot.length });
  }
  return { result: items, sources };
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
  const items: Json[] = [];
  const sources: ItemSource[] = [];
  for (const file of manifest.files ?? []) {
    const lot = csvItems(await readText(await existing(account, from, file.key)), {}, headers);
    for (const item of lot) items.push(item);
    sources.push({ source: `S3://${from}/${file.key}`, items: lot.length });
  }
  return { result: items, sources };
}
