import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { run } from './run.ts';

/** What the service says of failures: the error and its cause, without the introduction that names the state. */
const jsonPath = { QueryLanguage: 'JSONPath' };
const wait = (fields: object) => ({ Type: 'Wait', End: true, ...fields });
const pass = (fields: object) => ({ Type: 'Pass', End: true, ...fields });
const map = (fields: object) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'I',
    States: { I: { Type: 'Pass', End: true } },
  },
  End: true,
  ...fields,
});

async function failure(state: object, input: Json, machine: object): Promise<string> {
  const { error, cause } = await run({ A: state, B: { Type: 'Succeed' } }, { input, machine });
  return `${error}: ${cause?.replace("An error occurred while executing the state 'A' (entered at the event id #2). ", '')}`;
}

describe('causes in JSONPath', () => {
  it.each<[object, Json, string]>([
    [pass({ InputPath: '$.x' }), {}, "Invalid path '$.x' : No results for path: $['x']"],
    [pass({ InputPath: '$.a.b' }), { a: {} }, "Invalid path '$.a.b' : No results for path: $['a']['b']"],
    [pass({ OutputPath: '$.a.b.c' }), { a: {} }, "Invalid path '$.a.b.c' : Missing property in path $['a']['b']"],
    [pass({ OutputPath: '$.a[0].b' }), {}, "Invalid path '$.a[0].b' : Missing property in path $['a']"],
    [pass({ OutputPath: '$.a[7]' }), { a: [] }, "Invalid path '$.a[7]' : No results for path: $['a'][7]"],
    [
      pass({ Parameters: { 'p.$': '$.a' } }),
      { b: 1 },
      `The JSONPath '$.a' specified for the field 'p.$' could not be found in the input '{"b":1}'`,
    ],
    [
      pass({ Parameters: { 'p.$': '$.a.length()' } }),
      { a: [1] },
      `The JSONPath '$.a.length()' specified for the field 'p.$' could not be found in the input '{"a":[1]}'`,
    ],
    [
      wait({ SecondsPath: '$.s' }),
      { s: 1.5 },
      'The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5',
    ],
    [wait({ SecondsPath: '$.s' }), { s: 'x' }, 'The SecondsPath parameter cannot be parsed as a long value: $.s == x'],
    [wait({ SecondsPath: '$.s' }), { s: -1 }, 'The SecondsPath parameter references a negative value: $.s == -1'],
    [
      wait({ TimestampPath: '$.t' }),
      { t: '2016-12-05' },
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == 2016-12-05',
    ],
    [wait({ SecondsPath: '$.s' }), { s: 100_000_000 }, 'Wait state delay is too long.'],
    [map({ ItemsPath: '$.x' }), { x: 1 }, 'Reference path "$.x" must point to array.'],
    [
      map({ ItemsPath: '$.x', MaxConcurrencyPath: '$.m' }),
      { x: [], m: 'many' },
      'The MaxConcurrencyPath field refers to value "many" which is not a valid integer: $.m',
    ],
    [
      map({ ItemsPath: '$.x', ToleratedFailureCountPath: '$.m' }),
      { x: [], m: -1 },
      'ToleratedFailureCount cannot be negative.',
    ],
    [
      map({ ItemsPath: '$.x', ToleratedFailurePercentagePath: '$.m' }),
      { x: [], m: {} },
      'The ToleratedFailurePercentagePath field refers to value "{}" which is not a valid float: $.m',
    ],
    ...[-1, 100.1].map((m): [object, Json, string] => [
      map({ ItemsPath: '$.x', ToleratedFailurePercentagePath: '$.m' }),
      { x: [], m },
      'ToleratedFailurePercentage must be between 0 and 100.',
    ]),
    [
      { Type: 'Choice', Choices: [{ Variable: '$.a', IsString: true, Next: 'B' }] },
      {},
      "Invalid path '$.a': The choice state's condition path references an invalid value.",
    ],
  ])('%j of %j', async (state, input, cause) => {
    expect(await failure(state, input, jsonPath)).toBe(`States.Runtime: ${cause}`);
  });

  it('tells that no rule of a Choice holds', async () => {
    const A = { Type: 'Choice', Choices: [{ Variable: '$.a', IsString: true, Next: 'B' }] };
    const cause = 'Failed to transition out of the state. The state does not point to a next state.';
    expect(await failure(A, { a: 1 }, jsonPath)).toBe(`States.NoChoiceMatched: ${cause}`);
  });

  it('tells what ResultPath could not be put into', async () => {
    const said = await failure(pass({ Result: 1, ResultPath: '$.a.b' }), { a: 1 }, jsonPath);
    expect(said).toBe('States.ResultPathMatchFailure: Unable to apply ReferencePath $.a.b to input {"a":1}');
  });
});

