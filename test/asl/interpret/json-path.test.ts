import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { parsePath } from '../../../asl/json-path/path.ts';
import { select } from '../../../asl/json-path/select.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { runJsonPath as run } from './run.ts';

const store: Json = {
  book: [
    { category: 'reference', author: 'Rees', price: 8.95 },
    { category: 'fiction', author: 'Waugh', price: 12.99 },
    { category: 'fiction', author: 'Melville', isbn: '0-553', price: 8.99 },
  ],
  bicycle: { color: 'red', price: 19.95, 'frame size': 3, tags: [] },
  limit: 10,
};

describe('paths', () => {
  it.each([
    ['$', store],
    ['$.limit', 10],
    ['  $.limit ', 10],
    [' $ ', store],
    ["$['bicycle']['frame size']", 3],
    ['$.book[0].author', 'Rees'],
    ['$.book[-1].author', 'Melville'],
    ['$.book[7]', undefined],
    ['$.nothing.at.all', undefined],
    ['$.limit.x', undefined],
    ['$.bicycle.tags', []],
    ['$.book[*].author', ['Rees', 'Waugh', 'Melville']],
    ['$.book[0,2].author', ['Rees', 'Melville']],
    ['$.book[1:].author', ['Waugh', 'Melville']],
    ['$.book[:-1].author', ['Rees', 'Waugh']],
    ['$.book[0:3:2].author', ['Rees', 'Melville']],
    ["$.bicycle['color','price']", ['red', 19.95]],
    ['$..price', [8.95, 12.99, 8.99, 19.95]],
    ['$..book[0].author', ['Rees']],
    ['$.book[*].nothing', []],
    ['$.nothing[*]', []],
    ['$.nothing[0:2]', []],
    ['$[0:2]', undefined],
    ['$.bicycle[:1]', undefined],
    ['$.bicycle[0:2].color', undefined],
    ['$.limit[1:]', undefined],
    ['$.bicycle[0,1]', undefined],
    ["$.book['author','price']", undefined],
    ['$.limit[?(@.x)]', undefined],
    ['$.bicycle[*][0:2]', []],
    ['$..bicycle[0:2]', []],
    ['$.limit[*]', []],
    ['$.book[?(@.isbn)].author', ['Melville']],
    ['$.book[?(!@.isbn)].author', ['Rees', 'Waugh']],
    ['$.book[?(@.price < 10)].author', ['Rees', 'Melville']],
    ['$.book[?(@.price < $.limit && @.category == "fiction")].author', ['Melville']],
    ["$.book[?(@.author == 'Rees' || @.author == 'Waugh')].price", [8.95, 12.99]],
    ['$.book[?(@.author =~ /.*VILLE/i)].author', ['Melville']],
    ["$.book[?(@.author in ['Rees', 'X'])].author", ['Rees']],
    ["$.book[?(@.category != 'fiction')].author", ['Rees']],
    ['$.book[?(@.price >= 8.99)].price', [12.99, 8.99]],
  ] as [string, Json | undefined][])('%s', (path, value) => {
    expect(select(parsePath(path), store)).toEqual(value);
  });

  it.each(['book', '$book]', '$.', '$.book[', '$.book[x]', '$.book[?(@.a ==)]', '$.a b'])('%s is none', (path) => {
    expect(() => parsePath(path)).toThrow(SyntaxError);
  });
});

describe('intrinsic functions', () => {
  const call = async (text: string, input: Json = {}) => {
    const execution = await run({ a: { Type: 'Pass', Parameters: { 'r.$': text }, End: true } }, { input });
    return execution.status === 'SUCCEEDED'
      ? (execution.output as { r: Json }).r
      : `${execution.error}: ${execution.cause}`;
  };

  it.each([
    ["States.Format('{} is {}', 'a', 1.5)", 'a is 1.5'],
    ["States.Format('\\{{}\\} \\'{}\\'', $.o, $.n)", "{{a=1, b=[x, 2]}} 'null'"],
    ['States.StringToJson(\'{"a": [1]}\')', { a: [1] }],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.o)', '{"a":1,"b":["x",2]}'],
    ["States.Array(1, 'x', $.o.b, null, true)", [1, 'x', ['x', 2], null, true]],
    ['States.Array()', []],
    [
      'States.ArrayPartition($.list, 2)',
      [
        [1, 2],
        [2, 3],
      ],
    ],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayContains($.list, 9)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(5, 1, -2)', [5, 3, 1]],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayLength($.list)', 4],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ["States.Base64Encode('Data to encode')", 'RGF0YSB0byBlbmNvZGU='],
    ["States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", 'Data to encode'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.o, $.p, false)', { a: 2, b: ['x', 2], c: 3 }],
    ['States.MathAdd(1.4, -3)', -2],
    ["States.StringSplit('1,2;3,,', ',;')", ['1', '2', '3']],
    ["States.ArrayLength(States.StringSplit(States.Format('{},{}', $.n, 2), ','))", 2],
  ])('%s', async (text, value) => {
    expect(await call(text, { o: { a: 1, b: ['x', 2] }, p: { a: 2, c: 3 }, n: null, list: [1, 2, 2, 3] })).toEqual(
      value,
    );
  });

  it('are random in their bounds, and the same with a seed', async () => {
    for (let at = 0; at < 20; at++) expect([3, 4]).toContain(await call('States.MathRandom(3, 5)'));
    expect(await call('States.MathRandom(1, 1000, 7)')).toBe(await call('States.MathRandom(1, 1000, 7)'));
    expect(await call('States.UUID()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it.each([
    ['States.ArrayGetItem($.list, 9)', 'there is no item 9'],
    ['States.MathAdd($.list, 1)', 'must be a number'],
    ["States.StringToJson('{')", 'argument 1 is not JSON: '],
    ["States.StringToJson('abc')", 'argument 1 is not JSON: a value was expected, not abc (character 1)'],
    ['States.JsonMerge($.list, $.list, false)', 'must be objects'],
    ["States.Format('{}')", 'more {} than'],
    ['States.MathAdd($.nothing, 1)', "The JSONPath '$.nothing' could not be found"],
    ['States.ArrayRange(1, 5000, 1)', 'more than 1000'],
  ])('%s fails', async (text, reason) => {
    const said = await call(text, { list: [1] });
    expect(said).toContain('States.IntrinsicFailure');
    expect(said).toContain(reason);
  });
});

