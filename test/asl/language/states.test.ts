import { expect, it } from '@jest/globals';
import {
  fieldsWithScopes,
  findState,
  isDistributed,
  mapScopes,
  scopesOf,
  walkStates,
} from '../../../asl/language/states.ts';
import type { State, StateMachine } from '../../../asl/language/types.ts';

const pass = (next?: string): State => ({ Type: 'Pass', ...(next === undefined ? { End: true } : { Next: next }) });

/** A Parallel within a Map within a Parallel, an older Map, and names that need escapes. */
const MACHINE: StateMachine = {
  StartAt: 'both',
  States: {
    both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'a/b', States: { 'a/b': pass() } },
        {
          StartAt: 'each',
          States: {
            each: {
              Type: 'Map',
              ItemProcessor: {
                ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
                StartAt: 'inner',
                States: {
                  inner: { Type: 'Parallel', Branches: [{ StartAt: 'deep', States: { deep: pass() } }], End: true },
                },
              },
              End: true,
            },
          },
        },
      ],
      Next: 'older',
    },
    older: { Type: 'Map', Iterator: { StartAt: 'one', States: { one: pass() } }, End: true },
  },
};

it('walks every state once, outer before inner, with its place', () => {
  const places = [...walkStates(MACHINE)].map(({ state: _, ...place }) => place);
  const each = '/States/both/Branches/1/States/each';
  expect(places).toEqual([
    { name: 'both', path: '/States/both', apart: false },
    { name: 'a/b', path: '/States/both/Branches/0/States/a~1b', parent: 'both', branch: 0, apart: false },
    { name: 'each', path: each, parent: 'both', branch: 1, apart: false },
    { name: 'inner', path: `${each}/ItemProcessor/States/inner`, parent: 'each', apart: true },
    {
      name: 'deep',
      path: `${each}/ItemProcessor/States/inner/Branches/0/States/deep`,
      parent: 'inner',
      branch: 0,
      apart: true,
    },
    { name: 'older', path: '/States/older', apart: false },
    { name: 'one', path: '/States/older/Iterator/States/one', parent: 'older', apart: false },
  ]);
  expect(findState(MACHINE, 'deep')).toEqual(pass());
  expect(findState(MACHINE, 'nobody')).toBeUndefined();
});

it('knows the machines within a state, and whether they are executions of their own', () => {
  const { both, older } = MACHINE.States as { [name: string]: State };
  expect(scopesOf(both!).map(({ StartAt }) => StartAt)).toEqual(['a/b', 'each']);
  expect(scopesOf(older!).map(({ StartAt }) => StartAt)).toEqual(['one']);
  expect(scopesOf(pass())).toEqual([]);
  expect(isDistributed(findState(MACHINE, 'each')!)).toBe(true);
  expect(isDistributed(older!)).toBe(false);
});

it('changes the machines within a state and leaves all else', () => {
  const renamed = mapScopes(MACHINE.States.both!, (scope) => ({ ...scope, Comment: 'changed' }));
  expect(scopesOf(renamed).map(({ Comment }) => Comment)).toEqual(['changed', 'changed']);
  expect(MACHINE.States.both).not.toEqual(renamed);
  expect({ ...renamed, Branches: [] }).toEqual({ ...MACHINE.States.both, Branches: [] });
  expect(mapScopes(pass('x'), (scope) => ({ ...scope, Comment: 'changed' }))).toEqual(pass('x'));
});

it('shows what stands where machines belong in a definition that is wrong', () => {
  expect(fieldsWithScopes({ Type: 'Parallel', Branches: 'no list' })).toEqual([]);
  expect(fieldsWithScopes({ Type: 'Parallel', Branches: [null] })).toEqual([
    { scope: null, at: '/Branches/0', branch: 0 },
  ]);
  expect(fieldsWithScopes({ Type: 'Map', ItemProcessor: 1, Iterator: {} })).toEqual([
    { scope: 1, at: '/ItemProcessor' },
    { scope: {}, at: '/Iterator' },
  ]);
  expect(fieldsWithScopes({ Type: 'Task', Branches: [{}] })).toEqual([]);
});
