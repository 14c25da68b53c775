import { describe, expect, test } from '@jest/globals';
import { parseExpressionAt } from 'acorn';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { captureArrow, translate } from '../../../authoring/expressions/index.ts';
import { reference } from '../../../authoring/reference.ts';
import { Stop } from '../../../diagnostics/index.ts';
import { sized } from '../../sized.ts';
import { arrowOf, resultOf, textOf } from './translated.ts';

const out = reference({ kind: 'output', path: ['d', 'task'] }, true);

/** Words and signs of JavaScript, in any order: what parses is translated or refused, and never anything else. */
const WORDS = [
  ...['out', 'out.a', "'x'", '1', '`t${out}`', 'null', 'undefined', 'this', 'f', 'new ', 'void ', 'typeof ', 'delete '],
  ...['await ', 'yield ', 'async () => ', '() => ', 'function () {}', 'class {}', 'super', 'import.meta', '/x/g', '1n'],
  ...['(', ')', '[', ']', '{', '}', '...', ',', '?', ':', '?.', '.b', '[0]', '=', '++', '--', '`', '=>', ';'],
  ...[
    ' + ',
    ' - ',
    ' * ',
    ' ** ',
    ' === ',
    ' == ',
    ' < ',
    ' && ',
    ' || ',
    ' ?? ',
    ' in ',
    ' instanceof ',
    ' & ',
    '!',
    '~',
  ],
];

function isArrow(source: string): boolean {
  try {
    const { type, end } = parseExpressionAt(source, 0, { ecmaVersion: 'latest' });
    return type === 'ArrowFunctionExpression' && end === source.length;
  } catch {
    return false;
  }
}

describe('hostile sources', () => {
  test('are translated to JSONata that parses, or refused at a place', () => {
    let translated = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 7 }), (words) => {
        const source = `() => ${words.join('')}`;
        if (!isArrow(source)) return;
        try {
          jsonata(textOf(translate(arrowOf(source, { out, f: () => 1 }))));
          translated++;
        } catch (error) {
          if (!(error instanceof Stop)) throw new Error(`${source}: ${JSON.stringify(error)} ${error}`);
          expect(error.diagnostics.length).toBeGreaterThan(0);
          expect(error.diagnostics.every(({ place }) => place !== undefined)).toBe(true);
          refused++;
        }
      }),
      { numRuns: sized(6000, 20_000) },
    );
    expect(translated).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });

  test('any text is the same text there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (text, key) => {
        fc.pre(!/[\uFDD0\uFDD1]|%EF%B7%9|\\ufdd/i.test(text + key) && key !== '__proto__');
        const jsonata = textOf(
          translate(arrowOf('() => ({ text, nested: { [key]: [text, `${out.x}${text}`] } })', { out, text, key })),
        );
        expect(jsonata).not.toMatch(/\$\{|%\}|\{%/);
        const value = (await resultOf(jsonata, { task: { x: 'x' } })) as Record<string, never>;
        expect(value).toEqual(
          JSON.parse(JSON.stringify({ text, nested: Object.fromEntries([[key, [text, `x${text}`]]]) })),
        );
      }),
    );
  });

  test('any field is read by its name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (key) => {
        fc.pre(!/[\uFDD0\uFDD1]|%EF%B7%9|\\ufdd/i.test(key) && key !== 'length' && key !== '__proto__');
        const jsonata = textOf(translate(arrowOf('() => out.a[key]', { out, key })));
        expect(await resultOf(jsonata, { task: { a: { [key]: 1 } } })).toBe(1);
      }),
    );
  });

  test.each<[string, string]>([
    ['a tower of brackets', `() => ${'('.repeat(300)}out${')'.repeat(300)}`],
    ['a chain of ??', `() => ${'out.a ?? '.repeat(150)}1`],
    ['a sum', `() => ${'out.a - '.repeat(300)}1`],
  ])('%s', (_, source) => {
    const text = textOf(translate(arrowOf(source, { out })));
    expect(text.length).toBeLessThan(source.length * 4);
    expect(() => jsonata(text)).not.toThrow();
  });

  test('what is nested too deep is refused', () => {
    expect(() => translate(arrowOf(`() => ${'!-'.repeat(2000)}out.a`, { out }))).toThrow(/^DAG042 .*nested 400 deep/);
  });

  test('captured values that are no JSON, hold themselves or throw are refused', () => {
    const itself: unknown[] = [];
    itself.push(itself);
    const throws = Object.defineProperty({}, 'x', {
      get: () => {
        throw new Error('no');
      },
    });
    const codeOf = (source: string, captured: object): string => {
      try {
        return textOf(translate(arrowOf(source, { out, ...captured })));
      } catch (error) {
        return (error as Stop).diagnostics.map(({ code }) => code).join();
      }
    };
    expect(codeOf('() => x', { x: itself })).toBe('DAG050');
    expect(codeOf('() => x.x', { x: throws })).toBe('DAG051');
    for (const x of [1n, Symbol('x'), () => 1, new Map(), /x/, Number.NaN, Infinity])
      expect(codeOf('() => [out, x]', { x })).toBe('DAG050');
    expect(codeOf('() => x.y.z', { x: {} })).toBe('DAG051');
    expect(codeOf('() => [out, x.constructor]', { x: {} })).toBe('DAG050');
  });

  test('an arrow is captured as it is, whatever its properties say', () => {
    const arrow = Object.assign(() => out, { toString: () => '() => 1' });
    expect(textOf(translate(captureArrow(arrow)))).toBe('$task');
  });
});
