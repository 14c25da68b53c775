import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { BoundError, Bounds, type ExpressionBounds, timeout, tooDeep } from '../../../asl/jsonata/bounds.ts';
import { BUILT_IN_FUNCTIONS } from '../../../asl/jsonata/built-in.ts';
import { compile, evaluateTemplate, QueryFailure, seeded, template } from '../../../asl/jsonata/index.ts';
import { sized } from '../../sized.ts';

function environment(variables: { readonly [name: string]: Json } = {}, now = 1_769_860_800_000) {
  const random = seeded(1);
  return { lookup: (name: string) => variables[name], now: () => now, random };
}
async function evaluate(text: string, variables: { readonly [name: string]: Json } = {}): Promise<unknown> {
  return await compile(text).evaluate(environment(variables));
}

/** Nothing of these is what the service says of an expression. */
const OF_JAVASCRIPT = /Cannot |is not a function|is not iterable|undefined \(|null \(|BigInt|Error:|\bat .*:\d+/;

describe('functions that are given what they do not expect', () => {
  const values =
    "$nosuch null 0 -1 1.5 1e308 (1/0) true '' 'x' '#' '0' 'e' '0e0' ';' '[Y' '[q]' '%zz' 'Ww' [] [1] ['a'] [[]] [null] {} {'a':1} {'zero-digit':1} function($x){$x} function(){$nosuch()} /a/ $sum [$sum]".split(
      ' ',
    );
  const causeOf = async (text: string) => {
    try {
      await evaluateTemplate(template(`{% ${text} %}`), environment(), 'Output');
      return '';
    } catch (error) {
      if (error instanceof QueryFailure) return error.message;
      throw error;
    }
  };

  it('fail in the words of JSONata and of the service', async () => {
    const random = seeded(Number(process.env.DAGWRIGHT_TEST_ALL ?? 0) + 7);
    const some = () => values[Math.floor(random() * values.length)] as string;
    const rounds = sized(2, 20);
    const wrong: string[] = [];
    let failed = 0;
    for (const name of BUILT_IN_FUNCTIONS) {
      const calls = [`$${name}()`, ...values.map((value) => `$${name}(${value})`)];
      for (let round = 0; round < rounds; round++)
        calls.push(
          `$${name}(${some()}, ${some()})`,
          `$${name}(${some()}, ${some()}, ${some()})`,
          `${some()} ~> $${name}`,
        );
      for (const text of calls) {
        const cause = await causeOf(text);
        if (cause !== '') failed++;
        // The text of the expression itself may hold anything.
        if (OF_JAVASCRIPT.test(cause.replace(`'${text}'`, ''))) wrong.push(`${text}: ${cause}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(failed).toBeGreaterThan(500);
  });

  it.each([
    ["$formatNumber(1, 'x')", 'D3086: The sub-picture must not contain a passive character'],
    ["$formatNumber(1, '%')", 'D3086: '],
    ["$formatNumber(1, '')", 'D3085: The mantissa part of a sub-picture must contain at least one character'],
    ["$formatNumber(1, 'e')", 'D3093: '],
    ["$formatNumber(1, '0;x')", 'D3086: '],
    ["$formatNumber(1, 'a;b;c')", 'D3080: '],
    ["$formatNumber(1, '0', {'zero-digit': 1})", 'an internal error during evaluation.'],
    ["$split('a', $nosuch)", 'an internal error during evaluation.'],
    ["$parseInteger('1', $nosuch)", 'an internal error during evaluation.'],
    ["$sift({'a': 1})", 'an internal error during evaluation.'],
    ['$map(null, /a/)', 'an internal error during evaluation.'],
    ['$random(1/0)', 'an internal error during evaluation.'],
    ["$pad('', 1e10, 'x')", 'Expression evaluation memory limit exceeded'],
  ])('%s', async (text, cause) => {
    expect(await causeOf(text)).toContain(cause);
  });

  it('a picture that has one digit or separator is as JSONata has it', async () => {
    expect(await evaluate("$formatNumber(-1234.5, '#,##0.00;(0)')")).toBe('(1234)');
    expect(await evaluate("$formatNumber(12, '٠', {'zero-digit': '٠'})")).toBe('١٢');
    expect(await evaluate("$formatNumber($nosuch, 'x')")).toBeUndefined();
  });
});

describe("Step Functions' dialect of JSONata", () => {
  it.each([
    // text, value
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([0], 3)', [[0]]],
    ['$partition([], 3)', undefined],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(3, 0, -1)', [3, 2, 1, 0]],
    ['$range(1, 9, 9)', 1],
    ['$range(2, 1, 1)', undefined],
    ["$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["$hash('', 'SHA-256')", 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ["$parse(\"{'a': [1, 'x']}\")", { a: [1, 'x'] }],
    ["$parse(' [true, null, -1.5e2] ')", [true, null, -150]],
    ['$now()', '2026-01-31T12:00:00.000Z'],
    ['$millis()', 1_769_860_800_000],
    ["$now('[Y]')", '2026'],
    ['$now() = $now() and $millis() = $millis()', true],
    ['$uuid() = $uuid()', false],
    ['$random() = $random()', false],
    ['$random(7) = $random(7)', true],
    ['$count(null)', 0],
    ['$count([1,2])', 2],
    ["$replace('aaa', 'a', '$0', 1.7)", '$0aa'],
    ["$replace('aaa', 'a', 'b', 0)", 'aaa'],
    ["$replace('a1b22', /[0-9]+/, '<$0>')", 'a<1>b<22>'],
    ["$pad('a', 3.7, '-')", 'a--'],
    ["$pad('a', -3.7)", '  a'],
    ["$base64encode('é')", 'w6k='],
    ["$base64decode('w6k')", 'é'],
    ["$decodeUrlComponent('a+b%20c')", 'a b c'],
    ["$decodeUrlComponent('%ff')", '\uFFFD'],
    ["$split('a..b', '.')", ['a', '', 'b']],
    ["$trim('  a   b ')", 'a b'],
    ['$boolean([0])', false],
    ['$boolean([[]])', false],
    ['$boolean([[0, [1]]])', true],
    ['1/0', 'Infinity'],
    ['-1/0', '-Infinity'],
    ['0/0', 'NaN'],
    ['1/0 > 5', true],
    ['$floor(1/0)', 'Infinity'],
    ['$round(2.5)', 2],
    ['$match("a\u00a0b c", /\\s/).index', 3],
    ['[1..1]', [1]],
    ['$keys({"a": 1})', 'a'],
    ['$merge([])', {}],
    ['[$x]', [1, 2]],
    ['[[$x]]', [[1, 2]]],
    ['$missing', undefined],
    ['$states.input.nothing', undefined],
  ])('%s', async (text, value) => {
    expect(await evaluate(text, { x: [1, 2], states: { input: {} } })).toEqual(value);
  });

  it.each([
    ["$eval('1')", 'T1006'],
    ["$parse('NaN')", 'unexpected'],
    ['$parse(\'{"a": 1, "a": 2}\')', 'repeats'],
    ["$parse('1e400')", 'range'],
    ["$parse('[1')", 'end'],
    ["$base64decode('!!')", 'not Base64'],
    ["$decodeUrlComponent('%zz')", 'D3140'],
    ["$replace('a', '', 'b')", 'D3010'],
    ["$replace('a', 'a', 'b', -1)", 'D3011'],
    ['1/0 + 1', 'D1001'],
    ['$sort([1, "a"])', 'D3070'],
    ['$number("1e400")', 'D3030'],
    ['$join([1])', 'T0412'],
    ["$hash('a', 'CRC')", 'CRC'],
    ['$count($x)', 'T1006'],
  ])('%s fails with %s', async (text, part) => {
    const variables = { count: 3, x: [1] };
    await expect(
      (async () => await evaluateTemplate(template(`{% ${text} %}`), environment(variables), 'Output'))(),
    ).rejects.toThrow(part);
  });

  describe('bounds', () => {
    const within = async (text: string, bounds: ExpressionBounds) =>
      await compile(text).evaluate({ ...environment(), bounds });
    const loop = '($f := function($x) { $f($x) }; $f(1))';
    const never = Number.POSITIVE_INFINITY;

    it('endless recursion by its depth, whatever else it may take', async () => {
      const deep = within('($f := function($x) { 1 + $f($x) }; $f(1))', { steps: never, milliseconds: never });
      await expect(deep).rejects.toThrow(tooDeep().message);
    });

    it('an endless loop by its steps, whatever the clock says', async () => {
      await expect(within(loop, { steps: 1000, milliseconds: never })).rejects.toThrow(timeout().message);
      // Each pass through `[1..n]` is a step or more: what is done within the bound is not ended.
      const sum = '$sum($map([1..100], function($v) { $v + 1 }))';
      expect(await within(sum, { steps: 1000, milliseconds: never })).toBe(5150);
      await expect(within(sum, { steps: 300, milliseconds: never })).rejects.toThrow(BoundError);
    });

    it('an endless loop by the clock, where its steps are slow', async () => {
      await expect(within(loop, { steps: never, milliseconds: 1 })).rejects.toThrow(timeout().message);
    });

    it('by default the steps of about a second of the service, and the time of ten', () => {
      const bounds = new Bounds();
      const enter = () => {
        bounds.enter();
        bounds.leave(undefined);
      };
      for (let step = 0; step < 1_000_000; step++) enter();
      expect(enter).toThrow(timeout().message);
    });
  });

  it('does not change the values that it reads', async () => {
    const x: Json = [];
    const input: Json = { list: [] };
    await evaluate('$x{"a": 1}', { x });
    await evaluate('$states.input.list{"a": 1}', { states: { input } });
    expect([x, input]).toEqual([[], { list: [] }]);
  });

  it('hands on plain values: an array that was a sequence is none for the next expression', async () => {
    const one = (await evaluate('$map([[1]], function($v) { $v })[]')) as Json;
    expect(await evaluate('$x', { x: one })).toEqual(one);
  });
});

describe('templates', () => {
  const at = (value: Json, variables: { readonly [name: string]: Json } = {}) =>
    (async () => await evaluateTemplate(template(value), environment(variables), 'Output'))();

  it('evaluates expressions at any depth and keeps everything else', async () => {
    expect(await at({ a: ['{% $x %}', { b: '{% $x + 1 %}' }, 'plain {% no %}'], c: null }, { x: 1 })).toEqual({
      a: [1, { b: 2 }, 'plain {% no %}'],
      c: null,
    });
  });

  it('answers a value without expressions itself', async () => {
    const value = { a: [1, { b: 'x' }] };
    expect(await at(value)).toBe(value);
  });

  it.each([
    [
      { r: '{% $missing %}' },
      "The JSONata expression '$missing' specified for the field 'Output/r' returned nothing (undefined).",
    ],
    [
      '{% $sum %}',
      "The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type.",
    ],
    [
      '{% 1 + %}',
      "The JSONata expression '1 +' specified for the field 'Output' threw an error during evaluation. S0207: Unexpected end of expression",
    ],
  ] as [Json, string][])('%j fails', async (value, message) => {
    await expect(at(value)).rejects.toThrow(new QueryFailure('Output', message));
  });

  it('fails with the first expression in order, whichever is evaluated faster', async () => {
    await expect(at(['{% $error("first") %}', '{% $missing %}'])).rejects.toThrow('first');
  });
});
