import { describe, expect, it } from '@jest/globals';
import {
  createVirtualClock,
  type Execution,
  type HistoryEvent,
  type InterpretOptions,
  interpret,
  type Json,
  type StateMachine,
  type TaskHandler,
} from '../../../asl/index.ts';
import { seeded } from '../../../asl/jsonata/index.ts';
import { pass, task, types } from './run.ts';

/** Tasks that fail the first so many times that their state calls them; else they answer `<state> done`. */
function failing(times: { readonly [state: string]: number }): TaskHandler & { readonly calls: string[] } {
  const left = new Map(Object.entries(times));
  const calls: string[] = [];
  const handler: TaskHandler = ({ state }) => {
    calls.push(state);
    const more = left.get(state) ?? 0;
    left.set(state, more - 1);
    return more > 0 ? { error: 'Broken', cause: state } : { result: `${state} done` };
  };
  return Object.assign(handler, { calls });
}

const machineOf = (states: object, more: object = {}) =>
  ({
    QueryLanguage: 'JSONata',
    StartAt: Object.keys(states)[0],
    States: states,
    ...more,
  }) as unknown as StateMachine;

function start(machine: StateMachine, tasks: TaskHandler, more: Partial<InterpretOptions> = {}): Promise<Execution> {
  return interpret(machine, { clock: createVirtualClock(0), random: seeded(1), tasks, input: { i: 1 }, ...more });
}

/** Goes on an hour later, with nothing but the history, as it comes out of storage. */
function redrive(
  machine: StateMachine,
  tasks: TaskHandler,
  events: readonly HistoryEvent[],
  more: Partial<InterpretOptions> = {},
): Promise<Execution> {
  const { redrive: rest, ...options } = more;
  return start(machine, tasks, {
    clock: createVirtualClock(3_600_000),
    random: seeded(2),
    redrive: { events: stored(events), count: 1, ...rest },
    ...options,
  });
}

const stored = (events: readonly HistoryEvent[]) => JSON.parse(JSON.stringify(events)) as HistoryEvent[];

/** The events after those that there were. */
const since = (execution: Execution, before: readonly HistoryEvent[]) =>
  types({ ...execution, events: execution.events.slice(before.length) });

