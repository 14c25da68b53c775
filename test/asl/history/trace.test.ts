import { describe, expect, test } from '@jest/globals';
import { OtherMachine, type Trace, trace } from '../../../asl/history/trace.ts';
import { createVirtualClock } from '../../../asl/interpret/clocks.ts';
import { interpret } from '../../../asl/interpret/interpret.ts';
import type { HistoryEvent, TaskCall, TaskReply } from '../../../asl/interpret/options.ts';
import type { StateMachine } from '../../../asl/language/types.ts';
import { type SimulateOptions, simulate } from '../../../simulate/simulate.ts';
import { ORDERS, ORDERS_INPUT, ORDERS_MOCKS } from '../../picture/machines.ts';
import { olderChain } from '../interpret/older-chain.ts';

/** A line a visit: where it stands, how it ended, when, and its attempts where there were several. */
function asText(one: Trace): string[] {
  const at = (ms: number | undefined) => (ms === undefined ? '' : `${(ms - one.startedAt) / 1000}`);
  return one.visits.map((visit) => {
    const { state, within, entered, exited, attempts, error } = visit;
    const place =
      within === undefined
        ? ''
        : `${within.visit.state}${within.iteration === undefined ? '' : `#${within.iteration}`} > `;
    const tries =
      attempts.length < 2
        ? ''
        : ` [${attempts.map((each) => `${at(each.began)}-${at(each.ended)} ${each.error ?? each.end}`).join(', ')}]`;
    return `${place}${state}: ${one.statusOf(visit)} ${at(entered)}-${at(exited)}${error === undefined ? '' : ` ${error}`}${tries}`;
  });
}

async function traced(machine: StateMachine, options: SimulateOptions = {}): Promise<Trace> {
  return trace(machine, (await simulate(machine, options)).events);
}

describe('an execution that succeeds', () => {
  test('attempts, branches, items, and a failure that was caught', async () => {
    const one = await traced(ORDERS, { input: ORDERS_INPUT, mocks: ORDERS_MOCKS.fine });
    expect(one.status).toBe('SUCCEEDED');
    // Which of two items goes on first at the same moment is the interpreter's affair.
    expect(new Set(asText(one))).toEqual(
      new Set([
        'load: succeeded 0-35 [0-5 Slow, 15-35 succeeded]',
        'both: succeeded 35-65',
        'both > prices: succeeded 35-65',
        'both > stock: caught 35-38 NoStock',
        'both > old stock: succeeded 38-38',
        'both > rates: succeeded 65-65',
        'big?: succeeded 65-65',
        'each: succeeded 65-75',
        'each#0 > pack: succeeded 65-70',
        'each#1 > pack: succeeded 65-70',
        'each#0 > send: succeeded 70-70',
        'each#1 > send: succeeded 70-70',
        'each#2 > pack: succeeded 70-75',
        'each#3 > pack: succeeded 70-75',
        'each#2 > send: succeeded 75-75',
        'each#3 > send: succeeded 75-75',
        'done: succeeded 75-75',
      ]),
    );
    expect(one.transitions).toEqual(
      expect.arrayContaining([
        { from: 'stock', to: 'old stock', caught: true, count: 1 },
        { from: 'pack', to: 'send', caught: false, count: 4 },
      ]),
    );
    expect(one.visits.filter(({ state }) => state === 'pack').map(({ within }) => within?.end)).toEqual(
      new Array(4).fill('succeeded'),
    );
  });
});

