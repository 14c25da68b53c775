import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { sized, testOfAll } from '../../sized.ts';
import { CASES } from './cases.ts';

const codes = (text: string): string[] => [...new Set(validate(text).map(({ code }) => code))];

describe('the validator survives', () => {
  testOfAll('definitions nested 10,000 deep', () => {
    const depth = 10_000;
    const open = Array.from(
      { length: depth },
      (_, i) => `{"StartAt":"${i}","States":{"${i}":{"Type":"Parallel","End":true,"Branches":[`,
    );
    const text = `${open.join('')}{"StartAt":"x","States":{"x":{"Type":"Succeed"}}}${']}}}'.repeat(depth)}`;
    expect(codes(text)).toEqual([]);
  });

  testOfAll('payloads, choice rules and expressions nested 10,000 deep', () => {
    const deep = '{"a":'.repeat(10_000) + '"$.x"' + '}'.repeat(10_000);
    expect(codes(`{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":${deep},"End":true}}}`)).toEqual(['ASL050']);
    const rule = '{"Not":'.repeat(10_000) + '{"Variable":"$.a","IsNull":true}' + '}'.repeat(10_000);
    const choice = rule.replace('{', '{"Next":"A",');
    expect(
      codes(`{"StartAt":"C","States":{"C":{"Type":"Choice","Choices":[${choice}]},"A":{"Type":"Succeed"}}}`),
    ).toEqual([]);
    const expression = `{% ${'('.repeat(20_000)}1${')'.repeat(20_000)} %}`;
    expect(
      codes(
        JSON.stringify({
          QueryLanguage: 'JSONata',
          StartAt: 'A',
          States: { A: { Type: 'Succeed', Output: expression } },
        }),
      ),
    ).toEqual(['ASL041']);
  });

  it('10,000 states with 1,000 variables in a circle', () => {
    const states: { [name: string]: Json } = {};
    for (let i = 0; i < 6_000; i++)
      states[i] = { Type: 'Pass', Next: String(i + 1), Assign: { [`v${i % 1_000}`]: `{% $v${(i + 999) % 1_000} %}` } };
    states[6_000] = { Type: 'Choice', Choices: [{ Condition: '{% $v1 = 2 %}', Next: '0' }], Default: 'end' };
    states.end = { Type: 'Succeed' };
    expect(codes(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: '0', States: states }))).toEqual(['ASL063']);
  });

  it('10,000 states that all go to states that do not exist', () => {
    const states = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`state ${i}`, { Type: 'Pass', Next: `stage ${i}` }]),
    );
    const findings = validate(JSON.stringify({ StartAt: 'state 0', States: states }));
    expect(findings).toHaveLength(1_001);
    expect(findings[0]).toMatchObject({ code: 'ASL004', severity: 'warning' });
  });

  it('keys that stand twice, by the thousand', () => {
    const twice = Array.from({ length: 20_000 }, (_, i) => `"k${i}":1,"k${i}":2`).join();
    expect(validate(`{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{${twice}},"End":true}}}`)).toHaveLength(
      1_000,
    );
  });

  it('warnings by the thousand, and still sees the error behind them', () => {
    const warned = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`k${i}`, '$.x']));
    const states = {
      A: { Type: 'Pass', Parameters: warned, Next: 'B' },
      B: { Type: 'Pass', End: true, Parameters: { 'a.$': 'x' } },
    };
    const findings = validate(JSON.stringify({ StartAt: 'A', States: states }));
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'ASL048' }]);
  });

  it('a text far over the limit, without reading it', () => {
    expect(codes('['.repeat(20_000_000))).toEqual(['ASL003']);
  });

  it('any JSON, and any JSON in place of any part of a definition', () => {
    const definitions = CASES.flatMap(({ definition }) => (typeof definition === 'object' ? [definition] : [])).filter(
      (definition) => JSON.stringify(definition).length < 5_000,
    );
    const mutated = fc
      .tuple(fc.constantFrom(...definitions), fc.nat(), fc.jsonValue())
      .map(([definition, at, value]) => replaceAt(definition, at, value as Json));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue() as fc.Arbitrary<Json>, mutated), (value) => {
        for (const express of [false, true])
          for (const { line, column, message, remedy } of validate(JSON.stringify(value), { express })) {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
            expect(`${message}${remedy}`).not.toMatch(/undefined|\[object|NaN/);
          }
      }),
      { numRuns: sized(300, 2_000), seed: 7 },
    );
  });

  it('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => validate(text)).not.toThrow();
      }),
    );
  });

  it('any expression, path and call', () => {
    const piece = fc.constantFrom(
      '$',
      'a',
      '.',
      '[',
      ']',
      '(',
      ')',
      "'",
      '"',
      '{',
      '}',
      '?',
      ':',
      '??',
      '@',
      '*',
      '..',
      'States.Format',
      ',',
      '1',
      '\\',
      ' ',
      '{%',
      '%}',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const states: JsonObject = {
          A: { Type: 'Pass', InputPath: a, Parameters: { 'x.$': b, 'y.$': `States.Format(${a}, ${b})` }, Next: 'B' },
          B: { Type: 'Pass', QueryLanguage: 'JSONata', Output: { a: `{% ${a} %}`, b: `{% ${b}` }, End: true },
        };
        expect(() => validate(JSON.stringify({ StartAt: 'A', States: states }))).not.toThrow();
      }),
      { numRuns: sized(300, 2_000), seed: 7 },
    );
  });
});

/** The definition with another value in place of one of its parts. */
function replaceAt(root: Json, at: number, value: Json): Json {
  const parts: (readonly (string | number)[])[] = [];
  const collect = (part: Json, path: readonly (string | number)[]): void => {
    parts.push(path);
    if (typeof part === 'object' && part !== null)
      for (const [key, member] of Object.entries(part)) collect(member as Json, [...path, key]);
  };
  collect(root, []);
  const path = parts[at % parts.length]!;
  const copy = structuredClone(root) as { [key: string]: Json };
  if (path.length === 0) return value;
  const parent = path
    .slice(0, -1)
    .reduce<{ [key: string]: Json }>((here, key) => here[key] as { [key: string]: Json }, copy);
  parent[path.at(-1)!] = value;
  return copy;
}
