import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { pass, run, task } from '../interpret/run.ts';

/** "JSONata there", of the fields of states: what fails, which variables are seen, what is an expression. */
const undefinedIn = (field: string, text = '$nothing') =>
  expect.stringContaining(
    `The JSONata expression '${text}' specified for the field '${field}' returned nothing (undefined).`,
  );

describe('undefined is an error wherever the value of a field is computed', () => {
  it.each<[string, object, string]>([
    ['a whole field', pass({ Output: '{% $nothing %}' }), 'Output'],
    ['a member', pass({ Output: { a: { b: '{% $nothing %}' } } }), 'Output/a/b'],
    ['an item', pass({ Output: [1, { a: ['{% $nothing %}'] }] }), 'Output[1]/a[0]'],
    ['Assign', pass({ Assign: { x: '{% $nothing %}' } }), 'Assign/x'],
    ['deep in Assign', pass({ Assign: { x: [0, '{% $nothing %}'] } }), 'Assign/x[1]'],
    ['Arguments', task({ Arguments: { a: '{% $nothing %}' } }), 'Arguments/a'],
    ['all Arguments', task({ Arguments: '{% $nothing %}' }), 'Arguments'],
    ['TimeoutSeconds', task({ TimeoutSeconds: '{% $nothing %}' }), 'TimeoutSeconds'],
    ['HeartbeatSeconds', task({ HeartbeatSeconds: '{% $nothing %}' }), 'HeartbeatSeconds'],
    ['Seconds', { Type: 'Wait', Seconds: '{% $nothing %}', End: true }, 'Seconds'],
    ['Timestamp', { Type: 'Wait', Timestamp: '{% $nothing %}', End: true }, 'Timestamp'],
    ['Error', { Type: 'Fail', Error: '{% $nothing %}' }, 'Error'],
    ['Cause', { Type: 'Fail', Cause: '{% $nothing %}' }, 'Cause'],
    ['Succeed', { Type: 'Succeed', Output: '{% $nothing %}' }, 'Output'],
    ['Condition', { Type: 'Choice', Choices: [{ Condition: '{% $nothing %}', Next: 'S0' }] }, 'Choices[0]/Condition'],
    [
      "a rule's Assign",
      { Type: 'Choice', Choices: [{ Condition: true, Next: 'S0', Assign: { x: '{% $nothing %}' } }] },
      'Choices[0]/Assign/x',
    ],
    [
      "a rule's Output",
      { Type: 'Choice', Choices: [{ Condition: true, Next: 'S0', Output: '{% $nothing %}' }] },
      'Choices[0]/Output',
    ],
    ['Items', map({ Items: '{% $nothing %}' }), 'Items'],
    ['ItemSelector', map({ Items: [1], ItemSelector: { a: '{% $nothing %}' } }), 'ItemSelector/a'],
    ['MaxConcurrency', map({ Items: [1], MaxConcurrency: '{% $nothing %}' }), 'MaxConcurrency'],
    [
      "a catcher's Output",
      task({
        Arguments: '{% $error() %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S0', Output: { a: '{% $nothing %}' } }],
      }),
      'Catch[0]/Output/a',
    ],
    [
      "a catcher's Assign",
      task({
        Arguments: '{% $error() %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S0', Assign: { a: '{% $nothing %}' } }],
      }),
      'Catch[0]/Assign/a',
    ],
  ])('%s', async (_, state, field) => {
    const execution = await run({ S0: state });
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: undefinedIn(field),
    });
    const last = execution.events.filter(({ type }) => type === 'EvaluationFailed').at(-1);
    expect(last?.evaluationFailedEventDetails).toMatchObject({
      error: 'States.QueryEvaluationError',
      location: field,
      state: 'S0',
      cause: execution.cause,
    });
  });

  it('may be guarded with $exists', async () => {
    const { output } = await run({ A: pass({ Output: { a: "{% $exists($nothing) ? $nothing : 'none' %}" } }) });
    expect(output).toEqual({ a: 'none' });
  });
});

describe('Assign and Output', () => {
  it('both see the variables from before the state, and all of Assign is evaluated before any is assigned', async () => {
    const { output } = await run({
      A: pass({ Assign: { x: 1, y: 2 }, Next: 'B', End: undefined }),
      B: pass({ Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% $x & $y %}', Next: 'C', End: undefined }),
      C: pass({ Output: '{% [$states.input, $x & $y] %}' }),
    });
    expect(output).toEqual(['12', '21']);
  });

  it('a variable hides the built-in function of its name', async () => {
    const { error, cause } = await run({
      A: pass({ Assign: { count: 3 }, Next: 'B', End: undefined }),
      B: pass({ Output: '{% $count([1]) %}' }),
    });
    expect([error, cause]).toEqual(['States.QueryEvaluationError', expect.stringContaining('T1006')]);
  });

  it.each<Json>([null, false, 0, '', [], {}, 'text', [null]])('Output may be %j', async (value) => {
    expect(await run({ A: pass({ Output: value }) })).toMatchObject({ status: 'SUCCEEDED', output: value });
  });

  it('keeps a list that an expression made in a variable', async () => {
    const { output } = await run({
      A: pass({ Assign: { one: '{% [$filter([1, 2], function($v) { $v = 2 })] %}' }, Next: 'B', End: undefined }),
      B: pass({ Output: '{% $count($one) & $type($one) %}' }),
    });
    expect(output).toBe('1array');
  });
});

describe('only a string that begins with {% and ends with %} is an expression', () => {
  it('at any depth', async () => {
    const Output = { a: [{ b: '{% 1 + 1 %}', c: ' not one', d: '{%1%}' }], e: 'also % not {one}' };
    expect(await run({ A: pass({ Output }) })).toMatchObject({
      output: { a: [{ b: 2, c: ' not one', d: 1 }], e: 'also % not {one}' },
    });
  });
});

describe('every failure of an expression is States.QueryEvaluationError of the state that evaluates', () => {
  it.each([
    '$error("own")',
    '1 + "a"',
    '$nothing.$error()',
    '$assert(false)',
    '$sum(["a"])',
    '$f(1)',
    '$parse("{")',
    '$toMillis("x")',
    '"a" > 1',
    '$number("a")',
    '$single([1, 2], function($v) { true })',
  ])('%s', async (text) => {
    const execution = await run({
      A: task({
        Arguments: { a: `{% ${text} %}` },
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'B' }],
        End: undefined,
        Next: 'C',
      }),
      B: pass({ Output: '{% $states.input.Error %}' }),
      C: { Type: 'Fail' },
    });
    expect(execution.output).toBe('States.QueryEvaluationError');
  });
});

function map(fields: object): object {
  return {
    Type: 'Map',
    ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } },
    End: true,
    ...fields,
  };
}