describe('the way of the data', () => {
  const through = async (fields: object, input: Json = { x: 1, y: { z: 2 } }) =>
    (await run({ a: { Type: 'Pass', End: true, ...fields } }, { input })).output;

  it.each([
    [{}, { x: 1, y: { z: 2 } }],
    [{ InputPath: '$.y' }, { z: 2 }],
    [{ InputPath: null }, {}],
    [{ OutputPath: '$.y.z' }, 2],
    [{ OutputPath: null }, {}],
    [{ Result: null }, null],
    [
      { Result: false, ResultPath: '$.r' },
      { x: 1, y: { z: 2 }, r: false },
    ],
    [
      { Result: 5, ResultPath: '$.y.new.deep' },
      { x: 1, y: { z: 2, new: { deep: 5 } } },
    ],
    [
      { Result: 5, ResultPath: null },
      { x: 1, y: { z: 2 } },
    ],
    [
      { Parameters: { 'a.$': '$.x', b: { 'c.$': '$.y' }, d: [{ 'e.$': '$.x' }, '$.x'] } },
      { a: 1, b: { c: { z: 2 } }, d: [{ e: 1 }, '$.x'] },
    ],
    [
      { InputPath: '$.y', Parameters: { 'all.$': '$' }, ResultPath: '$.r' },
      { x: 1, y: { z: 2 }, r: { all: { z: 2 } } },
    ],
    [{ Parameters: { 'name.$': '$$.State.Name' } }, { name: 'a' }],
  ] as [object, Json][])('%j', async (fields, output) => {
    expect(await through(fields)).toEqual(output);
  });

  it('of a Task goes through ResultSelector, ResultPath and OutputPath', async () => {
    const fields = {
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { 'n.$': '$.x' },
      ResultSelector: { 'm.$': '$.n' },
      ResultPath: '$.r',
      OutputPath: '$.r',
    };
    expect((await run({ a: { Type: 'Task', End: true, ...fields } }, { input: { x: 4 } })).output).toEqual({ m: 4 });
  });

  it('of a Catch goes through its ResultPath', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Assign: { 'e.$': '$.Error' }, Next: 'b' }];
    const execution = await run(
      {
        a: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, Catch },
        b: { Type: 'Pass', Parameters: { 'in.$': '$', 'e.$': '$e' }, End: true },
      },
      { input: { x: 1 }, tasks: () => ({ error: 'E', cause: 'c' }) },
    );
    expect(execution.output).toEqual({ in: { x: 1, error: { Error: 'E', Cause: 'c' } }, e: 'E' });
  });

  it.each([
    [
      { Parameters: { 'a.$': '$.nothing' } },
      'States.Runtime',
      "The JSONPath '$.nothing' specified for the field 'a.$' could not be found in the input '{\"x\":1}'",
    ],
    [{ InputPath: '$.nothing' }, 'States.Runtime', "Invalid path '$.nothing' : No results for path: $['nothing']"],
    [
      { Result: 1, ResultPath: '$.x.y' },
      'States.ResultPathMatchFailure',
      'Unable to apply ReferencePath $.x.y to input {"x":1}',
    ],
  ])('%j fails with %s', async (fields, error, reason) => {
    const execution = await run({ a: { Type: 'Pass', End: true, ...fields } }, { input: { x: 1 } });
    expect(execution).toMatchObject({ status: 'FAILED', error });
    expect(execution.cause).toBe(
      `An error occurred while executing the state 'a' (entered at the event id #2). ${reason}`,
    );
  });

  it('of a Map goes through ItemsPath and ItemSelector', async () => {
    const m = {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'k.$': '$.k' },
      ResultPath: '$.out',
      ItemProcessor: { StartAt: 'a', States: { a: { Type: 'Pass', End: true } } },
      End: true,
    };
    expect((await run({ m }, { input: { list: ['x'], k: 1 } })).output).toEqual({
      list: ['x'],
      k: 1,
      out: [{ i: 0, v: 'x', k: 1 }],
    });
  });

  it('may have blanks around its paths', async () => {
    const states = {
      A: {
        Type: 'Pass',
        InputPath: ' $.a ',
        Parameters: { 'name.$': '$$.Execution.Name ', 'b.$': ' $.b', 'text.$': "States.Format('{}', $.b ) " },
        ResultPath: ' $.made ',
        OutputPath: '$.made ',
        Next: 'B',
      },
      B: { Type: 'Choice', Choices: [{ Variable: ' $.b ', NumericEqualsPath: ' $.b', Next: 'C' }] },
      C: { Type: 'Wait', SecondsPath: ' $.b ', Next: 'D' },
      D: { Type: 'Pass', Assign: { 'v.$': ' $.b' }, Next: 'E' },
      E: { Type: 'Pass', InputPath: ' $v ', End: true },
    };
    expect(validate(JSON.stringify({ StartAt: 'A', States: states }))).toEqual([]);
    expect(await run(states, { input: { a: { b: 1 } } })).toMatchObject({ output: 1 });
  });
  it('may be in JSONata for one state', async () => {
    const execution = await run(
      {
        a: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.x + 1 %}', Next: 'b' },
        b: { Type: 'Pass', Parameters: { 'n.$': '$' }, End: true },
      },
      { input: { x: 1 } },
    );
    expect(execution.output).toEqual({ n: 2 });
  });
});