describe('a chain', () => {
  const machine = machineOf({
    A: task({ End: undefined, Next: 'B', Assign: { a: '{% $states.result %}' } }),
    B: task({ Arguments: { a: '{% $a %}' }, End: undefined, Next: 'C' }),
    C: pass({ Output: { a: '{% $a %}', b: '{% $states.input %}', context: '{% $states.context.Execution %}' } }),
  });

  it('goes on from the state that failed, with its input and its variables', async () => {
    const tasks = failing({ B: 1 });
    const first = await start(machine, tasks);
    expect(first.status).toBe('FAILED');
    const again = await redrive(machine, tasks, first.events);
    expect(tasks.calls).toEqual(['A', 'B', 'B']);
    expect(again).toMatchObject({ status: 'SUCCEEDED', startedAt: 0, stoppedAt: 3_600_000 });
    expect(again.output).toMatchObject({
      a: 'A done',
      b: 'B done',
      context: {
        Input: { i: 1 },
        RedriveCount: 1,
        StartTime: '1970-01-01T00:00:00Z',
        RedriveTime: '1970-01-01T01:00:00Z',
      },
    });
    expect(since(again, first.events)).toBe(
      'ExecutionRedriven TaskScheduled TaskStarted TaskSucceeded TaskStateExited:B PassStateEntered:C PassStateExited:C ExecutionSucceeded',
    );
    expect(again.events.map(({ id }) => id)).toEqual(again.events.map((_, at) => at + 1));
    const redriven = again.events[first.events.length];
    expect(redriven).toMatchObject({
      previousEventId: first.events.length,
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
    expect(again.events[first.events.length + 1]?.previousEventId).toBe(redriven?.id);
  });

  it('tells only of what is new, and keeps nothing where it is told so', async () => {
    const tasks = failing({ B: 1 });
    const first = await start(machine, tasks);
    const told: HistoryEvent[] = [];
    const again = await redrive(machine, tasks, first.events, {
      onEvent: (event) => told.push(event),
      keepEvents: false,
    });
    expect(again.events).toEqual([]);
    expect(told[0]).toMatchObject({ id: first.events.length + 1, type: 'ExecutionRedriven' });
  });

  it('can be redriven again and again', async () => {
    const tasks = failing({ B: 3 });
    let { events } = await start(machine, tasks);
    for (const count of [1, 2]) {
      const again = await redrive(machine, tasks, events, { redrive: { events: stored(events), count } });
      expect(again.status).toBe('FAILED');
      events = again.events;
    }
    const last = await redrive(machine, tasks, events, { redrive: { events: stored(events), count: 3 } });
    expect(last.status).toBe('SUCCEEDED');
    expect(last.events.filter(({ type }) => type === 'ExecutionRedriven')).toHaveLength(3);
    expect(tasks.calls.filter((call) => call === 'A')).toHaveLength(1);
  });

  it('gives a Retry all its attempts again', async () => {
    const retried = machineOf({ A: task({ Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }] }) });
    const tasks = failing({ A: 5 });
    const first = await start(retried, tasks);
    expect(tasks.calls).toHaveLength(3);
    const again = await redrive(retried, tasks, first.events);
    expect(again.status).toBe('SUCCEEDED');
    expect(tasks.calls).toHaveLength(6);
  });

  it('enters a Fail state again, and fails again', async () => {
    const fails = machineOf({ A: { Type: 'Fail', Error: 'E', Cause: 'C' } });
    const first = await start(fails, failing({}));
    const again = await redrive(fails, failing({}), first.events);
    expect(again).toMatchObject({ status: 'FAILED', error: 'E', cause: 'C' });
    expect(since(again, first.events)).toBe('ExecutionRedriven FailStateEntered:A ExecutionFailed');
  });

  it('chooses anew', async () => {
    const chooses = machineOf({
      A: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.i = "2" %}', Next: 'B' }] },
      B: pass(),
    });
    const first = await start(chooses, failing({}));
    const again = await redrive(chooses, failing({}), first.events);
    expect(since(again, first.events)).toBe('ExecutionRedriven ExecutionFailed');
    expect(again.error).toBe('States.NoChoiceMatched');
  });

  it('leaves a Wait whose moment is past', async () => {
    const waits = machineOf(
      {
        A: { Type: 'Wait', Timestamp: '1970-01-01T00:30:00Z', Next: 'B' },
        B: pass({ Output: 'there' }),
      },
      { TimeoutSeconds: 60 },
    );
    const first = await start(waits, failing({}));
    expect(first.status).toBe('TIMED_OUT');
    const again = await redrive(waits, failing({}), first.events);
    expect(again).toMatchObject({ status: 'SUCCEEDED', output: 'there', stoppedAt: 3_600_000 });
  });

  it('begins the time of the machine anew', async () => {
    const slow = machineOf(
      { A: { Type: 'Wait', Seconds: 50, Next: 'B' }, B: { Type: 'Wait', Seconds: 50, End: true } },
      { TimeoutSeconds: 60 },
    );
    const first = await start(slow, failing({}));
    expect(first.status).toBe('TIMED_OUT');
    const again = await redrive(slow, failing({}), first.events);
    expect(again).toMatchObject({ status: 'SUCCEEDED', stoppedAt: 3_650_000 });
  });

  it('goes where a Catch had led', async () => {
    const caught = machineOf({
      A: task({ Catch: [{ ErrorEquals: ['Broken'], Next: 'B', Assign: { why: '{% $states.errorOutput.Cause %}' } }] }),
      B: task({ Output: '{% $why %}' }),
    });
    const tasks = failing({ A: 1, B: 1 });
    const first = await start(caught, tasks);
    const again = await redrive(caught, tasks, first.events);
    expect(again.output).toBe('A');
    expect(tasks.calls).toEqual(['A', 'B', 'B']);
  });
});

