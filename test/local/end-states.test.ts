import { describe, expect, test } from '@jest/globals';
import type { Visit } from '../../asl/history/visit.ts';
import { Visits } from '../../asl/history/visits.ts';
import { interpret } from '../../asl/interpret/interpret.ts';
import type { HistoryEvent, TaskHandler } from '../../asl/interpret/options.ts';
import type { JsonObject } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { HybridClock } from '../../engines/hybrid-clock.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { endStates, type TaskState, taskEnd } from '../../report/end-states.ts';
import { Tracker } from '../../report/progress/progress.ts';
import { MANIFEST as SMALL } from './pipeline.ts';

const task = (id: string, upstreams: string[] = [], more: Partial<ManifestTask> = {}): ManifestTask => ({
  id,
  kind: 'task',
  service: 'lambda',
  upstreams,
  triggerRule: 'all_success',
  states: [id],
  ...more,
});
const manifest = (...tasks: ManifestTask[]): Manifest => ({ ...SMALL, tasks });
const state = (name: string, next?: string, more: object = {}) => ({
  [name]: {
    Type: 'Task' as const,
    Resource: name,
    ...(next === undefined ? { End: true as const } : { Next: next }),
    ...more,
  },
});

/** The execution is stopped while this one runs. */
const STOPS = 'stops';

/** Runs a machine whose tasks fail by name, and answers the end states. */
async function ends(
  tasks: readonly ManifestTask[],
  machine: StateMachine,
  fails: Readonly<Record<string, number>> = {},
  leftOut: ReadonlySet<string> = new Set(),
) {
  const visits = new Visits();
  const left = { ...fails };
  const stop = new AbortController();
  const handler: TaskHandler = ({ resource }) => {
    if (resource === STOPS) stop.abort();
    if (resource === STOPS) return new Promise(() => {});
    if ((left[resource] ?? 0) > 0) {
      left[resource]!--;
      return { error: `${resource}.Error`, cause: `why ${resource}` };
    }
    return { result: resource };
  };
  const events: HistoryEvent[] = [];
  const tracker = new Tracker(manifest(...tasks), leftOut);
  // AWS tells no error of a Parallel that failed.
  const onEvent = ({ parallelStateFailedEventDetails: _, ...event }: HistoryEvent) => {
    events.push(event);
    visits.add(event);
    tracker.add(event, event.timestamp);
  };
  const { status, stoppedAt } = await interpret(machine, {
    clock: new HybridClock(),
    random: () => 0.5,
    tasks: handler,
    signal: stop.signal,
    onEvent,
  });
  const all = endStates({ manifest: manifest(...tasks), visits: visits.all, status, stoppedAt, leftOut });
  return {
    status,
    all,
    tracker,
    states: Object.fromEntries(all.map((end) => [end.task, end.state])) as Record<string, TaskState>,
  };
}

const machineOf = (states: StateMachine['States'], StartAt = Object.keys(states)[0]!): StateMachine => ({
  QueryLanguage: 'JSONata',
  StartAt,
  States: states,
});
const caught = (Next: string) => ({ Catch: [{ ErrorEquals: ['States.ALL'], Next }] });

