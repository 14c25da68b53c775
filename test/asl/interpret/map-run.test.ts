import { describe, expect, it } from '@jest/globals';
import type {
  ChildExecution,
  Execution,
  HistoryEvent,
  InterpretOptions,
  Json,
  MapRun,
  MapRunDescription,
  TaskCall,
  TaskHandler,
} from '../../../asl/index.ts';
import { createVirtualClock } from '../../../asl/index.ts';
import { ResultFiles } from '../../../asl/interpret/states/distributed/results.ts';
import { seeded } from '../../../asl/jsonata/index.ts';
import { pass, run, task, types } from './run.ts';

const map = (
  fields: object,
  states: object = { t: task({ Arguments: '{% $states.input %}' }) },
  type = 'STANDARD',
) => ({
  Type: 'Map',
  Label: 'L',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: type },
    StartAt: Object.keys(states)[0],
    States: states,
  },
  End: true,
  ...fields,
});

/** Watches an execution as the endpoint does, and keeps what a redrive wants. */
function watcher() {
  const children = new Map<string, ChildExecution>();
  const told: string[] = [];
  const events = new Map<string, HistoryEvent[]>();
  const runs = new Map<string, MapRunDescription>();
  let live: MapRun | undefined;
  const options = {
    onMapRun: (mapRun: MapRun) => {
      live = mapRun;
      runs.set(mapRun.mapRunArn, mapRun.describe());
      told.push(mapRun.describe().status);
    },
    onChildExecution: (child: ChildExecution) => {
      children.set(child.executionArn, child);
      told.push(`${child.index} ${child.status}`);
    },
    onChildEvent: (arn: string, event: HistoryEvent) => {
      events.set(arn, [...(events.get(arn) ?? []), event]);
    },
  } satisfies Partial<InterpretOptions>;
  const redrive = (execution: Execution, count = 1): NonNullable<InterpretOptions['redrive']> => ({
    events: JSON.parse(JSON.stringify(execution.events)) as HistoryEvent[],
    count,
    children: (arn) => [...children.values()].filter(({ mapRunArn }) => mapRunArn === arn),
    childEvents: (arn) => events.get(arn) ?? [],
    mapRun: (arn) => runs.get(arn),
  });
  return {
    ...options,
    options,
    redrive,
    told,
    children: () => [...children.values()].sort((a, b) => a.index - b.index),
    eventsOf: (index: number) =>
      events.get([...children.values()].find((child) => child.index === index)?.executionArn ?? '') ?? [],
    run: () => live as MapRun,
  };
}

/** Answers after as many seconds as it is told, with an error if it is told one. */
const told: TaskHandler = ({ arguments: given }) => {
  const { seconds = 1, error } = given as { seconds?: number; error?: string };
  return error === undefined ? { result: seconds, durationSeconds: seconds } : { error, durationSeconds: seconds };
};

