import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as jsonc from 'jsonc-parser';
import { locate, positions, ScanError, SyntaxKind } from '../../../asl/json/locate.ts';
import { readJson } from '../../../asl/json/read.ts';

describe('readJson', () => {
  it.each([
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{a:1}', 1],
    ["{'a':1}", 1],
    ['{"a":1} x', 8],
    ['// no', 0],
    ['{"a":"\n"}', 5],
    ['["\\x"]', 1],
    ['{"a":01}', 6],
    ['', 0],
    ['{"a":[1,2', 9],
    ['\uFEFF{}', 0],
  ])('%j is broken at %i', (text, offset) => {
    expect(readJson(text).faults.map((fault) => fault.offset)).toEqual([offset]);
  });

  it('finds a fault wherever JSON.parse does, and no other', () => {
    const almost = fc
      .json()
      .chain((text) => fc.nat(text.length).map((at) => text.slice(0, at) + ',' + text.slice(at + 1)));
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, fc.string()), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(readJson(text).value !== undefined).toBe(parses);
        expect(readJson(text).faults.every(({ offset }) => offset >= 0 && offset <= text.length)).toBe(true);
      }),
    );
  });

  it('says which key stands twice, in which object', () => {
    const { faults } = readJson('{"a":[0,{"b":1,"c":{},"b":2}],"d":{"a":1,"d":2}}');
    expect(faults).toEqual([{ offset: 22, key: 'b', path: '/a/1/b', detail: 'repeated' }]);
  });

  it('sees that an escaped key is the same key', () => {
    expect(readJson('{"a":1,"\\u0061":2}').faults).toMatchObject([{ key: 'a' }]);
  });

  it('reads what is nested 100,000 deep', () => {
    const deep = '{"a":['.repeat(50_000) + '1' + ']}'.repeat(50_000);
    expect(readJson(deep).faults).toEqual([]);
    expect(readJson(deep.slice(0, -1)).faults).toMatchObject([{ offset: deep.length - 1 }]);
  });

  it("has jsonc-parser's numbers", () => {
    const theirs = jsonc as unknown as {
      SyntaxKind: { [name: string]: number };
      ScanError: { [name: string]: number };
    };
    expect(theirs.SyntaxKind).toMatchObject(SyntaxKind);
    expect(theirs.ScanError).toMatchObject(ScanError);
  });
});

describe('locate', () => {
  it('finds keys and values', () => {
    const text = '{"a": {"b": [10, {"c": "x"}]}, "": 5, "a/b": 6}';
    const at = (pointer: string) => locate(text, [pointer]).get(pointer)!;
    expect(text.slice(at('/a/b/1/c').value)).toMatch(/^"x"/);
    expect(text.slice(at('/a/b/1/c').key)).toMatch(/^"c"/);
    expect(text.slice(at('/a/b/0').value)).toMatch(/^10/);
    expect(text.slice(at('/').value)).toMatch(/^5/);
    expect(text.slice(at('/a~1b').value)).toMatch(/^6/);
    expect(at('/a/b').container).toBe(true);
    expect(text.slice(at('/a/b/1/d/e').value)).toMatch(/^\{"c"/);
  });

  it('agrees with JSON.parse on every value of any document', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const pointers: [string, unknown][] = [];
        const walk = (value: unknown, pointer: string): void => {
          pointers.push([pointer, value]);
          if (typeof value === 'object' && value !== null)
            for (const [key, member] of Object.entries(value))
              walk(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        };
        walk(JSON.parse(text), '');
        const found = locate(
          text,
          pointers.map(([pointer]) => pointer),
        );
        for (const [pointer, value] of pointers) {
          const { value: offset } = found.get(pointer)!;
          const written = JSON.stringify(value);
          // fast-check writes JSON as JSON.stringify does.
          expect(text.slice(offset, offset + written.length)).toBe(written);
        }
      }),
    );
  });
});

describe('positions', () => {
  it('counts lines and columns from 1', () => {
    const position = positions('ab\n\ncd');
    expect([0, 1, 3, 4, 5].map(position)).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 3, column: 2 },
    ]);
  });
});
