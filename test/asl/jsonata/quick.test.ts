import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonata from 'jsonata';
import type { Json } from '../../../asl/json.ts';
import { isBuiltIn } from '../../../asl/jsonata/built-in.ts';
import { compile } from '../../../asl/jsonata/index.ts';
import { quick, SLOW } from '../../../asl/jsonata/quick.ts';
import { rewrite } from '../../../asl/jsonata/rewrite.ts';

/** Variables of every kind, `count` hiding a function; `missing` is never assigned. */
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom('', 'a', 'b', '[', '12'),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar as fc.Arbitrary<Json>,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'length', 'toString'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;

const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => {
  const e = tie('e');
  const literal = fc.constantFrom('null', 'true', 'false', '0', '1', '-2', '2.5', "''", "'a'", "'['", '1e300');
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
        .array(fc.tuple(fc.constantFrom('a', 'b', '1'), e), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([k, v]) => `'${k}': ${v}`).join(', ')}}`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(fc.constantFrom('exists', 'count', 'not', 'string'), e).map(([f, a]) => `$${f}(${a})`),
    ),
  };
}).e;

/** The expression compiled so that it must go through JSONata: a shape that is never quick, of the same value. */
const throughJsonata = (text: string) => compile(`($never := 0; ${text})`);

it('answers what JSONata answers', async () => {
  let quickly = 0;
  await fc.assert(
    fc.asyncProperty(expression, value, value, value, fc.boolean(), async (text, x, y, input, hides) => {
      const variables: Record<string, Json> = { x, y, states: { input }, ...(hides && { count: 1 }) };
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
      expect(fast).toEqual(await throughJsonata(text).evaluate(environment));
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(quickly).toBeGreaterThan(600);
});

it('knows every function of JSONata', () => {
  const source = readFileSync(new URL('../../../node_modules/jsonata/jsonata.js', import.meta.url), 'utf8');
  const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => name as string);
  expect(bound.length).toBeGreaterThan(60);
  expect(bound.filter((name) => !isBuiltIn(name))).toEqual([]);
});
