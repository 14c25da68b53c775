import { describe, expect, it } from '@jest/globals';
import type { TaskHandler } from '../../../asl/index.ts';
import { pass, run, runJsonPath, task, times, types } from './run.ts';

/** Takes as long, and ends, as its arguments say: `{seconds, error?, result?}`. */
const told: TaskHandler = ({ arguments: given }) => {
  const { seconds, error, result = seconds } = given as { seconds: number; error?: string; result?: number };
  return error === undefined ? { result, durationSeconds: seconds } : { error, durationSeconds: seconds };
};
const branch = (name: string, Arguments: unknown) => ({ StartAt: name, States: { [name]: task({ Arguments }) } });
const parallel = (...Branches: object[]) => ({ Type: 'Parallel', Branches, End: true });

describe('Parallel', () => {
  it('takes as long as its longest branch, with the outputs in order of the branches', async () => {
    const execution = await run(
      { p: parallel(branch('a', { seconds: 5 }), branch('b', { seconds: 9 }), branch('c', { seconds: 1 })) },
      { tasks: told },
    );
    expect(execution).toMatchObject({ output: [5, 9, 1], stoppedAt: 9000 });
    expect(times(execution, 'TaskSucceeded')).toEqual([1, 5, 9]);
  });

  it('a failed branch ends the others at once, and their history says so', async () => {
    const signals: AbortSignal[] = [];
    const states = {
      p: {
        ...parallel(
          branch('a', { seconds: 3, error: 'E' }),
          branch('b', { seconds: 9 }),
          { StartAt: 'w', States: { w: { Type: 'Wait', Seconds: 20, End: true } } },
          { StartAt: 'q', States: { q: parallel(branch('c', { seconds: 7 })) } },
        ),
        Catch: [{ ErrorEquals: ['E'], Next: 'r' }],
      },
      r: pass(),
    };
    const execution = await run(states, {
      tasks: (call) => {
        signals.push(call.signal);
        return told(call);
      },
    });
    expect(execution).toMatchObject({ output: { Error: 'E' }, stoppedAt: 3000 });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    expect(types(execution).split('TaskFailed ')[1]).toBe(
      'TaskStateAborted WaitStateAborted TaskStateAborted ParallelStateAborted ParallelStateFailed ParallelStateExited:p PassStateEntered:r PassStateExited:r ExecutionSucceeded',
    );
  });

  it('is retried as a whole', async () => {
    let attempts = 0;
    const execution = await run(
      { p: { ...parallel(branch('a', {})), Retry: [{ ErrorEquals: ['E'] }] } },
      { tasks: () => (attempts++ < 2 ? { error: 'E' } : { result: 'ok' }) },
    );
    expect(execution).toMatchObject({ output: ['ok'], stoppedAt: 3000 });
    expect(types(execution)).not.toContain('ParallelStateFailed');
  });

  it('branches read outer variables and keep their own', async () => {
    const inner = (value: number) => ({
      StartAt: `s${value}`,
      States: {
        [`s${value}`]: { Type: 'Pass', Assign: { mine: value }, Next: `t${value}` },
        [`t${value}`]: pass({ Output: '{% $outer + $mine %}' }),
      },
    });
    const execution = await run({
      a: { Type: 'Pass', Assign: { outer: 10 }, Next: 'p' },
      p: { Type: 'Parallel', Branches: [inner(1), inner(2)], Next: 'z' },
      z: pass({ Output: '{% [$states.input, $exists($mine)] %}' }),
    });
    expect(execution.output).toEqual([11, 12, false]);
  });

  it('gives its branches its arguments', async () => {
    const p = { ...parallel({ StartAt: 'a', States: { a: pass() } }), Arguments: { x: '{% $states.input.y %}' } };
    expect((await run({ p }, { input: { y: 3 } })).output).toEqual([{ x: 3 }]);
  });
});

const map = (fields: object, states: object = { a: task({ Arguments: '{% $states.input %}' }) }, config?: object) => ({
  Type: 'Map',
  ItemProcessor: { StartAt: Object.keys(states)[0], States: states, ...(config && { ProcessorConfig: config }) },
  End: true,
  ...fields,
});
const DISTRIBUTED = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };

