import { parse } from 'csv-parse/sync';
import type { Json, JsonObject } from '../../json.ts';
import type { TaskReply } from '../options.ts';

const DELIMITERS: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The items in a text of a dataset, as an `ItemReader` with this `ReaderConfig` reads them.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function readItems(text: string, config: JsonObject): TaskReply {
  try {
    return { result: itemsOf(text, config) };
  } catch (error) {
    return { error: 'States.ItemReaderFailed', cause: (error as Error).message };
  }
}

function itemsOf(text: string, config: JsonObject): Json {
  switch (config.InputType ?? 'JSON') {
    case 'JSON':
      return pointed(JSON.parse(text), config.ItemsPointer);
    case 'JSONL':
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
    case 'CSV':
      return csv(text, config);
  }
  throw new Error(`Items in the format ${JSON.stringify(config.InputType)} are no text.`);
}

function csv(text: string, { CSVHeaderLocation, CSVHeaders, CSVDelimiter }: JsonObject): Json {
  const columns = CSVHeaderLocation === 'GIVEN' ? (CSVHeaders as string[]) : true;
  const delimiter = DELIMITERS[String(CSVDelimiter ?? 'COMMA')] ?? ',';
  return parse(text, { columns, delimiter, bom: true, skip_empty_lines: true, relax_column_count: true });
}

/** What a JSON pointer (RFC 6901) finds: the list, or the object, that the Map goes over. */
function pointed(document: Json, pointer: Json | undefined): Json {
  let value: Json | undefined = document;
  for (const part of typeof pointer === 'string' ? pointer.split('/').slice(1) : []) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
  }
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('The JSON that was read holds no list or object of items at that place.');
}
