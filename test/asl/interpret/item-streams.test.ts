import { describe, expect, it } from '@jest/globals';
import type { ItemLot, ItemStream, Json, MapRunDescription, TaskCall, TaskHandler } from '../../../asl/index.ts';
import { Unreadable } from '../../../asl/index.ts';
import { LIMITS } from '../../../asl/language/limits.ts';
import { pass, run, task, types } from './run.ts';

const reader = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };
const map = (fields: object, states: object = { t: task({ Arguments: '{% $states.input %}' }) }) => ({
  Type: 'Map',
  Label: 'L',
  ItemReader: reader,
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: Object.keys(states)[0],
    States: states,
  },
  End: true,
  ...fields,
});

/** A dataset in lots, and how often, and how far, it was read. */
function dataset(lots: readonly (ItemLot | Error)[], total?: number) {
  const seen = { readings: 0, lots: 0, closed: 0 };
  const stream: ItemStream = {
    ...(total !== undefined && { total }),
    async *read() {
      seen.readings++;
      try {
        for (const lot of lots) {
          seen.lots++;
          if (lot instanceof Error) throw lot;
          yield lot;
        }
      } finally {
        seen.closed++;
      }
    },
  };
  return { stream, seen };
}

const LOTS: readonly ItemLot[] = [
  { items: [1, 2], source: 'S3://b/x' },
  { items: [] },
  { items: [3, 4, 5], source: 'S3://b/y' },
  { items: [6] },
];

async function over(lots: readonly (ItemLot | Error)[], fields: object = {}, states?: object, total?: number) {
  const { stream, seen } = dataset(lots, total);
  const files: { [key: string]: string } = {};
  const descriptions: MapRunDescription[] = [];
  const calls: Json[] = [];
  const tasks: TaskHandler = (call: TaskCall) => {
    if (call.reads) return { items: stream };
    if (call.writes) {
      const { Key, Body } = call.arguments as { Key: string; Body: string };
      files[Key.replace(/[^/]*\//, 'ID/')] = Body;
      return { result: {} };
    }
    calls.push(call.arguments);
    return (call.arguments as { error?: string } | null)?.error ? { error: 'E' } : { result: call.arguments };
  };
  const execution = await run(
    { m: map(fields, states) },
    { tasks, onMapRun: (mapRun) => descriptions.push(mapRun.describe()) },
  );
  return { execution, seen, files, calls, last: descriptions.at(-1) as MapRunDescription, known: descriptions[1] };
}

describe('a dataset that is a stream', () => {
  it('is counted before anything runs, then read once more while the children run', async () => {
    const { execution, seen, known, last } = await over(LOTS);
    expect(execution.output).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen).toMatchObject({ readings: 2, closed: 2 });
    expect(known?.itemCounts).toMatchObject({ pending: 6, total: 6 });
    expect(last).toMatchObject({
      status: 'SUCCEEDED',
      itemCounts: { total: 6, succeeded: 6, pending: 0 },
      executionCounts: { total: 6, succeeded: 6, pending: 0 },
    });
    expect(types(execution)).toContain('MapRunStarted MapRunSucceeded MapStateSucceeded');
  });

  it('is read once where its length is known', async () => {
    const { execution, seen } = await over(LOTS, {}, undefined, 6);
    expect(execution.output).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen.readings).toBe(1);
  });

  it('is not read past MaxItems', async () => {
    const { execution, seen } = await over(LOTS, { ItemReader: { ...reader, ReaderConfig: { MaxItems: 2 } } });
    expect(execution.output).toEqual([1, 2]);
    expect(seen).toEqual({ readings: 2, lots: 2, closed: 2 });
  });

  it('may be empty', async () => {
    expect((await over([])).execution.output).toEqual([]);
    expect((await over([{ items: [] }])).execution.output).toEqual([]);
    expect((await over([], { ItemBatcher: { MaxItemsPerBatch: 2 } })).execution.output).toEqual([]);
  });

  it('tells each item its number and its source', async () => {
    const item = (name: string) => `{% $states.context.Map.Item.${name} %}`;
    const ItemSelector = { at: item('Index'), value: item('Value'), source: item('Source') };
    const { execution } = await over(LOTS, { ItemSelector }, { p: pass() });
    const sources = ['S3://b/x', 'S3://b/x', 'S3://b/y', 'S3://b/y', 'S3://b/y', 'S3://b/k'];
    expect(execution.output).toEqual(sources.map((source, at) => ({ at, value: at + 1, source })));
  });

  it('goes into batches, of which it is known at the end how many there are', async () => {
    const { execution, known, last } = await over(LOTS, { ItemBatcher: { MaxItemsPerBatch: 4, BatchInput: 'x' } });
    expect(execution.output).toEqual([
      { Items: [1, 2, 3, 4], BatchInput: 'x' },
      { Items: [5, 6], BatchInput: 'x' },
    ]);
    expect(known?.itemCounts.total).toBe(6);
    expect(last.executionCounts).toMatchObject({ total: 2, succeeded: 2, pending: 0 });
    expect(last.itemCounts).toMatchObject({ total: 6, succeeded: 6, pending: 0 });
  });

  it.each([1, 3, 0])('gives results in the order of its items, %i at a time', async (MaxConcurrency) => {
    const lots = [{ items: Array.from({ length: 50 }, (_, at) => at) }];
    const wait = { Type: 'Wait', Seconds: '{% 50 - $states.input %}', End: true };
    const { execution } = await over(lots, { MaxConcurrency }, { w: wait });
    expect(execution.output).toEqual(lots[0]?.items);
  });

  it('that cannot be read fails the Map before a child has run, also where only its end is broken', async () => {
    const { execution, calls, seen } = await over([...LOTS, new Unreadable('line 7 of k is not JSON')]);
    expect(execution).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'line 7 of k is not JSON' });
    expect(calls).toEqual([]);
    expect(seen).toMatchObject({ readings: 1, closed: 1 });
  });

  it('that cannot be read any more fails the Map then', async () => {
    const broken = await over([...LOTS.slice(0, 2), new Unreadable('gone')], { MaxConcurrency: 1 }, undefined, 6);
    expect(broken.execution).toMatchObject({ error: 'States.ItemReaderFailed', cause: 'gone' });
    expect(broken.calls).toEqual([1, 2]);
    const short = await over(LOTS.slice(0, 2), { MaxConcurrency: 1 }, undefined, 6);
    expect(short.execution).toMatchObject({
      error: 'States.ItemReaderFailed',
      cause: 'The dataset has become shorter.',
    });
  });

  it('whose handler is at fault ends the interpretation', async () => {
    await expect(over([new RangeError('a defect')])).rejects.toThrow('a defect');
  });

  it('is closed where a child fails the Map', async () => {
    const items = [{ error: 'E' }, 2, 3];
    const failed = await over([{ items }], { MaxConcurrency: 1 });
    expect(failed.execution.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(failed.seen).toMatchObject({ readings: 2, closed: 2 });
  });

  it('has what was never started written where the Map fails', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'p' } };
    const { files, last } = await over([{ items: [1, { error: 'E' }] }, { items: [3] }, { items: [4] }], {
      MaxConcurrency: 1,
      ResultWriter,
    });
    const kinds = Object.entries(files).map(([key, body]) => [key.replace(/.*\//, ''), body] as const);
    const inputs = Object.fromEntries(
      kinds
        .filter(([name]) => name !== 'manifest.json')
        .map(([name, body]) => [name, (JSON.parse(body) as { Input: string }[]).map(({ Input }) => Input)]),
    );
    expect(inputs).toEqual({
      'FAILED_0.json': ['{"error":"E"}'],
      'PENDING_0.json': ['3', '4'],
      'SUCCEEDED_0.json': ['1'],
    });
    expect(last.itemCounts).toMatchObject({ total: 4, succeeded: 1, failed: 1, pending: 2, resultsWritten: 2 });
  });

  it('of which a share may fail: the whole is what was counted', async () => {
    const items = Array.from({ length: 10 }, (_, at) => (at < 3 ? { error: 'E' } : at));
    const share = (ToleratedFailurePercentage: number) =>
      over([{ items }], { MaxConcurrency: 1, ToleratedFailurePercentage });
    expect((await share(30)).execution.status).toBe('SUCCEEDED');
    expect((await share(29)).execution.error).toBe('States.ExceedToleratedFailureThreshold');
  });
});

