import { describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../asl/interpret/clocks.ts';
import { interpret } from '../../asl/interpret/interpret.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { Stop } from '../../diagnostics/index.ts';
import { DEFAULT_NOW, type Simulation, simulate } from '../../local/index.ts';

const machine = (states: object) => ({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
const task = (fields: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Arguments: { x: 1 },
  End: true,
  ...fields,
});
const retried = machine({
  a: task({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 5, IntervalSeconds: 10, BackoffRate: 1 }] }),
});

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return error.diagnostics[0]?.code;
  }
}

describe('simulate', () => {
  it('takes a task without a mock to answer its arguments at once', async () => {
    const simulation = await simulate(machine({ a: task() }));
    expect(simulation).toMatchObject({ status: 'SUCCEEDED', output: { x: 1 }, seconds: 0 });
  });

  it('answers by invocation, single or in ranges, and lets durations pass', async () => {
    const mocks = {
      a: {
        '0': { Throw: { Error: 'A', Cause: 'first' }, DurationSeconds: 1 },
        '1-2': { Throw: { Error: 'B', Cause: null }, DurationSeconds: 2 },
        '3': { Return: [4], DurationSeconds: 4.5 },
      },
    };
    const simulation = await simulate(retried, { mocks });
    expect(simulation).toMatchObject({ status: 'SUCCEEDED', output: [4], seconds: 1 + 10 + 2 + 10 + 2 + 10 + 4.5 });
    const failures = simulation.events
      .filter(({ type }) => type === 'TaskFailed')
      .map(({ taskFailedEventDetails }) => taskFailedEventDetails);
    expect(failures).toMatchObject([{ error: 'A', cause: 'first' }, { error: 'B' }, { error: 'B' }]);
  });

  it.each([[{}], [{ Error: null }], [{ Error: null, Cause: null }]])(
    'fails as by a task token where the mock says nothing: %j',
    async (Throw) => {
      const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'z' }];
      const states = { a: task({ Next: 'z', End: undefined, Catch }), z: { Type: 'Pass', End: true } };
      const caught = await simulate(machine(states), { mocks: { a: { '0': { Throw } } } });
      expect(caught).toMatchObject({ status: 'SUCCEEDED', output: { Error: null, Cause: null } });
      const { status, error, cause, events } = await simulate(machine({ a: task() }), {
        mocks: { a: { '0': { Throw } } },
      });
      expect([status, error, cause]).toEqual(['FAILED', undefined, undefined]);
      expect(events.at(-1)?.executionFailedEventDetails).toEqual({});
      const failed = events.find(({ type }) => type === 'TaskFailed')?.taskFailedEventDetails;
      expect(failed).toEqual({ resourceType: expect.any(String), resource: expect.any(String) });
    },
  );

  it('counts the invocations of a state over the whole execution: iterations and loops go on where the last one ended', async () => {
    const m = { Type: 'Map', MaxConcurrency: 1, ItemProcessor: { StartAt: 'a', States: { a: task() } }, End: true };
    const mocks = { a: { '0': { Return: 'zero' }, '1-2': { Return: 'later' } } };
    expect(await simulate(machine({ m }), { input: [1, 2, 3], mocks })).toMatchObject({
      output: ['zero', 'later', 'later'],
    });
  });

  it('fails, as Step Functions Local does, where no response is left', async () => {
    const simulation = await simulate(
      machine({ a: task({ Next: 'b', End: undefined }), b: { Type: 'Pass', Next: 'a' } }),
      { mocks: { a: { '0-1': { Return: 1 } } } },
    );
    expect(simulation).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "The mocks of the state 'a' have no response for invocation 2.",
    });
  });

  it('begins at a fixed moment, or when it is told to', async () => {
    const now = (simulation: Simulation) => simulation.events[0]?.timestamp;
    const clock = machine({ a: { Type: 'Pass', Output: '{% $now() %}', End: true } });
    expect((await simulate(clock)).output).toBe(DEFAULT_NOW);
    expect((await simulate(clock, { now: '2030-05-05T00:00:00Z' })).output).toBe('2030-05-05T00:00:00.000Z');
    expect(now(await simulate(clock, { now: 1234 }))).toBe(1234);
  });

  it('is the same every time, and another with another seed', async () => {
    const dice = machine({ a: { Type: 'Pass', Output: '{% [$random(), $uuid()] %}', End: true } });
    expect(await simulate(dice)).toEqual(await simulate(dice));
    expect((await simulate(dice, { seed: 2 })).output).not.toEqual((await simulate(dice)).output);
  });

  it('names states on entries and exits, in order of time', async () => {
    const { events } = await simulate(machine({ a: { Type: 'Wait', Seconds: 5, Next: 'b' }, b: { Type: 'Succeed' } }));
    expect(
      events.map(({ type, name, timestamp }) => [type, name, (timestamp - Date.parse(DEFAULT_NOW)) / 1000]),
    ).toEqual([
      ['ExecutionStarted', undefined, 0],
      ['WaitStateEntered', 'a', 0],
      ['WaitStateExited', 'a', 5],
      ['SucceedStateEntered', 'b', 5],
      ['SucceedStateExited', 'b', 5],
      ['ExecutionSucceeded', undefined, 5],
    ]);
  });

  it('reads no data: a Map with an ItemReader needs a mock', async () => {
    const m = {
      Type: 'Map',
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: 'b', Key: 'k' } },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'p',
        States: { p: { Type: 'Pass', End: true } },
      },
      End: true,
    };
    expect(await simulate(machine({ m }))).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
    expect(await simulate(machine({ m }), { mocks: { m: { '0': { Return: [7] } } } })).toMatchObject({ output: [7] });
  });

  it.each([
    ['SIM002', null],
    ['SIM002', {}],
    ['SIM002', { StartAt: 'a', States: {} }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Tusk', End: true } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Pass' } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Pass', Next: 'b' } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Choice' } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Choice', Choices: [{ Condition: true, Next: 'x' }] } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Parallel', Branches: [{ StartAt: 'b' }], End: true } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Map', End: true } } }],
    ['SIM002', { StartAt: 'a', States: { a: task({ Catch: [{ ErrorEquals: ['E'] }] }) } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Task', End: true } } }],
    ['SIM002', { StartAt: 'a', TimeoutSeconds: 'x', States: { a: { Type: 'Succeed' } } }],
    ['SIM002', { StartAt: 'a', QueryLanguage: 'SQL', States: { a: { Type: 'Succeed' } } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Pass', Assign: [], End: true } } }],
    ['SIM002', { StartAt: 'a', States: { a: task({ Retry: {} }) } }],
    ['SIM002', { StartAt: 'a', States: { a: task({ Retry: [{}] }) } }],
    ['SIM002', { StartAt: 'a', States: { a: task({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: '3' }] }) } }],
    ['SIM002', { StartAt: 'a', States: { a: { Type: 'Choice', Choices: [{ Not: { Variable: 1 }, Next: 'a' }] } } }],
  ])('%s: stops at %j', async (code, definition) => {
    expect(await codeOf(simulate(definition))).toBe(code);
  });

  it.each([
    [[]],
    [{ a: [] }],
    [{ a: { first: { Return: 1 } } }],
    [{ a: { '2-1': { Return: 1 } } }],
    [{ a: { '0': {} } }],
    [{ a: { '0': { Return: 1, Throw: { Error: 'E' } } } }],
    [{ a: { '0': { Throw: { Error: 1 } } } }],
    [{ a: { '0': { Throw: { Error: 'E', Cause: 1 } } } }],
    [{ a: { '0': { Return: 1, DurationSeconds: -1 } } }],
  ])('SIM003: stops at the mocks %j', async (mocks) => {
    expect(await codeOf(simulate(machine({ a: task() }), { mocks }))).toBe('SIM003');
  });

  it('SIM004: stops at a start that is no time', async () => {
    expect(await codeOf(simulate(machine({ a: task() }), { now: 'soon' }))).toBe('SIM004');
  });
});

