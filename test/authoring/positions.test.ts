import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../asl/json/value.ts';
import { reference } from '../../authoring/reference.ts';
import { resolve } from '../../compiler/6-emit/resolve.ts';
import { Stop } from '../../diagnostics/index.ts';
import { sized } from '../sized.ts';
import { jsonataFor, resultOf, WORDS } from './expressions/translated.ts';

/** Lists of lists, objects in lists, and the items that JSONata would take apart: empty lists, lists of one, null. */
const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<Json>(null, 0, 1, 2.5, '', 'ab', false, true),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'B', 'of', 'true', 'x y'), tie('json')),
  ),
})).json;

type Path = readonly (string | number)[];

/** Every way to a value within a value, itself left out. */
function pathsIn(value: Json): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[key], ...pathsIn(inner).map((path) => [key, ...path])]);
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((v, key) => (v as { readonly [key: string]: unknown })[key], value);
const step = (key: string | number) => (typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`);

describe('an item of a list is what JavaScript reads', () => {
  const out = reference({ kind: 'output', path: ['d', 'task'] }, true);
  const p = reference({ kind: 'param', path: ['p'] }, true, undefined, {});

  test.each<[string, string, unknown, (value: Json) => { readonly [name: string]: Json }]>([
    ['an output', 'out', out, (value) => ({ task: value })],
    ['a param', 'p', p, (value) => ({ params: { p: value } })],
  ])('of %s, in an expression and outside of one', async (_, name, root, variables) => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(json, fc.nat(), async (value, pick) => {
        const paths = pathsIn(value);
        if (paths.length === 0) return;
        const path = paths[pick % paths.length] as Path;
        const source = `${name}${path.map(step).join('')}`;
        const inside = jsonataFor(`() => ${source}`, { [name]: root });
        expect(resolve(at(root, path), WORDS)).toBe(`{% ${inside} %}`);
        expect({ source, inside, got: await resultOf(inside, variables(value)) }).toEqual({
          source,
          inside,
          got: at(value, path),
        });
        read++;
      }),
      { numRuns: sized(1000, 20_000) },
    );
    expect(read).toBeGreaterThan(500);
  });
});

describe('what is no position', () => {
  const out = reference({ kind: 'output', path: ['d', 'task'] }, true) as { readonly list: Record<string, unknown> };

  test.each(['-1', '1.5', '1e+21', '4294967295', 'NaN', 'Infinity', 'undefined', 'null'])('%s is refused', (key) => {
    expect(codesOf(() => out.list[key])).toEqual(['DAG070']);
  });

  test('is refused in an expression as well', () => {
    for (const key of ['-1', '1.5', '4294967295'])
      expect(codesOf(() => jsonataFor(`() => out.list[${key}]`, { out }))).toEqual(['DAG056']);
  });

  test('a name that only begins with digits is a name', () => {
    expect(resolve(out.list['01'], WORDS)).toBe('{% $task.list.`01` %}');
    expect(resolve(out.list['2nd'], WORDS)).toBe('{% $task.list.`2nd` %}');
  });

  test('the length, a method and the items of a list are no references', () => {
    const list = out.list as unknown as unknown[];
    expect(codesOf(() => list.length)).toEqual(['DAG010']);
    expect(codesOf(() => list.at(-1))).toEqual(['DAG010']);
    expect(codesOf(() => [...list])).toEqual(['DAG010']);
  });
});

function codesOf(use: () => unknown): string[] {
  try {
    use();
    return [];
  } catch (error) {
    if (error instanceof Stop) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}