describe('a history that was cut off', () => {
  const machine = machineOf({
    A: task({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }], Assign: { a: 1 }, End: undefined, Next: 'P' }),
    B: pass({ Next: 'P', End: undefined, Assign: { a: 1 } }),
    P: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'P1', States: { P1: task({ End: undefined, Next: 'P2' }), P2: task({ Output: '{% $a %}' }) } },
        { StartAt: 'Q1', States: { Q1: { Type: 'Wait', Seconds: 5, Next: 'Q2' }, Q2: task() } },
      ],
      Next: 'M',
    },
    M: {
      Type: 'Map',
      Items: [1, 2, 3],
      MaxConcurrency: 2,
      ItemSelector: { n: '{% $states.context.Map.Item.Value %}' },
      ItemProcessor: { StartAt: 'I', States: { I: task({ Output: '{% $states.input.n * 10 %}' }) } },
      Next: 'Z',
    },
    Z: { Type: 'Choice', Choices: [{ Condition: '{% $a = 1 %}', Next: 'Y', Assign: { a: 2 } }] },
    Y: pass({ Output: { a: '{% $a %}', m: '{% $states.input %}' } }),
  });

  it.each([[{}], [{ A: 1 }]])('comes to the same end wherever that was (%j)', async (times) => {
    const whole = await start(machine, failing(times));
    expect(whole.status).toBe('SUCCEEDED');
    for (let length = 1; length <= whole.events.length; length++) {
      const cut = whole.events.slice(0, length);
      // A failure that the history does not show any more happens again.
      const shown = cut.some(({ type }) => type === 'TaskFailed');
      const again = await redrive(machine, failing(shown ? {} : times), cut);
      expect([length, again.status, again.output]).toEqual([length, 'SUCCEEDED', whole.output]);
      expect(again.events.slice(0, length)).toEqual(stored(cut));
    }
  });

  it('does again what it cannot know to be done, and nothing else', async () => {
    const whole = await start(machine, failing({}));
    for (let length = 1; length <= whole.events.length; length++) {
      const cut = whole.events.slice(0, length);
      const tasks = failing({});
      await redrive(machine, tasks, cut);
      const done = cut.filter(({ type }) => type === 'TaskStateExited').map(({ name }) => name);
      expect([...done, ...tasks.calls].sort()).toEqual(['A', 'I', 'I', 'I', 'P1', 'P2', 'Q2']);
    }
  });
});

describe('a Parallel', () => {
  const parallel = {
    P: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'A',
          States: { A: task({ End: undefined, Next: 'A2', Assign: { x: 1 } }), A2: task({ Output: '{% $x %}' }) },
        },
        {
          StartAt: 'B',
          States: {
            B: { Type: 'Wait', Seconds: 10, Next: 'B2' },
            B2: task({ End: undefined, Next: 'B3' }),
            B3: task(),
          },
        },
        { StartAt: 'C', States: { C: { Type: 'Wait', Seconds: 20, Next: 'C2' }, C2: task() } },
      ],
      End: true,
    },
  };

  it('runs only the branches that failed or were aborted, each from where it stood', async () => {
    const tasks = failing({ B2: 1 });
    const machine = machineOf(parallel);
    const first = await start(machine, tasks);
    expect(types(first)).toContain('WaitStateAborted');
    const again = await redrive(machine, tasks, first.events);
    expect(again.output).toEqual([1, 'B3 done', 'C2 done']);
    expect(tasks.calls).toEqual(['A', 'A2', 'B2', 'B2', 'B3', 'C2']);
    expect(since(again, first.events)).toBe(
      'ExecutionRedriven TaskScheduled TaskStarted TaskSucceeded TaskStateExited:B2 TaskStateEntered:B3 TaskScheduled TaskStarted TaskSucceeded TaskStateExited:B3 WaitStateExited:C TaskStateEntered:C2 TaskScheduled TaskStarted TaskSucceeded TaskStateExited:C2 ParallelStateSucceeded ParallelStateExited:P ExecutionSucceeded',
    );
  });

  it('keeps its Catch and its Retry', async () => {
    const robust = machineOf({
      P: {
        ...parallel.P,
        Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }],
        End: undefined,
        Next: 'Z',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Z' }],
      },
      Z: task(),
    });
    const tasks = failing({ B2: 2, Z: 1 });
    const first = await start(robust, tasks);
    expect(first.status).toBe('FAILED');
    const again = await redrive(robust, tasks, first.events);
    expect(again.output).toBe('Z done');
    expect(tasks.calls.at(-1)).toBe('Z');
    expect(tasks.calls.filter((call) => call === 'B2')).toHaveLength(2);
  });

  it('retries as a whole after it was redriven', async () => {
    const robust = machineOf({ P: { ...parallel.P, Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] } });
    const tasks = failing({ B2: 3 });
    const first = await start(robust, tasks);
    expect(first.status).toBe('FAILED');
    const again = await redrive(robust, tasks, first.events);
    expect(again.output).toEqual([1, 'B3 done', 'C2 done']);
    // Twice in the first attempt, and once for the retry of the redriven one: A stands in all three.
    expect(tasks.calls.filter((call) => call === 'A')).toHaveLength(3);
  });

  it('forgets what a retry began anew, after a redrive too', async () => {
    const machine = machineOf({
      P: {
        Type: 'Parallel',
        Retry: [{ ErrorEquals: ['Again'] }],
        Branches: ['A', 'B'].map((name) => ({ StartAt: name, States: { [name]: task() } })),
        End: true,
      },
    });
    const errors = ['Broken', 'Again', 'Broken'];
    const calls: string[] = [];
    const tasks: TaskHandler = ({ state }) => {
      calls.push(state);
      const error = state === 'B' ? errors.shift() : undefined;
      return error === undefined ? { result: `${state}${calls.length}` } : { error };
    };
    const first = await start(machine, tasks);
    const second = await redrive(machine, tasks, first.events);
    expect([first.error, second.error]).toEqual(['Broken', 'Broken']);
    expect(calls).toEqual(['A', 'B', 'B', 'A', 'B']);
    const third = await redrive(machine, tasks, second.events, {
      redrive: { events: stored(second.events), count: 2 },
    });
    expect(third.output).toEqual(['A4', 'B6']);
  });

  it.each([
    ['their outputs were too large together', 150_000],
    ['one was too large', 300_000],
  ])('runs all its branches again where %s', async (_, large) => {
    let size = large;
    const machine = machineOf({
      P: {
        Type: 'Parallel',
        Branches: ['A', 'B'].map((name) => ({ StartAt: name, States: { [name]: task() } })),
        End: true,
      },
    });
    const calls: string[] = [];
    let broken = true;
    const tasks: TaskHandler = ({ state }) => {
      calls.push(state);
      return broken && size === 10 && state === 'B'
        ? { error: 'Broken' }
        : { result: 'x'.repeat(state === 'A' ? Math.min(size, 150_000) : size) };
    };
    const first = await start(machine, tasks);
    expect(first.error).toBe('States.DataLimitExceeded');
    size = 10;
    const second = await redrive(machine, tasks, first.events);
    expect(second.error).toBe('Broken');
    expect(calls.splice(0)).toEqual(['A', 'B', 'A', 'B']);
    // That was then; now it is one branch alone.
    broken = false;
    const third = await redrive(machine, tasks, second.events, {
      redrive: { events: stored(second.events), count: 2 },
    });
    expect(third.status).toBe('SUCCEEDED');
    expect(calls).toEqual(['B']);
  });
});

