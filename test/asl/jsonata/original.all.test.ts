import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import type { Json } from '../../../asl/json/value.ts';
import { compile } from '../../../asl/jsonata/index.ts';
import { toJson } from '../../../asl/jsonata/to-json.ts';

/**
 * Where the service does not deviate from JSONata, neither do we: expressions without a function that behaves otherwise there, a
 * division or a fractional position are answered as the package itself answers them, and fail where it does.
 */
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, -1, 2.5, 10, '', 'a', 'b', 'x y', '😀'),
  fc.integer({ min: -5, max: 5 }),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;

const UNARY =
  'abs average boolean ceil distinct each encodeUrl exists floor keys length lowercase max merge min not number reverse round sort spread sqrt string sum trim type uppercase'.split(
    ' ',
  );
const BINARY = 'append contains join lookup map filter split substringAfter substringBefore zip power'.split(' ');

/** No functions: as a predicate one is true to the package, and nobody writes it. */
const position = fc.constantFrom(
  ...[
    '0',
    '-1',
    '1 + 1',
    '$ > 1',
    'a',
    'a = 1',
    '$x',
    '$y',
    '$v',
    '[0, 1]',
    '[0..1]',
    '$exists(a)',
    '$i and true',
    '$x - 1',
  ],
  ...['$number($x)', "$ in ['a', 1]", '$x ? 0 : -1', '($v; 1)', '$not($)'],
);

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string; f: string }>((tie) => {
  const e = tie('e');
  const operator = fc.constantFrom('&', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'in', 'and', 'or');
  return {
    f: fc.oneof(
      e.map((body) => `function($v, $i) { ${body} }`),
      fc.constantFrom('$string', '$boolean', '$exists', '$uppercase'),
    ),
    e: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(
        '$x',
        '$y',
        '$v',
        '$i',
        '$',
        '$missing',
        '$x.a',
        '$x.a.b',
        '$y.*',
        '$x.**',
        '$y[]',
        '$x.a[0]',
        '$x[-1]',
      ),
      fc.constantFrom('null', 'true', '0', '1', '-2', '2.5', "'a'", "''", '[]', '{}', '[1..3]', '/a/', '/[aeiou]+/i'),
      fc.tuple(e, operator, e).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.array(e, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(e, e).map(([a, b]) => `{'a': ${a}, 'b': ${b}}`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(fc.constantFrom(...UNARY), e).map(([f, a]) => `$${f}(${a})`),
      fc.tuple(fc.constantFrom(...BINARY), e, fc.oneof(e, tie('f'))).map(([f, a, b]) => `$${f}(${a}, ${b})`),
      fc.tuple(e, tie('f')).map(([a, f]) => `$reduce(${a}, ${f})`),
      fc.tuple(e, position).map(([a, b]) => `(${a})[${b}]`),
      fc.tuple(e, e).map(([a, b]) => `(${a}).(${b})`),
      fc.tuple(e, fc.constantFrom('a', '<a', '>b', 'a, >b')).map(([a, by]) => `(${a})^(${by})`),
      fc.tuple(e, e).map(([a, b]) => `(${a}){'k': ${b}}`),
      fc.tuple(e, fc.constantFrom('$string', '$sum', '$count2', '$keys')).map(([a, f]) => `(${a}) ~> ${f}`),
      fc.tuple(e, e).map(([a, b]) => `($v := ${a}; ${b})`),
      fc.tuple(e, e).map(([a, b]) => `(${a}) ~> | $ | {'a': ${b}} |`),
    ),
  };
}).e;

it('answers what the package answers', async () => {
  let values = 0;
  await fc.assert(
    fc.asyncProperty(expression, value, value, async (text, x, y) => {
      const variables: Record<string, Json> = { x, y };
      const environment = {
        lookup: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
        now: () => 0,
        random: () => 0.5,
      };
      const wanted = await outcome(async () =>
        toJson(await jsonata(text).evaluate(undefined, structuredClone(variables))),
      );
      const got = await outcome(async () => await compile(text).evaluate(environment));
      if (wanted !== 'failed') values++;
      expect(got).toEqual(wanted);
      expect(variables).toEqual({ x, y });
    }),
    { numRuns: 3000 },
  );
  expect(values).toBeGreaterThan(1000);
});

/** The value, or that there is none: the members of an object fail side by side, and which of them is first is chance. */
async function outcome(evaluate: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: await evaluate() };
  } catch {
    return 'failed';
  }
}