describe('choice rules', () => {
  const holds = async (rule: object, input: Json) => {
    const pass = (Result: boolean) => ({ Type: 'Pass', Result, End: true });
    const states = {
      a: { Type: 'Choice', Choices: [{ ...rule, Next: 'yes' }], Default: 'no' },
      yes: pass(true),
      no: pass(false),
    };
    const { output, cause } = await run(states, { input });
    return output ?? cause;
  };

  it.each([
    [{ NumericEquals: 1 }, 1, true],
    [{ NumericEquals: 1 }, '1', false],
    [{ NumericLessThan: 2 }, 1, true],
    [{ NumericGreaterThanEquals: 2 }, 1, false],
    [{ NumericGreaterThanPath: '$.w' }, 6, true],
    [{ StringEquals: 'a' }, 'a', true],
    [{ StringLessThan: 'b' }, 'a', true],
    [{ StringGreaterThanEquals: 'b' }, 'a', false],
    [{ StringEqualsPath: '$.s' }, 'text', true],
    [{ StringMatches: 'log-*.txt' }, 'log-1.txt', true],
    [{ StringMatches: 'log-*.txt' }, 'log-1.csv', false],
    [{ StringMatches: 'a\\*b.c' }, 'a*b.c', true],
    [{ StringMatches: 'a\\*b' }, 'axb', false],
    [{ BooleanEquals: false }, false, true],
    [{ BooleanEquals: false }, null, false],
    [{ TimestampEquals: '2020-01-01T00:00:00Z' }, '2020-01-01T01:00:00+01:00', true],
    [{ TimestampLessThan: '2020-01-01T00:00:00Z' }, '2019-12-31T23:59:59.9Z', true],
    [{ TimestampLessThan: '2020-01-01T00:00:00Z' }, 'yesterday', false],
    [{ IsNull: true }, null, true],
    [{ IsNull: true }, 0, false],
    [{ IsNull: false }, 0, true],
    [{ IsNumeric: true }, 0, true],
    [{ IsString: true }, '', true],
    [{ IsBoolean: true }, 0, false],
    [{ IsTimestamp: true }, '2020-01-01T00:00:00Z', true],
    [{ IsTimestamp: true }, '2020-01-01', false],
    [{ IsPresent: true }, null, true],
  ] as [object, Json, boolean][])('%j of %j: %s', async (comparison, v, expected) => {
    expect(await holds({ Variable: '$.v', ...comparison }, { v, w: 5, s: 'text' })).toBe(expected);
  });

  it('combine', async () => {
    const one = { Variable: '$.v', NumericEquals: 1 };
    const two = { Variable: '$.w', NumericEquals: 2 };
    expect(await holds({ And: [one, two] }, { v: 1, w: 2 })).toBe(true);
    expect(await holds({ And: [one, two] }, { v: 1, w: 3 })).toBe(false);
    expect(await holds({ Or: [one, two] }, { v: 0, w: 2 })).toBe(true);
    expect(await holds({ Not: one }, { v: 1 })).toBe(false);
    expect(await holds({ And: [{ Variable: '$.v', IsPresent: true }, one] }, {})).toBe(false);
  });

  it('fail where a variable leads nowhere', async () => {
    expect(await holds({ Variable: '$.v', NumericEquals: 1 }, {})).toContain(
      "Invalid path '$.v': The choice state's condition path references an invalid value.",
    );
  });
});