describe('an inline Map', () => {
  const machine = machineOf({
    M: {
      Type: 'Map',
      Items: ['a', 'b', 'c', 'd'],
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'N',
        States: {
          N: pass({ Assign: { mine: '{% $states.input %}' }, End: undefined, Next: 'In' }),
          In: {
            Type: 'Map',
            Items: [1, 2],
            ItemSelector: { item: '{% $mine & $string($states.context.Map.Item.Value) %}' },
            ItemProcessor: {
              StartAt: 'T',
              States: {
                T: task({ Arguments: '{% $states.input %}', Output: '{% $states.input.item & $states.result %}' }),
              },
            },
            End: true,
          },
        },
      },
      End: true,
    },
  });

  it('runs only what failed, was aborted or had not begun, Map within Map', async () => {
    let broken = true;
    const items: Json[] = [];
    const tasks: TaskHandler = ({ arguments: given }) => {
      const { item } = given as { item: string };
      items.push(item);
      return broken && item === 'b2' ? { error: 'Broken', durationSeconds: 1 } : { result: '!' };
    };
    const first = await start(machine, tasks);
    expect(first.status).toBe('FAILED');
    broken = false;
    const before = items.splice(0);
    const again = await redrive(machine, tasks, first.events);
    expect(again.output).toEqual(['a', 'b', 'c', 'd'].map((item) => [`${item}1!`, `${item}2!`]));
    expect(items).toContain('b2');
    expect([...before.filter((item) => item !== 'b2'), ...items].sort()).toEqual(
      ['a', 'b', 'c', 'd'].flatMap((item) => [`${item}1`, `${item}2`]),
    );
    const succeeded = again.events.filter(({ type }) => type === 'MapIterationSucceeded');
    expect(succeeded).toHaveLength(4 + 8);
  });
});

describe('a history that says too little', () => {
  const machine = machineOf({ A: task() });

  it('is refused without its data', async () => {
    const { events } = await start(machine, failing({ A: 1 }));
    const bare = events.map((event) => ({ ...event, stateEnteredEventDetails: { name: 'A' } }));
    await expect(redrive(machine, failing({}), bare)).rejects.toThrow('Event 2 of the history has no input');
    await expect(redrive(machine, failing({}), events.slice(1))).rejects.toThrow('from ExecutionStarted on');
    const other = machineOf({ X: task() });
    await expect(redrive(other, failing({}), events)).rejects.toThrow("enters a state 'A'");
  });
});
