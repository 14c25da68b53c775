import { parseJson } from '../json/parse.ts';
import { keysOf } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { CsvReader, DELIMITERS } from './csv.ts';
import { JsonListReader } from './json-list.ts';

/** "Step Functions supports headers of up to 10 KiB". */
const HEADER_BYTES = 10_240;

/**
 * The items in the text of an object, read as the `InputType` of a `ReaderConfig` says: a list, or of JSON an object.
 * @param name what the text is called where it is told of
 * @throws Unreadable
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function itemsInText(text: string, config: JsonObject, name: string): Json {
  switch (config.InputType) {
    case 'CSV':
      return csvItems(text, config);
    case 'JSONL':
      return lines(text).map((line, at) => parse(line, `line ${at + 1} of ${name}`));
    case 'JSON':
      return jsonItems(parse(text, name), config.ItemsPointer);
    default:
      throw new Unreadable(`ReaderConfig needs an InputType; it is ${JSON.stringify(config.InputType)}`);
  }
}

/**
 * The items of a text that comes in pieces, a lot at a time: the rows of a CSV, the lines of JSON Lines, the items of a JSON list.
 * @param name what the text is called in messages
 * @throws Unreadable, or NoJsonList of a JSON text that is no list from its beginning to its end
 */
export async function* itemsInPieces(
  pieces: AsyncIterable<string>,
  config: JsonObject,
  name: string,
  headers?: readonly string[],
): AsyncGenerator<Json[]> {
  const read = pieceReader(config, name, headers);
  for await (const piece of pieces) {
    const items = read(piece, false);
    if (items.length > 0) yield items;
  }
  const items = read('', true);
  if (items.length > 0) yield items;
}

/** Whether a text in this form can be read in pieces. What a pointer points to in JSON is looked for in the whole. */
export function isInPieces({ InputType, ItemsPointer }: JsonObject): boolean {
  return InputType === 'CSV' || InputType === 'JSONL' || (InputType === 'JSON' && ItemsPointer === undefined);
}

function pieceReader(
  config: JsonObject,
  name: string,
  headers?: readonly string[],
): (piece: string, last: boolean) => Json[] {
  if (headers !== undefined || config.InputType === 'CSV') {
    const rows = new Rows(config, headers);
    return (piece, last) => rows.read(piece, last);
  }
  if (config.InputType === 'JSON') {
    const list = new JsonListReader();
    return (piece, last) => list.read(piece, last);
  }
  let rest = '';
  let count = 0;
  return (piece, last) => {
    const text = rest + piece;
    const end = last ? text.length : text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    return lines(text.slice(0, end)).map((line) => parse(line, `line ${++count} of ${name}`));
  };
}

/** Each row by the names of its columns. */
export function csvItems(text: string, config: JsonObject, headers?: readonly string[]): Json[] {
  return new Rows(config, headers).read(text, true);
}

/** Reads rows of delimited text as items: what a row lacks is empty, what it has more is left out. */
class Rows {
  readonly #delimiter: string;
  readonly #reader: CsvReader;
  #headers: readonly string[] | undefined;

  constructor({ CSVDelimiter = 'COMMA', CSVHeaderLocation, CSVHeaders }: JsonObject, headers?: readonly string[]) {
    const delimiter = DELIMITERS[String(CSVDelimiter)];
    if (delimiter === undefined)
      throw new Unreadable(`CSVDelimiter is none that is known: ${JSON.stringify(CSVDelimiter)}`);
    this.#delimiter = delimiter;
    this.#reader = new CsvReader(delimiter);
    this.#headers = headers ?? (CSVHeaderLocation === 'GIVEN' ? (CSVHeaders as string[]) : undefined);
  }

  read(piece: string, last: boolean): Json[] {
    const items: Json[] = [];
    for (const record of this.#reader.read(piece, last)) {
      if (this.#headers === undefined) {
        if (Buffer.byteLength(record.join(this.#delimiter)) > HEADER_BYTES)
          throw new Unreadable('The CSV header is longer than 10 KiB');
        this.#headers = record;
      } else items.push(Object.fromEntries(this.#headers.map((header, at) => [header, record[at] ?? ''])));
    }
    return items;
  }
}

/** The lines that have something in them. */
export function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

function jsonItems(value: Json, pointer: Json | undefined): Json {
  const found = typeof pointer === 'string' ? at(value, pointer) : value;
  if (found === undefined) throw new Unreadable(`The ItemsPointer ${String(pointer)} points to nothing`);
  return found;
}

/** What a JSON Pointer points to. */
function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const name of keysOf(pointer)) {
    if (Array.isArray(found)) found = found[Number(name)] as Json | undefined;
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function parse(text: string, what: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new Unreadable(`${what} is not JSON: ${(error as Error).message}`);
  }
}

/** A dataset that a Map cannot read: `States.ItemReaderFailed`, with this message as its cause. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
