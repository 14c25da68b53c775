import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Json, JsonObject } from '../../../../asl/json.ts';
import { isObject } from '../../arguments.ts';
import { type Account, ServiceError } from '../../engine.ts';
import { DELIMITERS, parseCsv } from './csv.ts';
import { readParquet } from './parquet.ts';

/** "Step Functions supports headers of up to 10 KiB". */
const HEADER_BYTES = 10_240;

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
  switch (config.InputType) {
    case 'PARQUET':
      return readParquet(account.duck, file);
    case 'CSV':
      return csvItems(await readText(file), config);
    case 'JSONL':
      return lines(await readText(file)).map((line, at) => parse(line, `line ${at + 1} of ${key}`));
    case 'JSON':
      return jsonItems(parse(await readText(file), key), config.ItemsPointer);
    default:
      throw unreadable(`ReaderConfig needs an InputType; it is ${JSON.stringify(config.InputType)}`);
  }
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

/** Each row by the names of its columns: what it lacks is empty, what it has more is left out. */
export function csvItems(text: string, config: JsonObject, given?: readonly string[]): Json[] {
  const { CSVDelimiter = 'COMMA', CSVHeaderLocation, CSVHeaders } = config;
  const delimiter = DELIMITERS[String(CSVDelimiter)];
  if (delimiter === undefined) throw unreadable(`CSVDelimiter is none that is known: ${JSON.stringify(CSVDelimiter)}`);
  let headers = given ?? (CSVHeaderLocation === 'GIVEN' ? (CSVHeaders as string[]) : undefined);
  const items: Json[] = [];
  for (const record of parseCsv(text, delimiter)) {
    if (headers === undefined) {
      if (Buffer.byteLength(record.join(delimiter)) > HEADER_BYTES)
        throw unreadable('The CSV header is longer than 10 KiB');
      headers = record;
    } else items.push(Object.fromEntries(headers.map((header, at) => [header, record[at] ?? ''])));
  }
  return items;
}

export function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function jsonItems(value: Json, pointer: Json | undefined): Json {
  const found = typeof pointer === 'string' ? at(value, pointer) : value;
  if (found === undefined) throw unreadable(`The ItemsPointer ${String(pointer)} points to nothing`);
  return found;
}

/** What a JSON Pointer points to. @see https://www.rfc-editor.org/rfc/rfc6901 */
function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(name)] as Json | undefined;
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function parse(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw unreadable(`${what} is not JSON: ${(error as Error).message}`);
  }
}
