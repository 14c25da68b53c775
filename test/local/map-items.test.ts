import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from '@jest/globals';
import { type Execution, interpret, type JsonObject, type StateMachine } from '../../asl/index.ts';
import { parseCsv } from '../../asl/items/csv.ts';
import { describeOfAll } from '../sized.ts';
import { machine, writeFiles } from './support.ts';

/** Interprets one distributed Map over the engines of this machine, whose lake holds these files. */
async function mapOver(
  files: Readonly<Record<string, string>>,
  reader: JsonObject,
  fields: JsonObject = {},
  prepare: (lake: string) => Promise<unknown> = async () => {},
): Promise<Execution & { readonly lake: string }> {
  const { engines, account } = await machine();
  const lake = join(account.root, 's3/lake');
  await writeFiles(lake, files);
  await prepare(lake);
  const states = { p: { Type: 'Pass', End: true } };
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'm',
    States: {
      m: {
        Type: 'Map',
        Label: 'm',
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ...reader },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'p',
          States: states,
        },
        End: true,
        ...fields,
      },
    },
  };
  try {
    const execution = await interpret(definition as unknown as StateMachine, {
      clock: account.clock,
      random: account.random,
      tasks: engines,
    });
    return { ...execution, lake };
  } finally {
    await engines.close();
  }
}

const object = (Key: string, ReaderConfig: JsonObject): JsonObject => ({
  Arguments: { Bucket: 'lake', Key },
  ReaderConfig,
});
const ItemSelector = {
  source: '{% $states.context.Map.Item.Source %}',
  value: '{% $states.context.Map.Item.Value %}',
};

