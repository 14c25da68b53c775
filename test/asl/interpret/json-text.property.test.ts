import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTexts } from '../../../asl/interpret/json-text.ts';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { sized } from '../../sized.ts';

const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }) as fc.Arbitrary<Json>;
/** Values as an execution has them: each is made of some of those before it. */
const chains = fc.array(fc.tuple(json, fc.array(fc.nat(20), { maxLength: 4 }), fc.boolean()), { maxLength: 12 });

function valuesOf(chain: readonly (readonly [Json, readonly number[], boolean])[]): Json[] {
  const values: Json[] = [];
  for (const [own, parts, asList] of chain) {
    const taken = parts.map((part) => values[part % (values.length || 1)] ?? null);
    values.push(
      asList ? [...taken, own] : { ...(taken[0] as JsonObject), own, ...Object.fromEntries(taken.entries()) },
    );
  }
  return values;
}

describe('JSON texts of values that share parts', () => {
  it('are what JSON.stringify writes', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const textOf = createTexts();
        const values = valuesOf(chain);
        expect(values.map(textOf)).toEqual(values.map((value) => JSON.stringify(value)));
      }),
      { numRuns: sized(300, 20_000) },
    );
  });

  it.each([
    ['what is no JSON within', { a: undefined, b: [undefined, () => 1], c: Number.NaN, d: -0, e: 1e300 }],
    [
      'ways of its own to become JSON',
      { date: new Date(0), own: { toJSON: () => 'own' }, none: { toJSON: () => undefined } },
    ],
    ['halves of surrogate pairs, quotes and control characters', { '\ud800"': ['\udfff', '\u0000\n\\', '\u2028😀'] }],
    ['keys that are numbers', { b: 1, 2: 2, 1: 1 }],
    ['no prototype', Object.assign(Object.create(null), { a: 1 })],
    ['a prototype of its own', Object.assign(Object.create({ inherited: 1 }), { a: 1 })],
  ])('of objects with %s too', (_, value) => {
    const textOf = createTexts();
    const list = [value as unknown as Json, { within: value } as unknown as Json];
    for (const one of [...list, list]) expect(textOf(one)).toBe(JSON.stringify(one));
  });

  it('of values deeper than the stack of a reader in JavaScript', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 2_000; depth++) deep = { deep };
    expect(createTexts()(deep)).toBe(JSON.stringify(deep));
  });

  it('are forgotten in time, and made again', () => {
    const textOf = createTexts();
    const values = Array.from({ length: 10_000 }, (_, at) => ({ at, list: [{ at }] }));
    for (let round = 0; round < 2; round++)
      for (const value of values) expect(textOf(value)).toBe(JSON.stringify(value));
  });
});