describe('who watches a Map run', () => {
  it('sees its children come and go, and the counts', async () => {
    const watch = watcher();
    const ItemBatcher = { MaxItemsPerBatch: 2 };
    const tasks: TaskHandler = (call) => {
      const { Items } = call.arguments as { Items: number[] };
      return Items.includes(3) ? { error: 'E', cause: 'c' } : { result: Items };
    };
    const execution = await run(
      { m: map({ Items: [1, 2, 3, 4, 5], ItemBatcher, MaxConcurrency: 1, ToleratedFailureCount: 2 }) },
      {
        ...watch.options,
        tasks,
        executionArn: 'arn:aws:states:eu-west-1:1:execution:M:one',
        stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:M',
      },
    );
    expect(execution.output).toEqual([[1, 2], { Status: 'FAILED', Error: 'E', Cause: 'c' }, [5]]);
    expect(watch.told).toEqual([
      'RUNNING',
      'RUNNING',
      '0 RUNNING',
      '0 SUCCEEDED',
      '1 RUNNING',
      '1 FAILED',
      '2 RUNNING',
      '2 SUCCEEDED',
      'SUCCEEDED',
    ]);
    const zero = {
      pending: 0,
      running: 0,
      timedOut: 0,
      aborted: 0,
      resultsWritten: 0,
      failuresNotRedrivable: 0,
      pendingRedrive: 0,
    };
    expect(watch.run().describe()).toMatchObject({
      executionArn: 'arn:aws:states:eu-west-1:1:execution:M:one',
      status: 'SUCCEEDED',
      maxConcurrency: 1,
      toleratedFailureCount: 2,
      toleratedFailurePercentage: 0,
      itemCounts: { ...zero, succeeded: 3, failed: 2, total: 5 },
      executionCounts: { ...zero, succeeded: 2, failed: 1, total: 3 },
      redriveCount: 0,
      startDate: 0,
      stopDate: 0,
    });
    const { mapRunArn } = watch.run();
    expect(mapRunArn).toMatch(/^arn:aws:states:eu-west-1:1:mapRun:M\/L:[\da-f-]{36}$/);
    const [, failed] = watch.children();
    expect(failed).toMatchObject({
      stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:M/L',
      executionArn: `arn:aws:states:eu-west-1:1:execution:M/L:${failed?.name}`,
      mapRunArn,
      type: 'STANDARD',
      itemCount: 2,
      input: { Items: [3, 4] },
      status: 'FAILED',
      error: 'E',
      cause: 'c',
      redriveCount: 0,
    });
    expect(
      watch
        .eventsOf(0)
        .map(({ type }) => type)
        .join(' '),
    ).toBe(
      'ExecutionStarted TaskStateEntered TaskScheduled TaskStarted TaskSucceeded TaskStateExited ExecutionSucceeded',
    );
    expect(watch.eventsOf(0).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('sees what a failure ends and what it leaves undone', async () => {
    const watch = watcher();
    const execution = await run(
      { m: map({ Items: [{ seconds: 9 }, { error: 'E' }, {}, {}], MaxConcurrency: 2 }) },
      { ...watch.options, tasks: told },
    );
    expect(types(execution)).toContain('MapRunStarted MapRunFailed MapStateFailed ExecutionFailed');
    expect(watch.children().map(({ status }) => status)).toEqual(['ABORTED', 'FAILED', 'PENDING', 'PENDING']);
    expect(watch.run().describe()).toMatchObject({
      status: 'FAILED',
      executionCounts: { aborted: 1, failed: 1, pending: 2, total: 4, running: 0 },
    });
    expect(
      watch
        .eventsOf(0)
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['TaskStarted', 'ExecutionAborted']);
  });

  it('is told when the execution is stopped', async () => {
    const watch = watcher();
    const stop = new AbortController();
    const tasks = (call: TaskCall) => {
      if (call.arguments === 2) stop.abort();
      return new Promise<never>(() => {});
    };
    const execution = await run(
      { m: map({ Items: [1, 2, 3], MaxConcurrency: 2 }) },
      { ...watch.options, tasks, signal: stop.signal },
    );
    expect(execution.status).toBe('ABORTED');
    expect(types(execution)).toMatch(/MapRunStarted ExecutionAborted$/);
    expect(watch.children().map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED', 'PENDING']);
    expect(watch.run().describe()).toMatchObject({ status: 'ABORTED', stopDate: 0 });
  });

  it('may change how many run at one time, and what is tolerated', async () => {
    const watch = watcher();
    const Items = Array.from({ length: 6 }, () => ({ seconds: 10 }));
    let changed = false;
    const tasks: TaskHandler = (call) => {
      if (!changed) watch.run().update({ maxConcurrency: 3 });
      changed = true;
      return told(call);
    };
    const execution = await run({ m: map({ Items, MaxConcurrency: 1 }) }, { ...watch.options, tasks });
    expect(execution).toMatchObject({ status: 'SUCCEEDED', stoppedAt: 20_000 });
    expect(watch.run().describe().maxConcurrency).toBe(3);

    const stricter = watcher();
    const failed = await run(
      { m: map({ Items: [{ error: 'E' }, { seconds: 5 }, { seconds: 50 }], ToleratedFailureCount: 5 }) },
      {
        ...stricter.options,
        tasks: told,
        onChildExecution: (child) => {
          stricter.onChildExecution(child);
          if (child.status === 'SUCCEEDED') stricter.run().update({ toleratedFailureCount: 0 });
        },
      },
    );
    expect(failed).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold', stoppedAt: 5_000 });
    stricter.run().update({ maxConcurrency: 9 });
    expect(stricter.run().describe().maxConcurrency).toBe(0);
  });

  it('sees an Express child end after five minutes', async () => {
    const watch = watcher();
    const execution = await run(
      { m: map({ Items: [1], ToleratedFailureCount: 1 }, { w: { Type: 'Wait', Seconds: 600, End: true } }, 'EXPRESS') },
      watch.options,
    );
    expect(execution).toMatchObject({ stoppedAt: 300_000, output: [{ Status: 'TIMED_OUT' }] });
    expect(watch.run().describe().executionCounts).toMatchObject({ timedOut: 1, total: 1 });
  });
});

describe('a Map run that is redriven', () => {
  const states = {
    a: task({ Arguments: '{% $states.input %}', End: undefined, Next: 'b', Assign: { mine: '{% $states.input.n %}' } }),
    b: task({
      Arguments: '{% $states.input %}',
      Output: { mine: '{% $mine %}', context: '{% $states.context.Execution %}' },
    }),
  };

  it.each(['STANDARD', 'EXPRESS'])('runs only the children that did not succeed: %s', async (type) => {
    const watch = watcher();
    const calls: string[] = [];
    let broken = true;
    const tasks: TaskHandler = ({ state, arguments: given }) => {
      const { n, seconds = 0 } = given as { n: number; seconds?: number };
      calls.push(`${state}${n}`);
      if (broken && state === 'b' && n === 2) return { error: 'E', durationSeconds: 1 };
      return { result: given, durationSeconds: state === 'b' ? seconds : 0 };
    };
    const machine = {
      m: map(
        {
          Items: [{ n: 1 }, { n: 2 }, { n: 3, seconds: 9 }, { n: 4 }, { n: 5 }],
          MaxConcurrency: 3,
          End: undefined,
          Next: 'z',
        },
        states,
        type,
      ),
      z: pass({ Output: '{% $states.input.mine %}' }),
    };
    const first = await run(machine, { ...watch.options, tasks });
    expect(first.status).toBe('FAILED');
    const before = watch.children();
    expect(before.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'ABORTED', 'SUCCEEDED', 'SUCCEEDED']);
    calls.length = 0;
    broken = false;
    const again = await run(machine, {
      ...watch.options,
      tasks,
      clock: createVirtualClock(3_600_000),
      random: seeded(7),
      redrive: watch.redrive(first),
    });
    expect(again.output).toEqual([1, 2, 3, 4, 5]);
    const express = type === 'EXPRESS';
    expect(calls.sort()).toEqual(express ? ['a2', 'a3', 'b2', 'b3'] : ['b2', 'b3']);
    expect(types({ ...again, events: again.events.slice(first.events.length) })).toBe(
      'ExecutionRedriven MapRunRedriven MapRunSucceeded MapStateSucceeded MapStateExited:m PassStateEntered:z PassStateExited:z ExecutionSucceeded',
    );
    const redriven = again.events[first.events.length + 1];
    expect(redriven?.mapRunRedrivenEventDetails).toEqual({ mapRunArn: watch.run().mapRunArn, redriveCount: 1 });
    expect(watch.children().map(({ executionArn }) => executionArn)).toEqual(
      before.map(({ executionArn }) => executionArn),
    );
    const child = watch.children()[1];
    expect(child).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      ...(!express && { redriveDate: 3_600_000, startDate: 0 }),
    });
    expect(child?.redriveDate === undefined).toBe(express);
    const { context } = (child as ChildExecution).output as { context: { [field: string]: Json } };
    expect(context).toMatchObject({ RedriveCount: 1, ...(!express && { RedriveTime: '1970-01-01T01:00:00Z' }) });
    expect('RedriveTime' in context).toBe(!express);
    if (!express) {
      expect(watch.eventsOf(1).map(({ type }) => type)).toContain('ExecutionRedriven');
      expect(watch.eventsOf(1).map(({ id }) => id)).toEqual(watch.eventsOf(1).map((_, at) => at + 1));
    }
    expect(watch.run().describe()).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate: 3_600_000,
      startDate: 0,
      executionCounts: { succeeded: 5, total: 5, failed: 0, pendingRedrive: 0 },
    });
  });

  const reader = { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } };

  it('goes over the same items, whatever has become of its dataset', async () => {
    const watch = watcher();
    let data: Json[] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    let broken = true;
    const tasks: TaskHandler = ({ reads, arguments: given }) => {
      if (reads) return { result: data };
      return broken ? { error: 'E' } : { result: given };
    };
    const machine = { m: map({ ItemReader: reader, MaxConcurrency: 1 }) };
    const first = await run(machine, { ...watch.options, tasks });
    expect(watch.children().map(({ status }) => status)).toEqual(['FAILED', 'PENDING', 'PENDING']);
    data = [];
    broken = false;
    const again = await run(machine, { ...watch.options, tasks, redrive: watch.redrive(first) });
    expect(again.output).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('gives the members of an object once more as pairs', async () => {
    const watch = watcher();
    let broken = true;
    const tasks: TaskHandler = ({ reads, arguments: given }) => {
      if (reads) return { result: { a: 1, b: 2, c: 3 } };
      return broken && (given as { Key: string }).Key !== 'a' ? { error: 'E' } : { result: given };
    };
    const machine = { m: map({ ItemReader: { ...reader, ReaderConfig: { MaxItems: 2 } } }) };
    const first = await run(machine, { ...watch.options, tasks });
    expect(first.status).toBe('FAILED');
    broken = false;
    const again = await run(machine, { ...watch.options, tasks, redrive: watch.redrive(first) });
    expect(again.output).toEqual([
      { Key: 'a', Value: 1 },
      { Key: 'b', Value: 2 },
    ]);
  });

  it('reads its dataset where the server died before it told of all children', async () => {
    const watch = watcher();
    const tasks: TaskHandler = ({ reads, arguments: given }) => ({ result: reads ? [1, 2, 3] : given });
    const machine = { m: map({ ItemReader: reader, MaxConcurrency: 1 }) };
    const whole = await run(machine, { tasks });
    const cut = { ...whole, events: whole.events.slice(0, 4) };
    expect(cut.events.at(-1)?.type).toBe('MapRunStarted');
    const again = await run(machine, {
      ...watch.options,
      tasks,
      redrive: { ...watch.redrive(cut), children: () => [] },
    });
    expect(again.output).toEqual([1, 2, 3]);
    expect(types(again)).toContain('MapRunRedriven MapRunSucceeded');
  });

  it('is a new one where its data made it fail', async () => {
    const watch = watcher();
    let big = true;
    const tasks: TaskHandler = () => ({ result: big ? 'x'.repeat(200_000) : 'x' });
    const machine = { m: map({ Items: [1, 2] }) };
    const first = await run(machine, { ...watch.options, tasks });
    expect(first.error).toBe('States.DataLimitExceeded');
    expect(types(first)).toContain('MapRunStarted MapRunFailed MapStateFailed ExecutionFailed');
    const { mapRunArn } = watch.run();
    big = false;
    const again = await run(machine, { ...watch.options, tasks, random: seeded(9), redrive: watch.redrive(first) });
    expect(again.output).toEqual(['x', 'x']);
    expect(watch.run().mapRunArn).not.toBe(mapRunArn);
    expect(types(again)).toMatch(/ExecutionRedriven MapStateStarted MapRunStarted MapRunSucceeded/);
  });

  it('fails for good with a child whose history is full', async () => {
    const watch = watcher();
    const tasks: TaskHandler = () => ({ error: 'E' });
    const machine = { m: map({ Items: [1] }) };
    const first = await run(machine, { ...watch.options, tasks });
    const full = Array.from({ length: 24_999 }, (_, at) => ({
      id: at + 1,
      previousEventId: at,
      timestamp: 0,
      type: 'X',
    }));
    const again = await run(machine, {
      ...watch.options,
      tasks: () => ({ result: 1 }),
      redrive: { ...watch.redrive(first), childEvents: () => full },
    });
    expect(again.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(watch.run().describe().executionCounts).toMatchObject({ failed: 1, failuresNotRedrivable: 1 });
  });
});

describe('an ItemReader', () => {
  const tell: TaskHandler = (call) =>
    call.reads
      ? {
          result: [1, 2, 3],
          sources: [
            { source: 'S3://b/x', items: 2 },
            { source: 'S3://b/y', items: 1 },
          ],
        }
      : { result: 0 };
  const ItemSelector = { at: '{% $states.context.Map.Item.Source %}', value: '{% $states.context.Map.Item.Value %}' };

  it('hands its configuration on and knows where items came from', async () => {
    let asked: TaskCall | undefined;
    const ReaderConfig = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItems: '{% $states.input.most %}' };
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Arguments: { Bucket: 'b', Prefix: 'p' },
      ReaderConfig,
    };
    const execution = await run(
      { m: map({ ItemReader, ItemSelector }, { p: pass() }) },
      {
        input: { most: 2 },
        tasks: (call) => {
          asked = call;
          return tell(call);
        },
      },
    );
    expect(asked).toMatchObject({
      reads: true,
      arguments: { Bucket: 'b', Prefix: 'p' },
      readerConfig: { ...ReaderConfig, MaxItems: 2 },
    });
    expect(execution.output).toEqual([
      { at: 'S3://b/x', value: 1 },
      { at: 'S3://b/x', value: 2 },
    ]);
    expect(execution.events.find(({ type }) => type === 'MapStateStarted')?.mapStateStartedEventDetails).toEqual({
      length: 0,
    });
  });

  it('knows where items came from without being told', async () => {
    const tasks: TaskHandler = () => ({ result: ['a'] });
    const sourceOf = async (Arguments: object) =>
      (await run({ m: map({ ItemReader: { Resource: 'r', Arguments }, ItemSelector }, { p: pass() }) }, { tasks }))
        .output;
    expect(await sourceOf({ Bucket: 'b', Key: 'k/l' })).toEqual([{ at: 'S3://b/k/l', value: 'a' }]);
    expect(await sourceOf({ Bucket: 'b', Prefix: 'k' })).toEqual([{ at: 'S3://b', value: 'a' }]);
  });

  it('takes MaxItemsPath in JSONPath', async () => {
    const ItemReader = {
      Resource: 'r',
      Parameters: { 'Bucket.$': '$.b', Key: 'k' },
      ReaderConfig: { InputType: 'JSON', MaxItemsPath: '$.most' },
    };
    const state = map({ ItemReader }, { p: { Type: 'Pass', End: true } });
    const execution = await run(
      { m: state },
      { machine: { QueryLanguage: 'JSONPath' }, input: { b: 'b', most: 1 }, tasks: tell },
    );
    expect(execution.output).toEqual([1]);
  });

  it.each([
    [
      { error: 'S3.NoSuchKeyException', cause: 'The specified key does not exist.' },
      'The specified key does not exist.',
    ],
    [{ result: 5 }, 'Attempting to map over non-iterable node.'],
  ])('that fails makes the Map run fail: %j', async (reply, cause) => {
    const m = map({ ItemReader: { Resource: 'r', Arguments: {} } });
    const execution = await run({ m }, { tasks: () => reply });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed', cause });
    expect(types(execution)).toContain('MapStateStarted MapRunStarted MapRunFailed MapStateFailed ExecutionFailed');
    const caught = {
      m: { ...m, Catch: [{ ErrorEquals: ['States.ItemReaderFailed'], Next: 'z' }] },
      z: pass({ Output: 'caught' }),
    };
    expect((await run(caught, { tasks: () => reply })).output).toBe('caught');
  });
});