describe('parsing delimited text', () => {
  test.each([
    [
      'a,b\nc,d',
      ',',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\n\r\nc,\r\n',
      ',',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"a,b","c\nd"\n', ',', [['a,b', 'c\nd']]],
    ['"say ""hi""",""', ',', [['say "hi"', '']]],
    ['{""k"":""v""},x', ',', [['{"k":"v"}', 'x']]],
    ['C:\\\\Program Files\\\\My.exe,1', ',', [['C:\\Program Files\\My.exe', '1']]],
    ['a\\,b\\n\\"c', ',', [['a,bn"c']]],
    ['a|b,c\\|d', '|', [['a', 'b,c|d']]],
    ['\uFEFFé,ü', ',', [['é', 'ü']]],
    ['""\n', ',', [['']]],
    ['', ',', []],
  ])('%j', (text, delimiter, records) => {
    expect([...parseCsv(text, delimiter)]).toEqual(records);
  });
});

describe('a distributed Map over the lake', () => {
  test('reads CSV by its first row', async () => {
    const { output } = await mapOver(
      { 'r.csv': 'id,name,note\n1,a\n2,"b,c",x,more\n' },
      object('r.csv', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }),
    );
    expect(output).toEqual([
      { id: '1', name: 'a', note: '' },
      { id: '2', name: 'b,c', note: 'x' },
    ]);
  });

  test('reads delimited text by headers that are given, as many rows as it may, and knows its source', async () => {
    const config = {
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['x', 'y'],
      CSVDelimiter: 'PIPE',
      MaxItems: 2,
    };
    const { output } = await mapOver({ 'd/r.csv': '1|2\n3|4\n5|6\n' }, object('d/r.csv', config), { ItemSelector });
    expect(output).toEqual([
      { source: 'S3://lake/d/r.csv', value: { x: '1', y: '2' } },
      { source: 'S3://lake/d/r.csv', value: { x: '3', y: '4' } },
    ]);
  });

  test('reads JSON: a list, an object, what a pointer points to', async () => {
    const files = { 'a.json': '[1,{"x":2}]', 'o.json': '{"a":1,"b":[2]}', 'n.json': '{"in/v":{"l~t":[[7],[8]]}}' };
    expect((await mapOver(files, object('a.json', { InputType: 'JSON' }))).output).toEqual([1, { x: 2 }]);
    expect((await mapOver(files, object('o.json', { InputType: 'JSON' }))).output).toEqual([
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: [2] },
    ]);
    const inside = object('n.json', { InputType: 'JSON', ItemsPointer: '/in~1v' });
    expect((await mapOver(files, inside)).output).toEqual([{ Key: 'l~t', Value: [[7], [8]] }]);
    const key = {
      ItemSelector: { k: '{% $states.context.Map.Item.Key %}', v: '{% $states.context.Map.Item.Value %}' },
    };
    expect((await mapOver(files, object('o.json', { InputType: 'JSON' }), key)).output).toEqual([
      { k: 'a', v: 1 },
      { k: 'b', v: [2] },
    ]);
    const pointed = object('n.json', { InputType: 'JSON', ItemsPointer: '/in~1v/l~0t' });
    expect((await mapOver(files, pointed)).output).toEqual([[7], [8]]);
  });

  test('reads JSON Lines, packed or not', async () => {
    const text = '{"a":1}\n\n[2]\n';
    const { output } = await mapOver({ 'x.jsonl': text }, object('x.jsonl', { InputType: 'JSONL' }));
    expect(output).toEqual([{ a: 1 }, [2]]);
    const packed = await mapOver({}, object('x.jsonl.gz', { InputType: 'JSONL' }), {}, (lake) =>
      writeFile(join(lake, 'x.jsonl.gz'), gzipSync(text)),
    );
    expect(packed.output).toEqual(output);
    // `{"a":1}` and a newline, as the zstd tool packs them.
    const zstd = Buffer.from('KLUv/QRYQQAAeyJhIjoxfQri7+zg', 'base64');
    const again = await mapOver({}, object('x.jsonl.zst', { InputType: 'JSONL' }), {}, (lake) =>
      writeFile(join(lake, 'x.jsonl.zst'), zstd),
    );
    expect(again.output).toEqual([{ a: 1 }]);
  });

  test('reads Parquet', async () => {
    const { output } = await mapOver({}, object('t.parquet', { InputType: 'PARQUET' }), {}, async (lake) => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run(
        `COPY (SELECT 1::INTEGER AS id, 'a' AS name, {'x': [1.5, 2]} AS nested, DATE '2026-01-02' AS day
               UNION ALL SELECT 2, NULL, NULL, NULL ORDER BY 1) TO '${join(lake, 't.parquet')}' (FORMAT parquet)`,
      );
      connection.closeSync();
    });
    expect(output).toEqual([
      { id: 1, name: 'a', nested: { x: [1.5, 2] }, day: '2026-01-02' },
      { id: 2, name: null, nested: null, day: null },
    ]);
  });

  const listing = (ReaderConfig?: JsonObject): JsonObject => ({
    Resource: 'arn:aws:states:::s3:listObjectsV2',
    Arguments: { Bucket: 'lake', Prefix: 'in/' },
    ...(ReaderConfig !== undefined && { ReaderConfig }),
  });

  test('lists objects', async () => {
    const files = { 'in/b.json': '[1]', 'in/a/x.json': '[2,3]', 'in.json': '[]' };
    const { output, lake } = await mapOver(files, listing(), { ItemSelector });
    const { mtimeMs } = await stat(join(lake, 'in/b.json'));
    expect(output).toEqual([
      { source: 'S3://lake', value: expect.objectContaining({ Key: 'in/a/x.json', Size: 5 }) },
      {
        source: 'S3://lake',
        value: {
          Etag: `"${createHash('md5').update('[1]').digest('hex')}"`,
          Key: 'in/b.json',
          LastModified: Math.floor(mtimeMs / 1000),
          Size: 3,
          StorageClass: 'STANDARD',
        },
      },
    ]);
  });

  test('loads the objects that are listed, and flattens them', async () => {
    const files = { 'in/b.json': '[1]', 'in/a/x.json': '[2,3]' };
    const config = { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' };
    const { output } = await mapOver(files, listing(config), { ItemSelector });
    expect(output).toEqual([
      { source: 'S3://lake/in/a/x.json', value: 2 },
      { source: 'S3://lake/in/a/x.json', value: 3 },
      { source: 'S3://lake/in/b.json', value: 1 },
    ]);
  });

  test('follows an S3 Inventory', async () => {
    const manifest = {
      sourceBucket: 'src',
      destinationBucket: 'arn:aws:s3:::lake',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size, LastModifiedDate',
      files: [{ key: 'inv/data/1.csv.gz' }, { key: 'inv/data/2.csv' }],
    };
    const rows = '"src","a/","0","2022-11-16T00:27:19.000Z"\n"src","a/t.csv","33","2022-11-16T00:29:32.000Z"\n';
    const { output } = await mapOver(
      { 'inv/manifest.json': JSON.stringify(manifest), 'inv/data/2.csv': '"src","b","1","x"\n' },
      object('inv/manifest.json', { InputType: 'MANIFEST' }),
      {},
      async (lake) => writeFile(join(lake, 'inv/data/1.csv.gz'), gzipSync(rows)),
    );
    expect(output).toEqual([
      { Bucket: 'src', Key: 'a/', Size: '0', LastModifiedDate: '2022-11-16T00:27:19.000Z' },
      { Bucket: 'src', Key: 'a/t.csv', Size: '33', LastModifiedDate: '2022-11-16T00:29:32.000Z' },
      { Bucket: 'src', Key: 'b', Size: '1', LastModifiedDate: 'x' },
    ]);
  });

  test('follows a manifest of Athena', async () => {
    const { output } = await mapOver(
      { 'q-manifest.csv': 's3://lake/q/1\ns3://lake/q/2\n', 'q/1': '{"n":1}\n{"n":2}\n', 'q/2': '{"n":3}\n' },
      object('q-manifest.csv', { ManifestType: 'ATHENA_DATA', InputType: 'JSONL' }),
      { ItemSelector: { n: '{% $states.context.Map.Item.Value.n %}', from: '{% $states.context.Map.Item.Source %}' } },
    );
    expect(output).toEqual([
      { n: 1, from: 'S3://lake/q/1' },
      { n: 2, from: 'S3://lake/q/1' },
      { n: 3, from: 'S3://lake/q/2' },
    ]);
  });

  test.each([
    [object('none.json', { InputType: 'JSON' }), 'The specified key does not exist: s3://lake/none.json'],
    [object('bad.json', { InputType: 'JSON' }), 'bad.json is not JSON: '],
    [object('five.json', { InputType: 'JSON' }), 'Attempting to map over non-iterable node.'],
    [object('bad.json', { InputType: 'PARQUET' }), 'The Parquet file cannot be read: '],
    [object('five.json', { InputType: 'JSON', ItemsPointer: '/x' }), 'The ItemsPointer /x points to nothing'],
    [object('bad.json', {}), 'ReaderConfig needs an InputType'],
    [{ ...listing(), Arguments: { Bucket: 'nowhere' } }, 'The specified bucket does not exist: nowhere'],
  ])('fails where it cannot read: %j', async (reader, cause) => {
    const execution = await mapOver({ 'bad.json': '{', 'five.json': '5' }, reader);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
    expect(execution.cause).toContain(cause);
  });

  test('writes its results beside a manifest', async () => {
    const ResultWriter = {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'lake', Prefix: 'out' },
      WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
    };
    const { output, lake } = await mapOver({ 'a.json': '[1,2]' }, object('a.json', { InputType: 'JSON' }), {
      ResultWriter,
    });
    const { ResultWriterDetails } = output as { ResultWriterDetails: { Key: string } };
    const manifest = JSON.parse(await readFile(join(lake, ResultWriterDetails.Key), 'utf8'));
    const [{ Key, Size }] = manifest.ResultFiles.SUCCEEDED;
    const body = await readFile(join(lake, Key), 'utf8');
    expect(JSON.parse(body)).toEqual([1, 2]);
    expect(Size).toBe(body.length);
    expect((await readdir(join(lake, ResultWriterDetails.Key, '..'))).sort()).toEqual([
      'SUCCEEDED_0.json',
      'manifest.json',
    ]);
  });

  /** Datasets of some 5 MB, which are read as streams: few items, since each is a child. */
  describeOfAll('too large to be held', () => {
    const long = 'x'.repeat(60_000);
    const rows = Array.from({ length: 90 }, (_, at) => ({ at: String(at), text: `${long}"${at}"` }));
    const at = {
      ItemSelector: { at: '{% $states.context.Map.Item.Value.at %}', from: '{% $states.context.Map.Item.Source %}' },
    };
    const numbers = (key: string) => rows.map((row) => ({ at: row.at, from: `S3://lake/${key}` }));
    const csv = `at,text\n${rows.map((row) => `${row.at},"${row.text.replaceAll('"', '""')}"\n`).join('')}`;
    const texts = {
      CSV: csv,
      JSONL: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
      JSON: JSON.stringify(rows, undefined, 1),
    };

    test.each(['CSV', 'JSONL', 'JSON'] as const)('%s', async (InputType) => {
      const key = `big.${InputType}`;
      const { output } = await mapOver({ [key]: texts[InputType] }, object(key, { InputType }), at);
      expect(output).toEqual(numbers(key));
    });

    test('a JSON object, and what a pointer points to', async () => {
      const files = { 'o.json': JSON.stringify(Object.fromEntries(rows.map((row) => [`k${row.at}`, row]))) };
      const Key = { ItemSelector: '{% $states.context.Map.Item.Key %}' };
      expect((await mapOver(files, object('o.json', { InputType: 'JSON' }), Key)).output).toEqual(
        rows.map((row) => `k${row.at}`),
      );
      const config = { InputType: 'JSON', ItemsPointer: '/k7' };
      expect((await mapOver(files, object('o.json', config), Key)).output).toEqual(['at', 'text']);
    });

    test('what is packed, and what is broken at its end', async () => {
      // Packed it must still be large: each row has a text of its own that cannot be made smaller.
      const noise = rows.map((row) => ({ at: row.at, text: randomBytes(90_000).toString('base64') }));
      const text = noise.map((row) => `${JSON.stringify(row)}\n`).join('');
      const packed = object('x.jsonl.gz', { InputType: 'JSONL' });
      const over = (bytes: Buffer) => mapOver({}, packed, at, (lake) => writeFile(join(lake, 'x.jsonl.gz'), bytes));
      const gzip = gzipSync(text);
      expect((await over(gzip)).output).toEqual(numbers('x.jsonl.gz'));
      expect(await over(gzip.subarray(0, -20))).toMatchObject({
        error: 'States.ItemReaderFailed',
        cause: 'The object cannot be decompressed: unexpected end of file',
      });
      const broken = await mapOver(
        { 'b.json': `${texts.JSON.slice(0, -1)},\n]` },
        object('b.json', { InputType: 'JSON' }),
      );
      expect(broken.error).toBe('States.ItemReaderFailed');
      expect(broken.cause).toMatch(/^b\.json is not JSON: .* \(line \d+, column \d+\)$/);
    });

    test('several objects, one after the other', async () => {
      const files = { 'in/a.jsonl': texts.JSONL, 'in/b.jsonl': '{"at":"b"}\n' };
      const { output } = await mapOver(files, listing({ InputType: 'JSONL', Transformation: 'LOAD_AND_FLATTEN' }), at);
      expect(output).toEqual([...numbers('in/a.jsonl'), { at: 'b', from: 'S3://lake/in/b.jsonl' }]);
    });

    test('Parquet', async () => {
      const { output } = await mapOver({}, object('t.parquet', { InputType: 'PARQUET' }), at, async (lake) => {
        const connection = await (await DuckDBInstance.create(':memory:')).connect();
        await connection.run(
          `COPY (SELECT i AS at, (SELECT string_agg(md5(i::VARCHAR || j), '') FROM range(2500) AS t(j)) AS text
             FROM range(90) AS r(i) ORDER BY 1) TO '${join(lake, 't.parquet')}' (FORMAT parquet, COMPRESSION uncompressed)`,
        );
        connection.closeSync();
      });
      expect(output).toEqual(rows.map((_, number) => ({ at: number, from: 'S3://lake/t.parquet' })));
    });
  });
});
