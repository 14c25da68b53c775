import { describe, expect, test } from '@jest/globals';
import type { Parallel, StateMachine } from '../../asl/language/types.ts';
import type { RunRecord } from '../../local/record.ts';
import { leaveOut, tasksLeftOut } from '../../local/select.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { MANIFEST as SMALL } from './pipeline.ts';

const task = (id: string, upstreams: string[] = [], more: Partial<ManifestTask> = {}): ManifestTask => ({
  id,
  kind: 'task',
  service: 'emr',
  upstreams,
  triggerRule: 'all_success',
  states: [id],
  ...more,
});

/** cluster → a → b → (teardown), b → c: c lies after the cluster but not in its scope. */
const MANIFEST: Manifest = {
  ...SMALL,
  tasks: [
    task('cluster', [], { kind: 'setup' }),
    task('a', ['cluster']),
    task('b', ['a', 'cluster']),
    task('c', ['b'], { states: ['c', 'c: inner'] }),
    task('stop', ['a', 'b', 'cluster'], { kind: 'teardown', setups: ['cluster'] }),
    task('d', ['c']),
  ],
};

describe('what a partial run leaves out', () => {
  test.each<[{ only?: string[]; from?: string }, string[]]>([
    [{}, []],
    [{ only: ['a'] }, ['b', 'c', 'd']],
    [{ only: ['c'] }, ['cluster', 'a', 'b', 'stop', 'd']],
    [{ only: ['stop'] }, ['a', 'b', 'c', 'd']],
    [{ from: 'c' }, ['cluster', 'a', 'b', 'stop']],
    [{ from: 'b' }, ['a']],
    [{ from: 'c', only: ['a'] }, ['b']],
  ])('%j', (selection, out) => {
    expect([...tasksLeftOut(MANIFEST, selection)]).toEqual(out);
  });
});

const MACHINE: StateMachine = {
  QueryLanguage: 'JSONata',
  StartAt: 'cluster',
  States: {
    cluster: { Type: 'Task', Resource: 'r', Assign: { cluster: '{% $states.result.ClusterId %}' }, Next: 'p' },
    p: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'a',
          States: {
            a: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'a: ended' }], Next: 'b' },
            b: { Type: 'Task', Resource: 'r', End: true },
            'a: ended': { Type: 'Pass', End: true },
          },
        },
        {
          StartAt: 'c',
          States: {
            c: { Type: 'Task', Resource: 'r', Next: 'c: inner' },
            'c: inner': { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'c' }], Default: 'd' },
            d: { Type: 'Task', Resource: 'r', End: true },
          },
        },
      ],
      Next: 'stop',
    },
    stop: { Type: 'Task', Resource: 'r', End: true },
  },
};
const record = (run: string, tasks: RunRecord['tasks']): RunRecord => ({
  run,
  dag: 'small',
  state: 'SUCCEEDED',
  pid: 1,
  startedAt: '',
  input: {},
  tasks: tasks ?? [],
});

test('a task that is left out becomes a Pass with what it handed on, and goes on as it did', () => {
  const records = [
    record('3', [{ task: 'cluster', state: 'failed' }]),
    record('2', [
      {
        task: 'cluster',
        state: 'success',
        handed: { assigned: { cluster: '"{% j-2 %}"' }, output: '{"a":["{%","x"]}' },
      },
    ]),
    record('1', [{ task: 'cluster', state: 'success', handed: { assigned: { cluster: '"j-1"' } } }]),
  ];
  const { States } = leaveOut(MACHINE, MANIFEST, new Set(['cluster', 'a', 'c']), records);
  expect(States.cluster).toEqual({
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    Assign: { cluster: '{% "{% j-2 %}" %}' },
    Output: { a: ['{% "{%" %}', 'x'] },
    Next: 'p',
  });
  const [first, second] = (States.p as Parallel).Branches;
  expect(first!.States.a).toEqual({ Type: 'Pass', QueryLanguage: 'JSONata', Output: {}, Next: 'b' });
  expect(first!.States.b).toMatchObject({ Type: 'Task' });
  expect(second!.States).toEqual({
    c: { Type: 'Pass', QueryLanguage: 'JSONata', Output: {}, Next: 'd' },
    d: { Type: 'Task', Resource: 'r', End: true },
  });
});

test('variables that nobody has a value for are named', () => {
  expect(() => leaveOut(MACHINE, MANIFEST, new Set(['cluster', 'a']), [])).toThrow(
    '"cluster" left no output on this lake',
  );
});
