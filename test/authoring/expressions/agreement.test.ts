import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../asl/json/value.ts';
import { type Translated, translate } from '../../../authoring/expressions/index.ts';
import { reference, type Schema } from '../../../authoring/reference.ts';
import { Stop } from '../../../diagnostics/index.ts';
import { sized } from '../../sized.ts';
import { sources } from './generate.ts';
import { Tracer } from './tracer.ts';
import { arrowOf, resultOf, textOf } from './translated.ts';

const param = (name: string, schema: Schema) =>
  reference({ kind: 'param', path: [name] }, schema.type === 'object' || schema.type === undefined, undefined, schema);
const captured = {
  p: {
    n: param('n', { type: 'number', default: 1 }),
    m: param('m', { type: 'integer' }),
    s: param('s', { type: 'string', default: '' }),
    t: param('t', { enum: ['a', 'b'] }),
    b: param('b', { type: 'boolean', default: true }),
    c: param('c', { type: 'boolean' }),
    xs: param('xs', { type: 'array' }),
    ys: param('ys', { type: 'array' }),
    o: param('o', { type: 'object' }),
    j: param('j', {}),
  },
  out: reference({ kind: 'output', path: ['d', 'task'] }, true),
};

const json = (): fc.Arbitrary<Json> =>
  fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 2 },
      fc.constant(null),
      fc.boolean(),
      fc.constantFrom(0, 1, 5, 2.5, 0.1 + 0.2),
      fc.constantFrom('', 'a', '5', '12abc', 'é'),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('json')),
    ),
  })).json;
const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), json());
const values = fc.record({
  params: fc.record({
    n: fc.constantFrom(0, 1, -2, 3.5, 1e-7),
    m: fc.integer(),
    s: fc.constantFrom('', 'a', 'ab', "it's"),
    t: fc.constantFrom('a', 'b'),
    b: fc.boolean(),
    c: fc.boolean(),
    xs: fc.array(json(), { maxLength: 3 }),
    ys: fc.array(fc.constantFrom('a', 'b', '', 1), { maxLength: 3 }),
    o: object,
    j: json(),
  }),
  // A task's output is kept field by field: those that an expression reads without asking for them are there.
  out: fc.record({ a: json(), b: json() }),
});

const { number, text, boolean, list, object: objects, any } = sources(3);
const source = fc.oneof(number, text, boolean, list, objects, any);

/** JSON without the sign of zero. */
const normal = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value, (_, v) => (v === 0 ? 0 : v)));

test('an arrow and its JSONata give the same value, but where they are known to differ', async () => {
  let agreed = 0;
  let refused = 0;
  const differed = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(source, values, async ({ text: written, traced }, { params, out }) => {
      const tracer = new Tracer();
      let wanted: unknown;
      try {
        wanted = new Function('p', 'out', 't', `return ${traced};`)(params, out, tracer);
      } catch (error) {
        // JavaScript has no value to confirm with.
        if (error instanceof TypeError) return;
        throw error;
      }
      const plain = new Function('p', 'out', `return ${written};`)(params, out) as unknown;
      expect(normal(plain)).toEqual(normal(wanted));
      const translated = translatedOrRefused(written);
      if (!translated) {
        refused++;
        return;
      }
      const jsonata = textOf(translated);
      const got = await resultOf(jsonata, { params, task: out }).catch((error: { code?: string }) => ({
        error: error.code,
      }));
      const isEqual = isSame(got, wanted);
      if (isEqual) agreed++;
      else {
        if (tracer.differences.size === 0)
          throw new Error(
            `${written}\n${jsonata}\n${JSON.stringify({ params, out })}\nJavaScript: ${JSON.stringify(wanted)}\nJSONata: ${JSON.stringify(got)}`,
          );
        for (const name of tracer.differences) differed.set(name, (differed.get(name) ?? 0) + 1);
      }
      if (!translated.canFail && (got === undefined || isError(got)))
        throw new Error(
          `It can fail: ${written}\n${jsonata}\n${JSON.stringify({ params, out })} ${JSON.stringify(got)}`,
        );
    }),
    { numRuns: Number(process.env.RUNS ?? sized(800, 4000)) },
  );
  if (process.env.SHOW) console.log({ agreed, refused }, differed);
  expect(agreed).toBeGreaterThan(sized(400, 2000));
});

/** No JSON, known now (`null?.a`, `1 / 0`), and kinds that do not fit: what was made as any value may be of a known kind. */
const REFUSED = ['DAG047', 'DAG048', 'DAG050', 'DAG053', 'DAG057'];

function translatedOrRefused(written: string): Translated | undefined {
  try {
    return translate(arrowOf(`() => ${written}`, captured));
  } catch (error) {
    const codes = error instanceof Stop ? error.diagnostics.map(({ code }) => code) : [];
    if (codes.length > 0 && codes.every((code) => REFUSED.includes(code))) return undefined;
    throw error;
  }
}

function isError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value;
}

function isSame(got: unknown, wanted: unknown): boolean {
  try {
    expect(normal(got)).toEqual(normal(wanted));
    return true;
  } catch {
    return false;
  }
}