describe('the result of a Map', () => {
  it('fails it only when all children have ended, where it is too large', async () => {
    const items = Array.from({ length: 40 }, () => 'x'.repeat(10_000));
    const { execution, calls } = await over([{ items }]);
    expect(40 * 10_000).toBeGreaterThan(LIMITS.dataBytes);
    expect(execution.error).toBe('States.DataLimitExceeded');
    expect(calls).toHaveLength(40);
  });

  it('may be as large as the limit', async () => {
    // `["…","…"]`: five characters beside the texts, two quotes each among them.
    const most = (LIMITS.dataBytes - 7) / 2;
    const ends = async (length: number) => {
      const items = ['x'.repeat(Math.floor(most)), 'x'.repeat(length)];
      return (await over([{ items }], {}, { p: pass() })).execution.status;
    };
    expect(await ends(Math.ceil(most))).toBe('SUCCEEDED');
    expect(await ends(Math.ceil(most) + 1)).toBe('FAILED');
  });

  it.each(['JSON', 'JSONL'])(
    'is written in several files of %s in order, each as soon as it is full',
    async (OutputType) => {
      const text = 'x'.repeat(200_000);
      const items = Array.from({ length: 200 }, (_, at) => ({ at, text }));
      const keys: string[] = [];
      const bodies: string[] = [];
      let running = 0;
      let putWhileRunning = 0;
      const tasks: TaskHandler = (call) => {
        if (call.reads) return { items: dataset([{ items }]).stream };
        const { Key, Body } = call.arguments as { Key: string; Body: string };
        if (!call.writes) {
          running++;
          return { result: call.arguments, durationSeconds: ((call.arguments as { at: number }).at % 7) + 1 };
        }
        if (running < 200) putWhileRunning++;
        if (!Key.endsWith('manifest.json')) {
          keys.push(Key.replace(/.*\//, ''));
          bodies.push(Body);
        }
        return { result: {}, durationSeconds: 1 };
      };
      const ResultWriter = {
        Resource: 'arn:aws:states:::s3:putObject',
        Arguments: { Bucket: 'b', Prefix: 'p' },
        WriterConfig: { Transformation: 'COMPACT', OutputType },
      };
      const { status } = await run({ m: map({ ResultWriter, MaxConcurrency: 5 }) }, { tasks });
      expect(status).toBe('SUCCEEDED');
      const ending = OutputType === 'JSON' ? 'json' : 'jsonl';
      expect(keys).toEqual([0, 1, 2].map((number) => `SUCCEEDED_${number}.${ending}`));
      expect(putWhileRunning).toBe(2);
      const results = bodies.flatMap((body) =>
        OutputType === 'JSON'
          ? (JSON.parse(body) as { at: number }[])
          : body
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line) as { at: number }),
      );
      expect(results.map(({ at }) => at)).toEqual(items.map(({ at }) => at));
    },
  );
});
