import { expect, test } from '@jest/globals';
import { compare } from './agrees.ts';
import type { OracleTask } from './airflow.ts';

const task = (deps: number[], outcome: OracleTask['outcome'], more: Partial<OracleTask> = {}): OracleTask => ({
  kind: 'task',
  rule: 'all_success',
  deps,
  outcome,
  ...more,
});

// What lies behind a short circuit can have been passed over for a failure beside it too: what the decision answered tells which it was.
test.each<[string, OracleTask[]]>([
  [
    'closed, beside a failure of which another task makes a record',
    [
      task([], 'failed'),
      task([0], 'success', { rule: 'one_success' }),
      task([1], 'failed'),
      task([], { goesOn: false }, { kind: 'short' }),
      task([], 'success'),
      task([2], { chooses: [] }, { kind: 'branch', rule: 'one_failed' }),
      task([], { goesOn: true }, { kind: 'short' }),
      task([0, 3], { goesOn: false }, { kind: 'short', by: { of: 0, guarded: false } }),
    ],
  ],
  [
    'open, beside one that was closed and decides on a part of the same tasks',
    [
      task([], 'success'),
      task([], 'success'),
      task([], { goesOn: false }, { kind: 'shortdirect' }),
      task([], { goesOn: true }, { kind: 'short' }),
      task([0, 1], 'failed'),
      task([1, 2, 3, 4], 'failed', { kind: 'branch', rule: 'one_done' }),
      task([1, 4, 5], 'success'),
    ],
  ],
])('a short circuit that is %s', async (_, tasks) => {
  const { told, found } = await compare({ tasks, failFast: false });
  expect(found).toEqual(told);
});

test('a branch that failed is told from one that chose nothing, where no record of it is read', async () => {
  const branch = (outcome: OracleTask['outcome']) => [
    task([], outcome, { kind: 'branch' }),
    task([0], 'success', { rule: 'all_skipped' }),
  ];
  for (const outcome of ['failed', { chooses: [] }] as const) {
    const { told, found } = await compare({ tasks: branch(outcome), failFast: false });
    expect(found).toEqual(told);
  }
});