describe('an execution that fails', () => {
  test('in an item: the others are aborted, and the item is where it began', async () => {
    const one = await traced(ORDERS, { input: ORDERS_INPUT, mocks: ORDERS_MOCKS.itemFails });
    expect([one.status, one.error, one.cause]).toEqual(['FAILED', 'Broken', 'the box of c has a hole']);
    expect(one.culprit).toMatchObject({ state: 'pack', error: 'Broken', within: { iteration: 2, end: 'failed' } });
    expect(asText(one).filter((line) => !line.includes(': succeeded'))).toEqual([
      'each: failed 20- Broken',
      'each#2 > pack: failed 25- Broken',
      'each#3 > pack: aborted 26-',
    ]);
  });

  test('in a branch: the one beside it is aborted', async () => {
    const one = await traced(ORDERS, { mocks: ORDERS_MOCKS.branchFails });
    expect(one.culprit?.state).toBe('prices');
    expect(asText(one)).toEqual([
      'load: succeeded 0-1',
      'both: failed 1- Lambda.Unknown',
      'both > prices: failed 1- Lambda.Unknown',
      'both > stock: aborted 1-',
    ]);
  });

  test('in a state that has no event for it, within another that catches', async () => {
    const choice = { Type: 'Choice' as const, Choices: [{ Variable: '$.x', IsPresent: true, Next: 'end' }] };
    const one = await traced({
      StartAt: 'p',
      States: {
        p: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'c', States: { c: choice, end: { Type: 'Succeed' } } }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'c2' }],
          End: true,
        },
        c2: { ...choice, Choices: [{ Variable: '$.x', IsPresent: true, Next: 'end2' }] },
        end2: { Type: 'Succeed' },
      },
    });
    expect(one.culprit?.state).toBe('c2');
    expect(asText(one)).toEqual([
      'p: caught 0-0 States.NoChoiceMatched',
      'p > c: failed 0- States.NoChoiceMatched',
      'c2: failed 0- States.NoChoiceMatched',
    ]);
  });

  test('an attempt of a Parallel that a later one took back', async () => {
    const machine: StateMachine = {
      StartAt: 'p',
      States: {
        p: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 't',
              States: { t: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true } },
            },
          ],
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 4 }],
          End: true,
        },
      },
    };
    const one = await traced(machine, {
      mocks: {
        t: { '0': { Throw: { Error: 'E', Cause: 'c' }, DurationSeconds: 2 }, '1': { Return: 1, DurationSeconds: 3 } },
      },
    });
    expect(asText(one)).toEqual([
      'p: succeeded 0-9 [0-2 E, 6-9 succeeded]',
      'p > t: failed 0- E',
      'p > t: succeeded 6-9',
    ]);
    expect(one.visits.map(({ within }) => within?.attempt)).toEqual([undefined, 0, 1]);
  });

  test('by time: what was under way is aborted', async () => {
    const machine: StateMachine = {
      TimeoutSeconds: 5,
      StartAt: 'w',
      States: { w: { Type: 'Wait', Seconds: 9, End: true } },
    };
    const one = await traced(machine);
    expect([one.status, one.stoppedAt - one.startedAt]).toEqual(['TIMED_OUT', 5000]);
    expect(asText(one)).toEqual(['w: aborted 0-']);
  });

  test('in what a state makes of a result: in the attempt that had it', async () => {
    const one = await traced(
      {
        QueryLanguage: 'JSONata',
        StartAt: 't',
        States: {
          t: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: {},
            Output: '{% $states.result.none %}',
            End: true,
          },
        },
      },
      { mocks: { t: { '0': { Return: {}, DurationSeconds: 3 } } } },
    );
    expect(one.visits[0]!.attempts).toMatchObject([{ end: 'failed', error: 'States.QueryEvaluationError' }]);
    expect(asText(one)).toEqual(['t: failed 0- States.QueryEvaluationError']);
  });

  test('while a Task waits for its next attempt: the Task is aborted', async () => {
    const waiting = {
      Type: 'Task',
      Resource: 'arn:aws:states:::x:y',
      Retry: [{ ErrorEquals: ['Slow'], IntervalSeconds: 60 }],
      End: true,
    };
    const failing = { Type: 'Task', Resource: 'arn:aws:states:::x:y', End: true };
    const machine = {
      StartAt: 'both',
      States: {
        both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'waiting', States: { waiting } },
            { StartAt: 'failing', States: { failing } },
          ],
          End: true,
        },
      },
    } as unknown as StateMachine;
    const execution = await interpret(machine, {
      clock: createVirtualClock(0),
      random: () => 0,
      tasks: ({ state }) => ({
        error: state === 'waiting' ? 'Slow' : 'Broken',
        durationSeconds: state === 'waiting' ? 1 : 5,
      }),
    });
    const one = trace(machine, execution.events);
    expect(asText(one)).toEqual([
      'both: failed 0- Broken',
      'both > waiting: aborted 0- Slow',
      'both > failing: failed 0- Broken',
    ]);
    expect(one.visits[1]?.events.at(-1)?.type).toBe('TaskStateAborted');
  });
});