describe('a ResultWriter', () => {
  const items = [[1, 2], [3], { error: 'E', cause: 'c' }];
  const tasks: TaskHandler = ({ arguments: given, writes }) => {
    if (writes) return { result: {} };
    const { error, cause } = given as { error?: string; cause?: string };
    return error === undefined ? { result: given } : { error, ...(cause !== undefined && { cause }) };
  };
  const written = async (fields: object, more: object = {}) => {
    const files: { [key: string]: string } = {};
    const execution = await run(
      { m: map({ Items: items, ToleratedFailureCount: 1, ResultWriter: fields, ...more }) },
      {
        tasks: (call) => {
          if (!call.writes) return tasks(call);
          const { Bucket, Key, Body } = call.arguments as { Bucket: string; Key: string; Body: string };
          expect(Bucket).toBe('b');
          files[Key.replace(/[\da-f-]{36}/, 'ID')] = Body;
          return { result: {} };
        },
      },
    );
    return { execution, files };
  };
  const to = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'p/' } };
  const failed = { Status: 'FAILED', Error: 'E', Cause: 'c' };

  it.each([
    ['NONE', [{ Output: '[1,2]' }, { Output: '[3]' }]],
    ['COMPACT', [[1, 2], [3]]],
    ['FLATTEN', [1, 2, 3]],
  ])('%s', async (Transformation, results) => {
    const { execution, files } = await written({ ...to, WriterConfig: { Transformation, OutputType: 'JSON' } });
    expect(Object.keys(files)).toEqual(['p/ID/FAILED_0.json', 'p/ID/SUCCEEDED_0.json', 'p/ID/manifest.json']);
    expect(JSON.parse(files['p/ID/SUCCEEDED_0.json'] as string)).toMatchObject(results);
    expect(JSON.parse(files['p/ID/FAILED_0.json'] as string)).toMatchObject([
      { ...failed, Input: JSON.stringify(items[2]), RedriveStatus: 'REDRIVABLE' },
    ]);
    const { MapRunArn, ResultWriterDetails } = execution.output as {
      MapRunArn: string;
      ResultWriterDetails: { Key: string };
    };
    expect(ResultWriterDetails.Key).toMatch(/^p\/[\da-f-]{36}\/manifest.json$/);
    const folder = ResultWriterDetails.Key.replace('manifest.json', '');
    const file = (kind: string) => [
      { Key: `${folder}${kind}_0.json`, Size: Buffer.byteLength(files[`p/ID/${kind}_0.json`] as string) },
    ];
    expect(JSON.parse(files['p/ID/manifest.json'] as string)).toEqual({
      DestinationBucket: 'b',
      MapRunArn,
      ResultFiles: { FAILED: file('FAILED'), PENDING: [], SUCCEEDED: file('SUCCEEDED') },
    });
  });

  it('writes whole records where nothing else is said, or lines', async () => {
    const { files } = await written(to);
    expect(JSON.parse(files['p/ID/SUCCEEDED_0.json'] as string)[0]).toEqual({
      ExecutionArn: expect.stringMatching(/:execution:StateMachine\/L:/),
      Input: '[1,2]',
      InputDetails: { Included: true },
      Name: expect.any(String),
      Output: '[1,2]',
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: '1970-01-01T00:00:00Z',
      StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:StateMachine/L',
      Status: 'SUCCEEDED',
      StopDate: '1970-01-01T00:00:00Z',
    });
    const lines = await written({ ...to, WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSONL' } });
    expect(lines.files['p/ID/SUCCEEDED_0.jsonl']).toBe('[1,2]\n[3]\n');
  });

  it('shapes the result of the Map where nothing is written', async () => {
    const shaped = async (Transformation: string) =>
      (await written({ WriterConfig: { Transformation, OutputType: 'JSON' } })).execution.output;
    expect(await shaped('FLATTEN')).toEqual([1, 2, 3, failed]);
    expect(await shaped('COMPACT')).toEqual([[1, 2], [3], failed]);
    expect(await shaped('NONE')).toMatchObject([{ Output: '[1,2]', Status: 'SUCCEEDED' }, { Output: '[3]' }, failed]);
  });

  it('also writes what a run that failed leaves', async () => {
    const { execution, files } = await written(to, {
      Items: [[1], { error: 'E' }, [2]],
      ToleratedFailureCount: 0,
      MaxConcurrency: 1,
    });
    expect(execution.error).toBe('States.ExceedToleratedFailureThreshold');
    expect(Object.keys(files)).toEqual(
      ['FAILED_0', 'PENDING_0', 'SUCCEEDED_0', 'manifest'].map((name) => `p/ID/${name}.json`),
    );
    expect(JSON.parse(files['p/ID/PENDING_0.json'] as string)).toMatchObject([{ Input: '[2]', Status: 'PENDING' }]);
  });

  it('begins another file where one is full', () => {
    const bodies = (results: readonly Json[], lines: boolean, most?: number) => {
      const files = new ResultFiles(lines, most);
      files.add(results, 1);
      files.end();
      return files.full.map(({ body }) => body);
    };
    expect(bodies([1, 22, 333, 4], false, 6)).toEqual(['[1,22]', '[333,4]']);
    expect(bodies(['a', 'b'], true, 1)).toEqual(['"a"\n', '"b"\n']);
    expect(bodies([], false)).toEqual(['[]']);
  });

  it('that cannot write makes the Map fail', async () => {
    const execution = await run(
      { m: map({ Items: [1], ResultWriter: to }) },
      {
        tasks: (call) =>
          call.writes
            ? { error: 'S3.NoSuchBucketException', cause: 'The specified bucket does not exist' }
            : { result: 1 },
      },
    );
    expect(execution).toMatchObject({
      error: 'States.ResultWriterFailed',
      cause: 'The specified bucket does not exist',
    });
    expect(types(execution)).toContain('MapRunStarted MapRunFailed MapStateFailed ExecutionFailed');
  });
});