describe('a task that ran', () => {
  test('succeeded, also where an attempt had failed before', async () => {
    const { states, all } = await ends(
      [task('a')],
      machineOf(
        state('a', undefined, { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2, IntervalSeconds: 1 }] }),
      ),
      { a: 2 },
    );
    expect(states).toEqual({ a: 'success' });
    expect(all[0]).not.toHaveProperty('error');
    expect(all[0]!.exited! - all[0]!.entered!).toBeGreaterThanOrEqual(3000);
  });

  test('began with the first of its visits, however many there are', () => {
    const visits = Array.from({ length: 200_000 }, (_, id): Visit => {
      const times = { entered: 1000 + id, exited: 1001 + id };
      return { id, state: 'a', type: 'Task', attempts: [], events: [], failed: false, ...times };
    });
    const end = taskEnd(task('a'), { visits, status: 'SUCCEEDED', stoppedAt: 0 });
    expect(end).toEqual({ task: 'a', state: 'success', entered: 1000, exited: 201_000 });
  });

  test('failed, whether the failure was caught or ended the execution', async () => {
    const plain = await ends([task('a'), task('b', ['a'])], machineOf({ ...state('a', 'b'), ...state('b') }), { a: 9 });
    expect(plain).toMatchObject({ status: 'FAILED', states: { a: 'failed', b: 'upstream_failed' } });
    expect(plain.all[0]).toMatchObject({ error: 'a.Error', cause: 'why a' });
    const recorded = await ends(
      [task('a'), task('b', ['a'], { triggerRule: 'all_done' })],
      machineOf({ ...state('a', 'b', caught('b')), ...state('b') }),
      { a: 9 },
    );
    expect(recorded).toMatchObject({ status: 'SUCCEEDED', states: { a: 'failed', b: 'success' } });
    expect(recorded.all[0]).toMatchObject({ error: 'a.Error' });
    expect(recorded.tracker.tasks().map((t) => t.state)).toEqual(['failed', 'success']);
  });

  test('was skipped where it failed with one of its skipOn errors', async () => {
    const tasks = [task('a', [], { skipOn: ['a.Error'] }), task('b', ['a'])];
    const machine = machineOf({ ...state('a', 'b', caught('end')), ...state('b', 'end'), end: { Type: 'Succeed' } });
    expect((await ends(tasks, machine, { a: 9 })).states).toEqual({ a: 'skipped', b: 'skipped' });
    expect((await ends([task('a', [], { skipOn: ['Other'] }), task('b', ['a'])], machine, { a: 9 })).states).toEqual({
      a: 'failed',
      b: 'upstream_failed',
    });
  });

  test('a fragment in a Parallel of its own ended as that did, whatever was caught inside', async () => {
    const fragment = (more: object = {}) => ({
      a: {
        Type: 'Parallel' as const,
        Branches: [
          { StartAt: 'a: make', States: { ...state('a: make', 'a: run', caught('a: run')), ...state('a: run') } },
        ],
        Next: 'b',
        ...more,
      },
    });
    const tasks = [task('a', [], { states: ['a', 'a: make', 'a: run'] }), task('b', ['a'])];
    expect((await ends(tasks, machineOf({ ...fragment(), ...state('b') }), { 'a: make': 9 })).states).toEqual({
      a: 'success',
      b: 'success',
    });
    const failed = await ends(
      tasks,
      machineOf({ ...fragment(caught('end')), ...state('b', 'end'), end: { Type: 'Succeed' } }),
      { 'a: run': 9 },
    );
    expect(failed.states).toEqual({ a: 'failed', b: 'upstream_failed' });
    expect(failed.all[0]).toMatchObject({ error: 'a: run.Error', cause: 'why a: run' });
  });

  describe('a fragment in which a failure was caught', () => {
    const fragment = (Output: JsonObject) => ({
      a: {
        Type: 'Parallel' as const,
        Branches: [
          {
            StartAt: 'a: make',
            States: {
              ...state('a: make', 'a: failed', caught('a: failed')),
              'a: failed': { Type: 'Fail' as const, Error: 'A.Failed', Cause: 'the end' },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'end', Output }],
        End: true as const,
      },
      end: { Type: 'Succeed' as const },
    });
    const record = {
      task: 'a',
      state: 'failed',
      error: '{% $states.errorOutput.Error %}',
      cause: '{% $states.errorOutput.Cause %}',
    };
    const tasks = (skipOn?: string[]) => [
      task('a', [], { states: ['a', 'a: make', 'a: failed'], ...(skipOn && { skipOn }) }),
    ];

    test('has the error that the machine recorded, not one that was caught within', async () => {
      const { all } = await ends(tasks(), machineOf(fragment({ ended: [record] })), { 'a: make': 9 });
      expect(all[0]).toMatchObject({ state: 'failed', error: 'A.Failed', cause: 'the end' });
      expect(all[0]!.exited).toBeDefined();
    });

    test('was aborted where the run was stopped later on', async () => {
      const { status, all } = await ends(
        [task('a', [], { states: ['a', 'a: make', STOPS] })],
        machineOf({
          a: {
            Type: 'Parallel',
            Branches: [{ StartAt: 'a: make', States: { ...state('a: make', STOPS, caught(STOPS)), ...state(STOPS) } }],
            End: true,
          },
        }),
        { 'a: make': 9 },
      );
      expect(status).toBe('ABORTED');
      expect(all[0]).toMatchObject({ state: 'aborted' });
      expect(all[0]).not.toHaveProperty('error');
    });

    test('is skipped where the machine says so', async () => {
      const skipped = fragment({ ended: [{ ...record, state: 'skipped' }] });
      expect((await ends(tasks(['A.Failed']), machineOf(skipped), { 'a: make': 9 })).states).toEqual({ a: 'skipped' });
    });

    test('has no error where nobody recorded it', async () => {
      const { all } = await ends(tasks(['a: make.Error']), machineOf(fragment({})), { 'a: make': 9 });
      expect(all[0]).toEqual({ task: 'a', state: 'failed', entered: expect.any(Number), exited: expect.any(Number) });
    });
  });

  test('a fragment of plain states ended as its last one did', async () => {
    const tasks = [task('a', [], { states: ['a', 'a: run'] }), task('b', ['a'])];
    const machine = machineOf({
      ...state('a', 'a: run', caught('a: run')),
      ...state('a: run', 'b', caught('end')),
      ...state('b', 'end'),
      end: { Type: 'Succeed' },
    });
    const whole = await ends(tasks, machine, { a: 9 });
    expect(whole.states).toEqual({ a: 'success', b: 'success' });
    expect(whole.tracker.tasks().map((t) => t.state)).toEqual(['success', 'success']);
    expect((await ends(tasks, machine, { 'a: run': 9 })).states).toEqual({ a: 'failed', b: 'upstream_failed' });
  });

  test('beside a branch that ended the execution it did not end well', async () => {
    const wait = { w: { Type: 'Wait' as const, Seconds: 60, Next: 'b' } };
    const machine = machineOf({
      p: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'a', States: state('a') },
          { StartAt: 'w', States: { ...wait, ...state('b') } },
        ],
        End: true,
      },
    });
    const { states, status } = await ends([task('a'), task('b'), task('c', ['a', 'b'])], machine, { a: 9 });
    expect(status).toBe('FAILED');
    expect(states).toEqual({ a: 'failed', b: 'not_run', c: 'not_run' });
  });
});