describe('inline Map', () => {
  const items = [{ seconds: 4 }, { seconds: 1 }, { seconds: 2 }, { seconds: 3 }];

  it('keeps the order of its items', async () => {
    expect(await run({ m: map({}) }, { input: items, tasks: told })).toMatchObject({
      output: [4, 1, 2, 3],
      stoppedAt: 4000,
    });
  });

  it('runs at most MaxConcurrency iterations at a time, the next as soon as one is done', async () => {
    const execution = await run({ m: map({ MaxConcurrency: 2 }) }, { input: items, tasks: told });
    expect(times(execution, 'MapIterationStarted')).toEqual([0, 0, 1, 3]);
    expect(execution.stoppedAt).toBe(6000);
  });

  it('runs 40 at most', async () => {
    const execution = await run({ m: map({}) }, { input: new Array(81).fill({ seconds: 1 }), tasks: told });
    expect(execution.stoppedAt).toBe(3000);
  });

  it('selects what an iteration gets', async () => {
    const ItemSelector = { item: '{% $states.context.Map.Item %}', from: '{% $states.input.from %}' };
    const execution = await run(
      { m: map({ Items: '{% $states.input.list %}', ItemSelector }, { a: pass() }) },
      { input: { list: ['x', 'y'], from: 1 } },
    );
    expect(execution.output).toEqual([
      { item: { Index: 0, Value: 'x', Source: 'STATE_DATA' }, from: 1 },
      { item: { Index: 1, Value: 'y', Source: 'STATE_DATA' }, from: 1 },
    ]);
  });

  it('a failed iteration ends the others and the Map', async () => {
    const execution = await run({ m: map({}) }, { input: [{ seconds: 9 }, { seconds: 2, error: 'E' }], tasks: told });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'E', stoppedAt: 2000 });
    expect(types(execution).split('TaskFailed ')[1]).toBe(
      'MapIterationFailed:m TaskStateAborted MapIterationAborted:m MapStateFailed ExecutionFailed',
    );
  });

  it('of nothing is nothing', async () => {
    expect(await run({ m: map({}) }, { input: [] })).toMatchObject({ output: [] });
  });

  it('takes no object', async () => {
    expect(await run({ m: map({}) }, { input: { a: 1 } })).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

describe('distributed Map', () => {
  const distributed = (fields: object, states?: object) => map(fields, states, DISTRIBUTED);

  it('runs executions of their own: no variables, no events, an id each', async () => {
    const execution = await run({
      a: { Type: 'Pass', Assign: { x: 1 }, Next: 'm' },
      m: distributed(
        { Items: [1, 2], Label: 'L' },
        {
          b: pass({
            Output: {
              x: '{% $exists($x) %}',
              input: '{% $states.context.Execution.Input %}',
              id: '{% $states.context.Execution.Id %}',
            },
          }),
        },
      ),
    });
    const output = execution.output as { x: boolean; input: number; id: string }[];
    expect(output.map(({ x, input }) => [x, input])).toEqual([
      [false, 1],
      [false, 2],
    ]);
    expect(new Set(output.map(({ id }) => id)).size).toBe(2);
    expect(output[0]?.id).toMatch(/:execution:StateMachine\/L:/);
    expect(types(execution)).toBe(
      'ExecutionStarted PassStateEntered:a PassStateExited:a MapStateEntered:m MapStateStarted MapRunStarted MapRunSucceeded MapStateSucceeded MapStateExited:m ExecutionSucceeded',
    );
  });

  it('goes over the members of an object', async () => {
    const ItemSelector = '{% $states.context.Map.Item %}';
    expect((await run({ m: distributed({ Items: { a: 1, b: 2 }, ItemSelector }, { p: pass() }) })).output).toEqual([
      { Index: 0, Key: 'a', Value: 1, Source: 'STATE_DATA' },
      { Index: 1, Key: 'b', Value: 2, Source: 'STATE_DATA' },
    ]);
  });

  it('gives the members of an object as pairs, where no selector says otherwise', async () => {
    const Items = { 'a b': { rows: 3 }, '7': null, '2': [1], '': 'x' };
    // In the order in which JSON's members stand, which for names like numbers is JavaScript's.
    const pairs = [
      { Key: '2', Value: [1] },
      { Key: '7', Value: null },
      { Key: 'a b', Value: { rows: 3 } },
      { Key: '', Value: 'x' },
    ];
    const m = (fields: object) => ({ m: distributed({ Items, ...fields }, { p: pass() }) });
    expect((await run(m({}))).output).toEqual(pairs);
    expect((await run(m({ Items: '{% $states.input %}' }), { input: Items })).output).toEqual(pairs);
    expect((await run({ m: distributed({}, { p: pass() }) }, { input: Items })).output).toEqual(pairs);
    expect((await run(m({ ItemBatcher: { MaxItemsPerBatch: 3 } }))).output).toEqual([
      { Items: pairs.slice(0, 3) },
      { Items: pairs.slice(3) },
    ]);
    const ItemSelector = '{% $states.context.Map.Item.Value %}';
    expect((await run(m({ ItemSelector }))).output).toEqual(pairs.map(({ Value }) => Value));
    expect((await run(m({ Items: {} }))).output).toEqual([]);
  });

  it('gives pairs in JSONPath too, of what ItemsPath leads to', async () => {
    const m = (fields: object) => ({ m: distributed({ Items: undefined, ...fields }, { p: pass() }) });
    const input = { tables: { ratings: { rows: 3 }, films: { rows: 5 } } };
    const pairs = Object.entries(input.tables).map(([Key, Value]) => ({ Key, Value }));
    expect((await runJsonPath(m({ ItemsPath: '$.tables' }), { input })).output).toEqual(pairs);
    expect((await runJsonPath(m({}), { input: input.tables })).output).toEqual(pairs);
    expect((await runJsonPath(m({ InputPath: '$.tables' }), { input })).output).toEqual(pairs);
    const ItemSelector = { 'k.$': '$$.Map.Item.Key', 'v.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index' };
    expect((await runJsonPath(m({ ItemsPath: '$.tables', ItemSelector }), { input })).output).toEqual([
      { k: 'ratings', v: { rows: 3 }, at: 0 },
      { k: 'films', v: { rows: 5 }, at: 1 },
    ]);
    expect((await runJsonPath(m({ ItemsPath: '$$.Execution.Input.tables' }), { input })).output).toEqual(pairs);
  });

  it('tolerates the failures of some members', async () => {
    const tasks: TaskHandler = ({ arguments: given }) =>
      (given as { Key: string }).Key === 'b' ? { error: 'E', cause: 'c' } : { result: given };
    const m = distributed(
      { Items: { a: 1, b: 2, c: 3 }, ToleratedFailureCount: 1 },
      { t: task({ Arguments: '{% $states.input %}' }) },
    );
    expect((await run({ m }, { tasks })).output).toEqual([
      { Key: 'a', Value: 1 },
      { Status: 'FAILED', Error: 'E', Cause: 'c' },
      { Key: 'c', Value: 3 },
    ]);
  });

  it('inline it takes no object', async () => {
    const m = { Type: 'Map', ItemProcessor: { StartAt: 'p', States: { p: pass() } }, End: true };
    expect((await run({ m }, { input: { a: 1 } })).error).toBe('States.QueryEvaluationError');
    expect((await runJsonPath({ m }, { input: { a: 1 } })).error).toBe('States.Runtime');
  });

  it('batches its items', async () => {
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { x: '{% $states.input.x %}' } };
    const m = distributed({ Items: [1, 2, 3], ItemBatcher }, { p: pass() });
    expect((await run({ m }, { input: { x: 9 } })).output).toEqual([
      { Items: [1, 2], BatchInput: { x: 9 } },
      { Items: [3], BatchInput: { x: 9 } },
    ]);
    const byBytes = distributed(
      { Items: ['aaaa', 'bbbb', 'cccc'], ItemBatcher: { MaxInputBytesPerBatch: 28 } },
      { p: pass() },
    );
    expect((await run({ m: byBytes })).output).toEqual([{ Items: ['aaaa', 'bbbb'] }, { Items: ['cccc'] }]);
  });

  it('is ended by the failure of a sibling', async () => {
    const m = { StartAt: 'm', States: { m: distributed({ Items: [{ seconds: 9 }] }) } };
    const execution = await run({ p: parallel(m, branch('b', { seconds: 2, error: 'E' })) }, { tasks: told });
    expect(types(execution)).toContain('TaskFailed MapRunAborted MapStateAborted ParallelStateFailed ExecutionFailed');
  });

  const items = [{ seconds: 1 }, { seconds: 1, error: 'E' }, { seconds: 1 }, { seconds: 2, error: 'F' }];
  const failures = {
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };

  it.each([
    [{}, failures],
    [{ ToleratedFailureCount: 0 }, failures],
    [{ ToleratedFailureCount: 1 }, failures],
    [{ ToleratedFailurePercentage: 49 }, failures],
    [{ ToleratedFailureCount: 2, ToleratedFailurePercentage: 49 }, failures],
    [{ ToleratedFailureCount: 2 }, { status: 'SUCCEEDED' }],
    [{ ToleratedFailurePercentage: '{% 25 * 2 %}' }, { status: 'SUCCEEDED' }],
  ])('with %j and two failures of four: %j', async (fields, outcome) => {
    const execution = await run({ m: distributed(fields) }, { input: items, tasks: told });
    expect(execution).toMatchObject(outcome);
    if (execution.status === 'SUCCEEDED') {
      expect(execution.output).toEqual([1, { Status: 'FAILED', Error: 'E' }, 1, { Status: 'FAILED', Error: 'F' }]);
    } else {
      expect(types(execution)).toContain('MapRunFailed MapStateFailed');
    }
  });

  it('a failed batch counts each of its items', async () => {
    const fields = { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount: 1 };
    const execution = await run({ m: distributed(fields) }, { input: [1, 2], tasks: () => ({ error: 'E' }) });
    expect(execution).toMatchObject(failures);
  });

  it('reads its items through the handler', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
    };
    const execution = await run(
      { m: distributed({ ItemReader }, { p: pass() }) },
      { input: { key: 'k' }, tasks: ({ reads, arguments: given }) => ({ result: reads ? [given] : 'no' }) },
    );
    expect(execution.output).toEqual([{ Bucket: 'b', Key: 'k' }]);
  });

  it('answers where its results are, where they are written', async () => {
    const ResultWriter = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'b', Prefix: 'p' } };
    const execution = await run({ m: distributed({ ResultWriter }, { p: pass() }) }, { input: [1] });
    const { MapRunArn, ResultWriterDetails } = execution.output as {
      MapRunArn: string;
      ResultWriterDetails: { Bucket: string; Key: string };
    };
    expect(MapRunArn).toMatch(/:mapRun:StateMachine\/[\da-f-]{36}:[\da-f-]{36}$/);
    expect(ResultWriterDetails).toEqual({ Bucket: 'b', Key: `p/${MapRunArn.split(':').at(-1)}/manifest.json` });
  });
});
