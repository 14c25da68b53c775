import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../asl/json/value.ts';
import { diffMachines } from '../../../deploy/diff/machine.ts';

const machine = (States: JsonObject, more: JsonObject = {}): JsonObject => ({ StartAt: 'a', ...more, States });
const NOTHING = { added: [], removed: [], renamed: [], changed: [], fields: [] };
const task = (sql: string, more: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
  Arguments: { QueryString: sql, WorkGroup: 'primary', ResultConfiguration: { OutputLocation: 's3://b/c/' } },
  ...more,
});

describe('the semantic diff of machines', () => {
  test('formatting and the order of keys are no change', () => {
    const one = machine({ a: task('SELECT 1', { Next: 'b' }), b: { Type: 'Succeed' } });
    const text =
      '{"States":{"b":{"Type":"Succeed"},"a":' +
      JSON.stringify({ Next: 'b', ...task('SELECT 1') }) +
      '},"StartAt":"a"}';
    expect(diffMachines(one, JSON.parse(text))).toEqual(NOTHING);
  });

  test('names states that are added, removed and changed, field by field', () => {
    const before = machine({
      a: task('SELECT 1', { Next: 'b' }),
      b: { Type: 'Wait', Seconds: 1, Next: 'c' },
      c: { Type: 'Succeed' },
    });
    const after = machine(
      {
        a: task('SELECT 2', { Next: 'c', TimeoutSeconds: 60 }),
        c: { Type: 'Succeed' },
        d: { Type: 'Fail', Error: 'No' },
      },
      { Comment: 'new' },
    );
    expect(diffMachines(before, after)).toEqual({
      added: ['d'],
      removed: ['b'],
      renamed: [],
      changed: [
        {
          state: 'a',
          fields: [
            { field: 'Arguments.QueryString', from: 'SELECT 1', to: 'SELECT 2' },
            { field: 'Next', from: 'b', to: 'c' },
            { field: 'TimeoutSeconds', to: 60 },
          ],
        },
      ],
      fields: [{ field: 'Comment', to: 'new' }],
    });
  });

  test('a state under a new name is renamed, and what leads to it is no change of its own', () => {
    const before = machine({ a: task('SELECT 1', { Next: 'count' }), count: task('SELECT 2', { End: true }) });
    const after = machine({ a: task('SELECT 1', { Next: 'sum' }), sum: task('SELECT 2', { End: true }) });
    expect(diffMachines(before, after)).toEqual({ ...NOTHING, renamed: [{ from: 'count', to: 'sum', fields: [] }] });
  });

  test('one that is renamed and changed a little is both', () => {
    const before = machine({ a: task('SELECT 1', { Next: 'count' }), count: task('SELECT 2', { End: true }) });
    const after = machine({ a: task('SELECT 1', { Next: 'sum' }), sum: task('SELECT 3', { End: true }) });
    expect(diffMachines(before, after).renamed).toEqual([
      { from: 'count', to: 'sum', fields: [{ field: 'Arguments.QueryString', from: 'SELECT 2', to: 'SELECT 3' }] },
    ]);
  });

  test('states within branches are states like others; a branch that moves is a change of its Parallel', () => {
    const parallel = (...branches: JsonObject[]): JsonObject =>
      machine({ a: { Type: 'Parallel', Branches: branches, End: true } });
    const branch = (name: string, sql: string): JsonObject => ({
      StartAt: name,
      States: { [name]: task(sql, { End: true }) },
    });
    expect(
      diffMachines(
        parallel(branch('x', 'SELECT 1'), branch('y', 'SELECT 2')),
        parallel(branch('x', 'SELECT 1'), branch('y', 'SELECT 9')),
      ).changed,
    ).toEqual([{ state: 'y', fields: [{ field: 'Arguments.QueryString', from: 'SELECT 2', to: 'SELECT 9' }] }]);
    const more = diffMachines(
      parallel(branch('x', 'SELECT 1')),
      parallel(branch('x', 'SELECT 1'), branch('y', 'SELECT 2')),
    );
    expect(more.added).toEqual(['y']);
    expect(more.changed).toEqual([{ state: 'a', fields: [{ field: 'Branches[1]', to: { StartAt: 'y' } }] }]);
  });
});
