import { parseJson } from '../json/parse.ts';
import { keysOf } from '../json/pointer.ts';
import { isObject, type Json, type JsonObject } from '../json/value.ts';
import { DELIMITERS, parseCsv } from './csv.ts';
import { Unreadable } from './unreadable.ts';

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

/** Each row by the names of its columns: what it lacks is empty, what it has more is left out. */
export function csvItems(text: string, config: JsonObject, given?: readonly string[]): Json[] {
  const { CSVDelimiter = 'COMMA', CSVHeaderLocation, CSVHeaders } = config;
  const delimiter = DELIMITERS[String(CSVDelimiter)];
  if (delimiter === undefined)
    throw new Unreadable(`CSVDelimiter is none that is known: ${JSON.stringify(CSVDelimiter)}`);
  let headers = given ?? (CSVHeaderLocation === 'GIVEN' ? (CSVHeaders as string[]) : undefined);
  const items: Json[] = [];
  for (const record of parseCsv(text, delimiter)) {
    if (headers === undefined) {
      if (Buffer.byteLength(record.join(delimiter)) > HEADER_BYTES)
        throw new Unreadable('The CSV header is longer than 10 KiB');
      headers = record;
    } else items.push(Object.fromEntries(headers.map((header, at) => [header, record[at] ?? ''])));
  }
  return items;
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