describe('the chain of the events', () => {
  const bad = { Type: 'Pass' as const, Output: '{% $nosuch %}', End: true as const };
  const task = { Type: 'Task' as const, Resource: 'arn:aws:states:::lambda:invoke', Arguments: '{% $states.input %}' };
  const Retry = [{ ErrorEquals: ['E'], MaxAttempts: 1 }];
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'z' }];
  const fails = { ...task, Retry, Catch, Next: 'z' };
  const z = { Type: 'Pass' as const, End: true as const };
  const of = (name: string, State: object, more: object = {}) => ({
    StartAt: name,
    States: { [name]: State, ...more },
  });
  const machines: [string, object, object?][] = [
    ['an item whose expression fails', of('m', { Type: 'Map', ItemProcessor: of('s', bad), Catch, Next: 'z' }, { z })],
    [
      'an item behind a state',
      of('m', { Type: 'Map', ItemProcessor: of('a', { Type: 'Pass', Next: 's' }, { s: bad }), End: true }),
    ],
    [
      'an item selector',
      of('m', { Type: 'Map', ItemSelector: '{% $nosuch %}', ItemProcessor: of('s', z), Catch, Next: 'z' }, { z }),
    ],
    [
      'the output of a Map',
      of(
        'm',
        {
          Type: 'Map',
          Output: '{% $nosuch %}',
          ItemProcessor: of('s', z),
          Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 1 }],
          Catch,
          Next: 'z',
        },
        { z },
      ),
    ],
    [
      'a branch',
      of(
        'p',
        {
          Type: 'Parallel',
          Branches: [of('s', bad), of('w', { Type: 'Wait', Seconds: 9, End: true })],
          Catch,
          Next: 'z',
        },
        { z },
      ),
    ],
    [
      'branches that are tried again',
      of(
        'p',
        { Type: 'Parallel', Branches: [of('s', { ...task, End: true }), of('q', z)], Retry, Catch, Next: 'z' },
        { z },
      ),
      { s: { '0': { Throw: { Error: 'E', Cause: 'c' } }, '1': { Return: 1 } } },
    ],
    [
      'items that are tried again',
      of(
        'm',
        { Type: 'Map', MaxConcurrency: 1, ItemProcessor: of('s', { ...task, End: true }), Retry, Catch, Next: 'z' },
        { z },
      ),
      { s: { '0': { Return: 1 }, '1': { Throw: { Error: 'E' } }, '2': { Return: 1 }, '3': { Throw: { Error: 'E' } } } },
    ],
    [
      'what a task makes of its result',
      of('t', { ...fails, Output: '{% $nosuch %}' }, { z }),
      { t: { '0': { Throw: { Error: 'E' } }, '1': { Return: 1 } } },
    ],
    ['what a task is given', of('t', { ...fails, Arguments: '{% $nosuch %}' }, { z })],
  ];

  test.each(machines)('the older one and the service’s are read alike: %s', async (_, states, mocks = {}) => {
    const machine = { QueryLanguage: 'JSONata', ...states } as unknown as StateMachine;
    const { events } = await simulate(machine, { input: [1, 2], mocks } as SimulateOptions);
    const older = olderChain(events);
    expect(older).not.toEqual(events);
    const [one, other] = [trace(machine, events), trace(machine, older)];
    expect(asText(one)).toEqual(asText(other));
    expect(one.transitions).toEqual(other.transitions);
    expect(one.culprit?.state).toBe(other.culprit?.state);
    expect(one.visits.map(({ failed, cause }) => [failed, cause])).toEqual(
      other.visits.map(({ failed, cause }) => [failed, cause]),
    );
  });

  test('of states that run at one time an expression fails in the one whose entry follows the same event', async () => {
    const slow = {
      Type: 'Wait' as const,
      Seconds: '{% $states.input %}',
      Output: '{% $states.input = 2 ? $nosuch : 1 %}',
      End: true as const,
    };
    const machine = { QueryLanguage: 'JSONata', ...of('m', { Type: 'Map', ItemProcessor: of('s', slow), End: true }) };
    const { events } = await simulate(machine as unknown as StateMachine, { input: [3, 2, 5] });
    expect(
      asText(trace(machine as unknown as StateMachine, events)).map((text) => text.replace(/ States.*/, '')),
    ).toEqual(['m: failed 0-', 'm#0 > s: aborted 0-', 'm#1 > s: failed 0-', 'm#2 > s: aborted 0-']);
  });
});

