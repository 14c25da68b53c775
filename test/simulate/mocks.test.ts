import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../asl/index.ts';
import { Stop } from '../../diagnostics/index.ts';
import { readMockConfig, simulate } from '../../local/index.ts';

const machine = (states: object) => ({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
const call = {
  Type: 'Task',
  Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
  Arguments: { item: '{% $states.input %}' },
  End: true,
};
const each = (fields: object = {}, processor: object = call) =>
  machine({
    each: { Type: 'Map', ItemProcessor: { StartAt: 'call', States: { call: processor } }, End: true, ...fields },
  });

/** What the calls are answered, in order of the items. */
async function answers(items: Json, responses: object, processor?: object) {
  const { status, output, error } = await simulate(each({}, processor), { input: items, mocks: { call: responses } });
  return status === 'SUCCEEDED' ? output : error;
}
const on = (item: Json, Return: Json) => ({ Arguments: { item }, Return });

async function refusal(work: () => unknown) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Stop) return error.diagnostics.map(({ message, remedy }) => `${message} ${remedy}`).join('\n');
    throw error;
  }
  return undefined;
}

describe('a response with Arguments', () => {
  it('answers the call that has them, in whatever order the calls come', async () => {
    const responses = { '0': on('a', 1), '1': on('b', 2), '2': on({ deep: [1, { x: null }] }, 3) };
    expect(await answers(['b', { deep: [1, { x: null }] }, 'a'], responses)).toEqual([2, 3, 1]);
  });

  it('answers as often as its invocations are, then the next one with the same Arguments does', async () => {
    const responses = { '0-1': on('a', 'first'), '2': on('a', 'then') };
    expect(await answers(['a', 'a', 'a'], responses)).toEqual(['first', 'first', 'then']);
  });

  it('answers a retry with the next of its Arguments, whatever was called in between', async () => {
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1 }];
    const busy = (item: Json) => ({ Arguments: { item }, Throw: { Error: 'Busy' } });
    const responses = { '0': busy('a'), '1': busy('b'), '2': on('b', 'B'), '3': on('a', 'A') };
    expect(await answers(['b', 'a'], responses, { ...call, Retry })).toEqual(['B', 'A']);
  });

  it('leaves a call with other Arguments to the response of its invocation', async () => {
    expect(
      await answers(['x', 'b', 'y'], { '0': { Return: 'any' }, '1': on('b', 2), '2': { Return: 'last' } }),
    ).toEqual(['any', 2, 'last']);
    expect(await answers(['b', 'x'], { '1': on('b', 2), '0': { Return: 'any' } })).toEqual([2, 2]);
    expect(await answers(['a', 'b'], { '0': on('a', 1) })).toBe('States.Runtime');
  });

  it('of a single invocation goes before a range that it is in', async () => {
    const responses = { '0-9': { Return: 'range' }, '1': { Return: 'one' } };
    expect(await answers([1, 2, 3], responses)).toEqual(['range', 'one', 'range']);
  });

  it('lets its time pass', async () => {
    const mocks = { call: { '0': { ...on('a', 1), DurationSeconds: 5 }, '1': on('b', 2) } };
    const simulation = await simulate(each(), { input: ['b', 'a'], mocks });
    expect(simulation).toMatchObject({ output: [2, 1], seconds: 5 });
  });
});

describe('a mock configuration of Step Functions Local', () => {
  const config = {
    StateMachines: {
      Orders: {
        TestCases: {
          HappyPath: { call: 'Fine' },
          RetryPath: { call: 'BusyTwice' },
          Typo: { call: 'Fin' },
          Unused: { call: 'Empty' },
          Broken: { call: 'Broken' },
        },
      },
    },
    MockedResponses: {
      Fine: { '0': { Return: { StatusCode: 200 } } },
      BusyTwice: { '0-1': { Throw: { Error: 'Busy', Cause: 'later' } }, '2': { Return: 'done' } },
      Empty: {},
      Broken: { '0': {} },
    },
  };
  const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, BackoffRate: 1 }];
  const orders = machine({ call: { ...call, Retry } });

  it('is read as it is', async () => {
    expect(await simulate(orders, { mocks: config, testCase: 'HappyPath' })).toMatchObject({
      output: { StatusCode: 200 },
    });
    expect(await simulate(orders, { mocks: config, testCase: 'RetryPath', machine: 'Orders' })).toMatchObject({
      output: 'done',
      seconds: 20,
    });
  });

  it('leaves tasks that the test case does not name to who else answers them', async () => {
    const { End: _, ...first } = call;
    const both = machine({ call: { ...first, Next: 'other' }, other: call });
    const simulation = await simulate(both, { input: 1, mocks: config, testCase: 'HappyPath' });
    expect(simulation.output).toEqual({ item: { StatusCode: 200 } });
  });

  it('has its faults told when they are asked for, and not before', async () => {
    const read = readMockConfig(config);
    expect(read.machines).toEqual(['Orders']);
    expect(read.testCases('Orders')).toContain('Unused');
    expect(read.mocks('Orders', 'Unused')).toEqual({ call: {} });
    expect(await refusal(() => read.mocks('Orders', 'Broken'))).toMatch(/MockedResponses\.Broken\.0 needs either/);
  });

  it('says what there is where a name is wrong', async () => {
    const run = (options: object) => refusal(() => simulate(orders, { mocks: config, ...options }));
    expect(await run({ testCase: 'HapyPath' })).toMatch(/no test case "HapyPath"\. Did you mean "HappyPath"\?/);
    expect(await run({ testCase: 'Typo' })).toMatch(/no mocked response "Fin"\. Did you mean "Fine"\?/);
    expect(await run({ machine: 'orders', testCase: 'HappyPath' })).toMatch(/Did you mean "Orders"\?/);
    expect(await run({})).toMatch(/Which test case .*"HappyPath", "RetryPath"/);
    const two = { ...config, StateMachines: { ...config.StateMachines, Other: { TestCases: {} } } };
    expect(await run({ mocks: two, testCase: 'HappyPath' })).toMatch(/Which state machine .*"Orders", "Other"/);
    expect(await run({ mocks: { call: {} }, testCase: 'HappyPath' })).toMatch(/without test cases/);
  });
});
