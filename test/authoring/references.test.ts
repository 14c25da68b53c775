import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Dag, env, param } from '../../authoring/index.ts';
import { guard, isReference, splitTokens, tokenOf } from '../../authoring/internal.ts';
import { Stop } from '../../diagnostics/index.ts';

const dag = new Dag('d', {
  env: { lake: env.bucket() },
  params: { limit: param.number({ default: 1 }), options: param.json<{ a: { b: string } }>() },
});
const codesOf = (use: () => unknown): string[] => {
  try {
    use();
    return [];
  } catch (error) {
    if (error instanceof Stop) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
};

describe('a token', () => {
  const target = fc.record({
    kind: fc.constantFrom('env' as const, 'param' as const, 'output' as const),
    path: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
  });

  test('comes back whole from any text around it', () => {
    const plain = fc.string().filter((s) => !/[\uFDD0\uFDD1]|%EF%B7%9|\\ufdd/i.test(s));
    fc.assert(
      fc.property(plain, target, plain, (before, t, after) => {
        const pieces = splitTokens(`${before}${tokenOf(t)}${after}`);
        expect(pieces).toEqual([
          ...(before ? [{ text: before }] : []),
          { target: t },
          ...(after ? [{ text: after }] : []),
        ]);
      }),
    );
  });

  test('that was cut, lower-cased, upper-cased or edited is broken', () => {
    fc.assert(
      fc.property(target, fc.nat(), (t, seed) => {
        const token = tokenOf(t);
        const at = 1 + (seed % (token.length - 2));
        const changed = [
          token.slice(0, at),
          token.slice(at),
          token.toLowerCase(),
          token.toUpperCase(),
          `${token.slice(0, at)}~${token.slice(at)}`,
        ];
        for (const text of changed)
          expect(splitTokens(text).some((piece) => 'broken' in piece || !('target' in piece))).toBe(true);
      }),
    );
  });
});

describe('a reference', () => {
  const lake = dag.env.lake as unknown as Record<string, never>;
  const limit = dag.params.limit as unknown as number;

  test.each<[string, () => unknown]>([
    ['addition', () => `${limit + 1}`],
    ['joining with +', () => 's3://' + (dag.env.lake as string)],
    ['comparison', () => limit > 1],
    ['Math', () => Math.max(limit, 2)],
    ['a method of texts', () => dag.env.lake.split('-')],
    ['length', () => dag.env.lake.length],
    ['spreading', () => [...(dag.env.lake as unknown as string[])]],
    ['writing', () => Object.assign(lake, { a: 1 })],
  ])('refuses %s', (_, use) => {
    expect(codesOf(use)).toEqual(['DAG010']);
  });

  test('refuses to be tested where the loader put a guard', () => {
    expect(codesOf(() => guard(dag.params.limit, 'a condition', 'dag.ts', 1, 1))).toEqual(['DAG010']);
    expect(guard(0, 'a condition', 'dag.ts', 1, 1)).toBe(0);
  });

  test('of text has no fields, one of JSON has them at any depth', () => {
    expect(codesOf(() => (lake as Record<string, unknown>).name)).toEqual(['DAG011']);
    expect(isReference(dag.params.options.a.b)).toBe(true);
  });

  test('that was not declared is refused, and does not become the text "undefined"', () => {
    expect(codesOf(() => (dag.env as unknown as Record<string, string>).lak)).toEqual(['DAG012']);
  });

  test('is what it refers to in text, in a list that is joined, and in JSON', () => {
    expect(splitTokens(`${dag.env.lake}`)).toEqual([{ target: { kind: 'env', path: ['lake'] } }]);
    expect(splitTokens([dag.env.lake, dag.params.limit].join('/'))).toHaveLength(3);
    expect(splitTokens(JSON.stringify({ limit }))[1]).toEqual({
      target: { kind: 'param', path: ['limit'], json: true },
    });
  });
});
