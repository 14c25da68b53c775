import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CsvReader, parseCsv } from '../../asl/items/csv.ts';
import { JsonListReader, NoJsonList } from '../../asl/items/json-list.ts';
import { itemsInPieces, itemsInText } from '../../asl/items/read-text.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { sized } from '../sized.ts';

/** Where a text is cut into pieces: after so many characters each time. */
const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });

function* piecesOf(text: string, lengths: readonly number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = lengths[turn % lengths.length] as number;
    yield text.slice(at, at + length);
    at += length;
  }
}

async function* asStream(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

async function inPieces(text: string, lengths: readonly number[], config: JsonObject): Promise<Json[]> {
  const items: Json[] = [];
  for await (const lot of itemsInPieces(asStream(piecesOf(text, lengths)), config, 'x')) items.push(...lot);
  return items;
}

describe('a text that comes in pieces has the same items as the whole', () => {
  test('delimited text, whatever stands in it', () => {
    const text = fc.array(fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', '\r', '\\', '\\"', '\uFEFF', 'é😀'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, cuts, (parts, lengths) => {
        const whole = parts.join('');
        const reader = new CsvReader(',');
        const records = [...piecesOf(whole, lengths)].flatMap((piece) => [...reader.read(piece, false)]);
        expect([...records, ...reader.read('', true)]).toEqual([...parseCsv(whole, ',')]);
      }),
      { numRuns: sized(500, 20_000) },
    );
  });

  test('a JSON list', () => {
    const list = fc.array(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), { maxLength: 12 });
    fc.assert(
      fc.property(list, cuts, fc.constantFrom(undefined, 2), (value, lengths, indent) => {
        const text = ` \n${JSON.stringify(value, undefined, indent)}\t `;
        const reader = new JsonListReader();
        const items = [...piecesOf(text, lengths)].flatMap((piece) => reader.read(piece, false));
        expect([...items, ...reader.read('', true)]).toEqual(JSON.parse(text));
      }),
      { numRuns: sized(500, 20_000) },
    );
  });

  test('rows of a CSV, lines of JSON Lines', async () => {
    const csv = 'id,name\r\n1,"a\n,b"\r\n\r\n2\r\n3,x,y\r\n';
    const jsonl = '{"a":"\\n"}\r\n\n[2]\n3';
    for (const lengths of [[1], [2, 3], [7], [1000]]) {
      for (const config of [
        { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y'] },
      ])
        expect(await inPieces(csv, lengths, config)).toEqual(itemsInText(csv, config, 'x'));
      expect(await inPieces(jsonl, lengths, { InputType: 'JSONL' })).toEqual([{ a: '\n' }, [2], 3]);
    }
  });
});

describe('a text in pieces that cannot be read', () => {
  test.each([
    '',
    ' ',
    '{}',
    '5',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '[1,,2]',
    '[1] 2',
    '[1]]',
    '[1,2}',
    '["a]',
    '\uFEFF[1]',
    '\u00a0[]',
    '[\u00a0]',
  ])('is no JSON list: %j', (text) => {
    for (const lengths of [[1], [2], [100]]) {
      const reader = new JsonListReader();
      const read = () => [
        ...[...piecesOf(text, lengths)].flatMap((piece) => reader.read(piece, false)),
        ...reader.read('', true),
      ];
      expect(read).toThrow(NoJsonList);
    }
  });

  test('of JSON Lines names the line', async () => {
    await expect(inPieces('1\n\n{\n', [2], { InputType: 'JSONL' })).rejects.toThrow('line 2 of x is not JSON: ');
  });

  test('of CSV names what is wrong', async () => {
    await expect(inPieces('a\n', [2], { InputType: 'CSV', CSVDelimiter: 'X' })).rejects.toThrow('CSVDelimiter');
    await expect(inPieces(`${'a'.repeat(11_000)}\n1\n`, [1000], { InputType: 'CSV' })).rejects.toThrow('10 KiB');
  });
});