describe('causes in JSONata', () => {
  it.each([
    ["{'a': ((($error('first')))), 'b': $error('second')}", 'D3137: first'],
    ["[((($error('first')))), $error('second')]", 'D3137: first'],
    ["['a', 'b']{$: $ = 'a' ? (($error('first'))) : $error('second')}", 'D3137: first'],
    ["{'a': {'a': [1, (($error('first')))], 'b': $error('second')}, 'b': $error('third')}", 'D3137: first'],
    ['$map([1, 2], function($v) { $v = 1 ? $f(1) : 2 })', 'T1006: Attempted to invoke a non-function'],
  ])('of two failures the first: %s', async (text, said) => {
    const cause = await failure(pass({ Output: `{% ${text} %}` }), {}, { QueryLanguage: 'JSONata' });
    expect(cause).toMatch(new RegExp(`threw an error during evaluation\\. ${said}$`));
  });

  it.each<[object, string]>([
    [
      pass({ Output: { a: { b: ['{% $f() %}'] } } }),
      "The JSONata expression '$f()' specified for the field 'Output/a/b[0]' threw an error during evaluation. T1006: Attempted to invoke a non-function",
    ],
    [
      pass({ Output: "{% $sum(['a']) %}" }),
      "The JSONata expression '$sum(['a'])' specified for the field 'Output' threw an error during evaluation. T0412: Argument 1 of function \"sum\" must be an array of \"numbers\"",
    ],
    [
      pass({ Output: "{% $abs('a') %}" }),
      "The JSONata expression '$abs('a')' specified for the field 'Output' threw an error during evaluation. T0410: Argument 1 of function \"abs\" does not match function signature",
    ],
    [
      pass({ Output: { r: '{% [1..900000] ~> $count() %}' } }),
      "The JSONata expression '[1..900000] ~> $count()' specified for the field 'Output/r' threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
    ],
    [
      pass({ Output: '{% $sum %}' }),
      "The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      wait({ Seconds: "{% 'x' %}" }),
      "The JSONata expression ''x'' specified for the field 'Seconds' returned an unexpected result type. Expected 'number', but was 'string' for value: \"x\"",
    ],
    [
      wait({ Seconds: '{% 1.5 %}' }),
      "The JSONata expression '1.5' specified for the field 'Seconds' returned an unexpected result type. Expected 'integer', but was 'number' for value: 1.5",
    ],
    [
      { Type: 'Fail', Error: '{% 1 %}' },
      "The JSONata expression '1' specified for the field 'Error' returned an unexpected result type. Expected 'string', but was 'number' for value: 1",
    ],
    [
      { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'B' }] },
      "The JSONata expression '1' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    ],
    [
      map({ Items: '{% null %}' }),
      "The JSONata expression 'null' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'null' for value: null",
    ],
  ])('%j', async (state, cause) => {
    expect(await failure(state, {}, { QueryLanguage: 'JSONata' })).toBe(`States.QueryEvaluationError: ${cause}`);
  });
});