describe('a history that is not whole, or not of this machine', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const event = (id: number, previousEventId: number, type: string, more: object = {}): HistoryEvent => ({
    id,
    previousEventId,
    timestamp: start + id * 1000,
    type,
    ...more,
  });
  const MACHINE: StateMachine = {
    StartAt: 'a',
    States: { a: { Type: 'Task', Resource: 'x', Next: 'b' }, b: { Type: 'Pass', End: true } },
  };
  const entered = (id: number, before: number, type: string, name: string) =>
    event(id, before, `${type}StateEntered`, { name, stateEnteredEventDetails: { name } });

  test('an execution that is under way', () => {
    const one = trace(MACHINE, [
      event(1, 0, 'ExecutionStarted'),
      entered(2, 0, 'Task', 'a'),
      event(3, 2, 'TaskScheduled'),
    ]);
    expect(one.status).toBe('RUNNING');
    expect(asText(one)).toEqual(['a: running 1-']);
  });

  test('its first page is missing', () => {
    const one = trace(MACHINE, [event(9, 8, 'TaskStateExited', { name: 'a' }), entered(10, 9, 'Pass', 'b')]);
    expect(one.firstEvent).toBe(9);
    expect(asText(one)).toEqual(['b: running 1-']);
  });

  test('a redrive goes on with the state that failed', () => {
    const failed = { taskFailedEventDetails: { error: 'E', cause: 'c' } };
    const one = trace(MACHINE, [
      event(1, 0, 'ExecutionStarted'),
      entered(2, 0, 'Task', 'a'),
      event(3, 2, 'TaskScheduled'),
      event(4, 3, 'TaskFailed', failed),
      event(5, 4, 'ExecutionFailed', { executionFailedEventDetails: { error: 'E', cause: 'c' } }),
      event(6, 5, 'ExecutionRedriven', { executionRedrivenEventDetails: { redriveCount: 1 } }),
      event(7, 6, 'TaskScheduled'),
      event(8, 7, 'TaskSucceeded'),
      event(9, 8, 'TaskStateExited', { name: 'a', stateExitedEventDetails: { name: 'a', output: '1' } }),
    ]);
    expect([one.status, one.redrives, one.culprit]).toEqual(['RUNNING', 1, undefined]);
    expect(asText(one)).toEqual(['a: succeeded 1-8 [2-3 E, 6-7 succeeded]']);
  });

  test('events that follow each other in a circle', () => {
    const failures = [
      event(1, 0, 'ExecutionStarted'),
      event(2, 3, 'MapIterationFailed'),
      event(3, 2, 'MapStateFailed'),
      event(4, 3, 'ExecutionFailed'),
    ];
    expect(trace(MACHINE, failures)).toMatchObject({ status: 'FAILED', visits: [] });
  });

  test('a redrive goes on in branches and items: what ended there has not ended', async () => {
    const own = (Resource: string) => ({ Type: 'Task' as const, Resource, End: true as const });
    const items = { StartAt: 'item', States: { item: own('item') } };
    const machine: StateMachine = {
      StartAt: 'p',
      States: {
        p: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'bad', States: { bad: own('bad') } },
            { StartAt: 'each', States: { each: { Type: 'Map', ItemsPath: '$.l', ItemProcessor: items, End: true } } },
          ],
          End: true,
        },
      },
    };
    let healed = false;
    const options = {
      clock: createVirtualClock(0),
      random: () => 0.5,
      input: { l: [1, 2] },
      tasks: ({ resource, arguments: given }: TaskCall): TaskReply => {
        if (resource === 'bad' && !healed) return { error: 'E', cause: 'c', durationSeconds: 2 };
        return { result: 1, durationSeconds: given === 2 ? 5 : 1 };
      },
    };
    const first = await interpret(machine, options);
    healed = true;
    const { events } = await interpret(machine, { ...options, redrive: { events: first.events, count: 1 } });
    expect(asText(trace(machine, first.events))).toEqual([
      'p: failed 0- E',
      'p > bad: failed 0- E',
      'p > each: aborted 0-',
      'each#0 > item: succeeded 0-1',
      'each#1 > item: aborted 0-',
    ]);
    expect(asText(trace(machine, events))).toEqual([
      'p: succeeded 0-7',
      'p > bad: succeeded 0-3 [0-2 E, 2-3 succeeded]',
      'p > each: succeeded 0-7',
      'each#0 > item: succeeded 0-1',
      'each#1 > item: succeeded 0-7 [0-2 aborted, 2-7 succeeded]',
    ]);
  });

  test('a state that the machine does not have is named', () => {
    const history = [event(1, 0, 'ExecutionStarted'), entered(2, 0, 'Task', 'other')];
    expect(() => trace(MACHINE, history)).toThrow(OtherMachine);
    expect(() => trace(MACHINE, history)).toThrow("'other' (event 2)");
    expect(() => trace(MACHINE, [entered(2, 0, 'Wait', 'a')])).toThrow("'a' (event 2)");
  });
});