describe('a task that did not run ended as the rules say', () => {
  const failing = (...tasks: ManifestTask[]) =>
    ends([task('a'), ...tasks], machineOf({ ...state('a', 'end', caught('end')), end: { Type: 'Succeed' } }), { a: 9 });

  test('along a chain', async () => {
    expect(
      (await failing(task('b', ['a']), task('c', ['b']), task('d', ['c'], { triggerRule: 'all_skipped' }))).states,
    ).toEqual({ a: 'failed', b: 'upstream_failed', c: 'upstream_failed', d: 'skipped' });
  });

  test('a rule that would have let it run: it was not run', async () => {
    expect((await failing(task('b', ['a'], { triggerRule: 'all_done' }))).states).toEqual({
      a: 'failed',
      b: 'not_run',
    });
  });

  test('within the scope of a setup that failed, whatever its rule, until the teardown', async () => {
    const tasks = [
      task('a', [], { kind: 'setup' }),
      task('b', ['a'], { triggerRule: 'all_success' }),
      task('c', ['b'], { triggerRule: 'all_done' }),
      task('d', ['a', 'c'], { kind: 'teardown', setups: ['a'], triggerRule: 'all_done_setup_success' }),
      task('e', ['d'], { triggerRule: 'all_done' }),
    ];
    const { states } = await ends(tasks, machineOf({ ...state('a', 'e', caught('e')), ...state('e') }), { a: 9 });
    expect(states).toEqual({
      a: 'failed',
      b: 'upstream_failed',
      c: 'upstream_failed',
      d: 'upstream_failed',
      e: 'success',
    });
  });

  test('what a decision passed over is skipped, and what it would have let run is not', async () => {
    const choice = {
      d: { Type: 'Choice' as const, Choices: [{ Condition: '{% false %}', Next: 'b' }], Default: 'c' },
      ...state('b', 'c'),
      ...state('c'),
    };
    const branch = [
      task('d', [], { kind: 'branch', decides: ['b', 'c'] }),
      task('b', ['d']),
      task('c', ['d']),
      task('e', ['b']),
    ];
    expect((await ends(branch, machineOf(choice))).states).toEqual({
      d: 'success',
      b: 'skipped',
      c: 'success',
      e: 'skipped',
    });
    const short = [
      task('f'),
      task('d', [], { kind: 'short_circuit', decides: ['g', 'b', 'h'] }),
      task('g', ['d', 'f']),
      task('b', ['d']),
      task('h', ['b'], { triggerRule: 'all_done' }),
    ];
    const closed = machineOf({
      ...state('f', 'd', caught('d')),
      d: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'b' }], Default: 'end' },
      ...state('b'),
      end: { Type: 'Succeed' },
    });
    expect((await ends(short, closed, { f: 9 })).states).toEqual({
      f: 'failed',
      d: 'success',
      g: 'skipped',
      b: 'skipped',
      h: 'skipped',
    });
  });

  test('a short circuit that was closed is known by the record of what it skipped, also above a failure', async () => {
    const cut = [
      task('f'),
      task('d', ['f'], { kind: 'short_circuit', decides: ['b', 'g'], triggerRule: 'all_done' }),
      task('b', ['d']),
      task('g', ['b', 'd', 'f']),
    ];
    const closed = machineOf({
      ...state('f', 'd', caught('d')),
      d: { Type: 'Pass', Assign: { ended: [{ task: 'b', state: 'skipped' }] }, Next: 'end' },
      end: { Type: 'Succeed' },
    });
    expect((await ends(cut, closed, { f: 9 })).states).toEqual({
      f: 'failed',
      d: 'success',
      b: 'skipped',
      g: 'skipped',
    });
  });

  test('a decision that failed is known by the record of it', async () => {
    const failing = machineOf({
      d: {
        Type: 'Pass',
        Assign: { ended: [{ task: 'd', state: 'failed', error: 'Branch.UnknownTask' }] },
        Next: 'end',
      },
      end: { Type: 'Succeed' },
    });
    const { states, all } = await ends([task('d', [], { kind: 'branch', decides: ['b'] }), task('b', ['d'])], failing);
    expect(states).toEqual({ d: 'failed', b: 'upstream_failed' });
    expect(all[0]).toMatchObject({ error: 'Branch.UnknownTask' });
  });

  test('what a partial run left out counts as a success', async () => {
    const { states } = await ends(
      [task('x'), task('a', ['x']), task('b', ['a'])],
      machineOf({ x: { Type: 'Pass', Next: 'a' }, ...state('a', 'b'), ...state('b') }),
      {},
      new Set(['x']),
    );
    expect(states).toEqual({ x: 'left_out', a: 'success', b: 'success' });
  });
});
