import type { Json } from '../../json/value.ts';
import { takeAt } from '../../patterns.ts';
import type { DialectFunction } from '../dialect.ts';

/** `$parse(text)`: the JSON value that the text holds. */
export const parse: DialectFunction = {
  signature: '<s-:x>',
  call: (_, text?: string) => (text === undefined ? undefined : parseJson(text)),
};

const ESCAPES: { readonly [letter: string]: string } = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
};
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const WORDS: { readonly [word: string]: Json } = { true: true, false: false, null: null };
const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^'"\\\u0000-\u001f]+/y;
const DEEPEST = 1000;

/**
 * JSON as `$parse` reads it: strings may stand in single quotes; a repeated key, NaN, Infinity and a number beyond a double are
 * refused. JSON.parse, which is stricter in the first point and laxer in the others, cannot be configured so.
 */
function parseJson(text: string): Json {
  let at = 0;
  let depth = 0;

  function fail(): never {
    throw new Error(
      `The argument of the parse function is not JSON: unexpected ${at < text.length ? `character '${text[at]}' at position ${at}` : 'end'}`,
    );
  }
  function take(pattern: RegExp): string | undefined {
    const found = takeAt(text, at, pattern)?.[0];
    at += found?.length ?? 0;
    return found;
  }
  function expect(character: string): void {
    take(SPACE);
    if (text[at] !== character) fail();
    at++;
  }
  function next(): string | undefined {
    take(SPACE);
    return text[at];
  }
  function value(): Json {
    if (depth++ > DEEPEST) throw new Error('The argument of the parse function is nested too deeply');
    const first = next();
    const result =
      first === '{' ? object() : first === '[' ? array() : first === '"' || first === "'" ? string() : scalar();
    depth--;
    return result;
  }
  function scalar(): Json {
    const word = take(WORD);
    if (word !== undefined) return WORDS[word] as Json;
    const digits = take(NUMBER);
    if (digits === undefined) fail();
    const number = Number(digits);
    if (!Number.isFinite(number))
      throw new Error(`The argument of the parse function has a number out of range: ${digits}`);
    return number;
  }
  function string(): string {
    const quote = text[at++] as string;
    let result = '';
    for (;;) {
      result += take(PLAIN) ?? '';
      const character = text[at];
      if (character === undefined || character < ' ') fail();
      at++;
      if (character === quote) return result;
      if (character !== '\\') {
        result += character;
        continue;
      }
      const letter = text[at++];
      if (letter === 'u') {
        const code = /^[0-9A-Fa-f]{4}/.exec(text.slice(at, at + 4))?.[0];
        if (code === undefined) fail();
        at += 4;
        result += String.fromCharCode(Number.parseInt(code, 16));
      } else {
        const plain = letter === undefined ? undefined : ESCAPES[letter];
        if (plain === undefined) fail();
        result += plain;
      }
    }
  }
  function array(): Json {
    at++;
    const items: Json[] = [];
    if (next() === ']') {
      at++;
      return items;
    }
    for (;;) {
      items.push(value());
      if (next() === ']') {
        at++;
        return items;
      }
      expect(',');
    }
  }
  function object(): Json {
    at++;
    const members = new Map<string, Json>();
    if (next() !== '}') {
      for (;;) {
        const quote = next();
        if (quote !== '"' && quote !== "'") fail();
        const key = string();
        if (members.has(key)) throw new Error(`The argument of the parse function repeats the key "${key}"`);
        expect(':');
        members.set(key, value());
        if (next() === '}') break;
        expect(',');
      }
    }
    at++;
    return Object.fromEntries(members);
  }

  const result = value();
  if (next() !== undefined) fail();
  return result;
}
