import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import { maybe } from '../../authoring/index.ts';
import { isMaybe, splitTokens } from '../../authoring/internal.ts';
import { reference } from '../../authoring/reference.ts';
import { Stop } from '../../diagnostics/index.ts';
import { jsonataFor, resultOf } from './expressions/translated.ts';

interface Out {
  readonly n: number;
  readonly s: string;
  readonly o: { readonly k: string };
  readonly list: readonly { readonly k: string }[];
}
const out = reference({ kind: 'output', path: ['d', 'task'] }, true) as Out;
const kept = maybe(out.n);
const captured = { out, maybe, kept, whole: maybe(out) };

const FULL: Json = { n: 5, s: 'a', o: { k: 'v' }, list: [{ k: 'first' }] };
const ANSWERS: readonly (Json | undefined)[] = [undefined, {}, FULL, { n: 0, s: '', o: { k: '' }, list: [] }];

/** What JavaScript gives where a task that did not run has no answer. */
function plain(source: string, answer: Json | undefined): unknown {
  const read = source.replaceAll(
    /maybe\(out((?:\.\w+|\[\d+\])*)\)/g,
    (_, path: string) => `out${path.replaceAll('.', '?.').replaceAll('[', '?.[')}`,
  );
  return new Function('out', 'kept', 'whole', `return ${read}`)(
    answer,
    (answer as Partial<Out> | undefined)?.n,
    answer,
  );
}

describe('an expression over what may be missing gives what JavaScript gives', () => {
  test.each([
    "maybe(out.n) ?? 'none'",
    "maybe(out.o.k) ?? 'none'",
    "maybe(out.list[0].k) ?? 'none'",
    "maybe(out)?.n ?? 'none'",
    "maybe(out.o)?.k ?? 'none'",
    "maybe(out.list)?.[0]?.k ?? 'none'",
    "kept ?? 'none'",
    "whole?.s ?? 'none'",
    "maybe(out.n) === undefined ? 'none' : out.n * 2",
    "maybe(out.n) !== undefined ? out.n * 2 : 'none'",
    "maybe(out.n) != null ? `${out.n}` : 'none'",
    'maybe(out.n) == null',
    'maybe(out.n) === 5',
    'maybe(out.n) !== 5',
    "maybe(out.s) === 'a' && maybe(out.n) === 5",
    "maybe(out.n) ? 'some' : 'none'",
    '!maybe(out.n)',
    'Boolean(maybe(out.s))',
    "maybe(out.s) || 'none'",
    '(maybe(out.n) ?? 0) > 3',
    'maybe(out.n) > 3',
    '!(maybe(out.n) > 3)',
    'kept !== undefined && kept > 3',
    'kept === undefined || kept > 3',
    "`is ${maybe(out.s) ?? 'none'}`",
    '`is ${maybe(out.n) === 5}`',
    '[maybe(out.n) ?? 0, 1]',
    '({ a: maybe(out.n) })',
    "maybe(out.n) ?? maybe(out.s) ?? 'none'",
    "maybe(out.n) === undefined ? 'none' : maybe(out.n) * 2",
  ])('%s', async (source) => {
    const jsonata = jsonataFor(`() => ${source}`, captured);
    for (const answer of ANSWERS) {
      const wanted = plain(source, answer);
      const got = await resultOf(jsonata, answer === undefined ? {} : { task: answer });
      expect({ jsonata, answer, got: JSON.stringify(got) }).toEqual({ jsonata, answer, got: JSON.stringify(wanted) });
    }
  });

  test.each([
    ['a sum', 'maybe(out.n) + 1'],
    ['a template', '`is ${maybe(out.s)}`'],
    ['an item', '[maybe(out.n)]'],
    ['a conversion', 'String(maybe(out.n))'],
    ['a search', "maybe(out.s).includes('a')"],
    ['a product', '-kept'],
    ['only where the other side is there', 'maybe(out.s) !== undefined ? maybe(out.n) + 1 : 0'],
    ['where it is known to be missing', 'maybe(out.n) === undefined ? maybe(out.n) + 1 : 0'],
  ])('and refuses %s', (_, source) => {
    expect(codesOf(() => jsonataFor(`() => ${source}`, captured))).toEqual(['DAG071']);
  });
});

describe('what may be missing', () => {
  test('is refused outside of an expression, where it becomes text', () => {
    expect(codesOf(() => `${kept}`)).toEqual(['DAG071']);
    expect(codesOf(() => JSON.stringify({ kept }))).toEqual(['DAG071']);
    expect(codesOf(() => `${maybe(out)?.s}`)).toEqual(['DAG071']);
    expect(isMaybe(kept)).toBe(true);
    expect(isMaybe(out.n)).toBe(false);
  });

  test('of a value that is known is the value', () => {
    expect(maybe('text')).toBe('text');
    expect(splitTokens(`${out.s}`)).toHaveLength(1);
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