describe('a field whose value is of another kind', () => {
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };
  it.each([
    ['ResultSelector', null],
    ['ResultSelector', 'x'],
    ['Assign', []],
    ['TimeoutSeconds', '60'],
    ['HeartbeatSeconds', null],
    ['InputPath', 1],
    ['Comment', {}],
    ['Credentials', null],
    ['Retry', null],
    ['Catch', {}],
  ])('%s: %j is refused, at its place', async (field, value) => {
    const machine = { StartAt: 'a', States: { a: { ...task, [field]: value } } };
    for (const run of [() => simulate(machine), () => interpretIt(machine)]) {
      const stop: unknown = await run().catch((error: unknown) => error);
      expect(stop).toBeInstanceOf(Stop);
      const [first, ...more] = (stop as Stop).diagnostics;
      expect(more).toEqual([]);
      expect(first).toMatchObject({ path: `/States/a/${field}`, message: expect.stringContaining(field) });
    }
  });

  it('all of them are told at once', async () => {
    const machine = { StartAt: 'a', States: { a: { ...task, ResultSelector: null, Comment: 1 } } };
    const stop = (await simulate(machine).catch((error: unknown) => error)) as Stop;
    expect(stop.diagnostics.map(({ path }) => path)).toEqual(['/States/a/Comment', '/States/a/ResultSelector']);
  });

  it('Parameters may be any JSON, null too, as the service takes it', async () => {
    const machine = { StartAt: 'a', States: { a: { Type: 'Pass', Parameters: null, End: true } } };
    expect(await simulate(machine)).toMatchObject({ status: 'SUCCEEDED', output: null });
  });
});

function interpretIt(machine: unknown) {
  const world = { clock: createVirtualClock(0), random: () => 0, tasks: () => ({ result: {} }) };
  return interpret(machine as StateMachine, world);
}
