import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import type { Json } from '../../../asl/json/value.ts';
import { BUILT_IN_FUNCTIONS } from '../../../asl/jsonata/built-in.ts';
import { compile } from '../../../asl/jsonata/index.ts';
import { quick, SLOW } from '../../../asl/jsonata/quick.ts';
import { rewrite } from '../../../asl/jsonata/rewrite.ts';
import { sized } from '../../sized.ts';

/** Variables of every kind, `count` hiding a function; `missing` is never assigned. */
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 0.1, 2 ** 53, -(2 ** 53) + 1, 1e15, 1e21, 5e-324),
  fc.constantFrom('', ' ', 'a', 'b', '[', '12', 'é', '😀', '\ud83d', 'null', '__proto__'),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar as fc.Arbitrary<Json>,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'length', 'toString', 'sequence', 'é'), tie('any'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).any;

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => {
  const e = tie('e');
  const literal = fc.constantFrom(
    ...['null', 'true', 'false', '0', '1', '-2', '2.5', '1e300', '0.1', '9007199254740993', '[]', '{}'],
    ...["''", "'a'", "'['", "'é'", '"😀"', "'\\u0061'", "'a\\\\b'"],
  );
  const reference = fc.constantFrom(
    '$x',
    '$y',
    '$missing',
    '$x.a',
    '$x.a.b',
    '$states.input',
    '$states.input.a',
    '$states.input.a.b',
    '$x.toString',
    '$sum',
    '$x.length',
    '$x.sequence',
    '$x.`a`',
    "$x.'a'",
    '$x.a.length.b',
    '$y.é',
    '$states',
    '$states.context.State.Name',
    '$states.input.a[0]',
    '$x[]',
    '$x.a[]',
    '$count',
    '$string',
    '$',
    '$$',
  );
  const binary = fc
    .tuple(e, fc.constantFrom('&', '=', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'in', 'and', 'or', '/', '%'), e)
    .map(([a, op, b]) => `(${a}) ${op} (${b})`);
  return {
    e: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      literal,
      reference,
      binary,
      fc.array(e, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(fc.tuple(fc.constantFrom('a', 'b', '1', '__proto__', 'toString'), e), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([k, v]) => `'${k}': ${v}`).join(', ')}}`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(fc.constantFrom('exists', 'count', 'not', 'string'), e).map(([f, a]) => `$${f}(${a})`),
      fc
        .tuple(fc.constantFrom('string', 'not', 'exists', 'boolean', 'length'), e, e)
        .map(([f, a, b]) => `$${f}(${a}, ${b})`),
      e.map((a) => `(${a})`),
      e.map((a) => `-(${a})`),
      fc.tuple(e, e).map(([a, b]) => `(${a}; ${b})`),
      fc.tuple(e, e).map(([a, b]) => `(${a}) ? (${b})`),
      fc.tuple(e, fc.constantFrom('a', 'length')).map(([a, key]) => `(${a}).${key}`),
    ),
  };
}).e;

/** The expression compiled so that it must go through JSONata: a shape that is never quick, of the same value. */
const throughJsonata = (text: string) => compile(`($never := 0; ${text})`);

it('answers what JSONata answers', async () => {
  let quickly = 0;
  await fc.assert(
    fc.asyncProperty(expression, value, value, value, fc.boolean(), async (text, x, y, input, hides) => {
      const variables: Record<string, Json> = {
        x,
        y,
        states: { input, context: { State: { Name: 'A' } } },
        ...(hides && { count: 1, string: 'x' }),
      };
      const environment = {
        lookup: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
        now: () => 0,
        random: () => 0.5,
      };
      const ast = jsonata(text).ast() as unknown as Parameters<typeof quick>[0];
      rewrite(ast);
      const fast = quick(ast)?.(environment);
      if (quick(ast) === undefined || fast === SLOW) return;
      quickly++;
      expect(fast).toStrictEqual(await throughJsonata(text).evaluate(environment));
    }),
    { numRuns: sized(2000, 5000) },
  );
  expect(quickly).toBeGreaterThan(sized(250, 700));
});

it('knows every function of JSONata', () => {
  const source = readFileSync(new URL('../../../node_modules/jsonata/jsonata.js', import.meta.url), 'utf8');
  const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => name as string);
  expect(bound.length).toBeGreaterThan(60);
  expect(bound.filter((name) => !BUILT_IN_FUNCTIONS.has(name))).toEqual([]);
});
