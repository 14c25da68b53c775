import type { Json } from '../../json.ts';
import { takeAt } from '../../take-at.ts';
import { type Path, parsePath } from './path.ts';

/** A call of an intrinsic function, or one of its arguments. */
export type Term =
  | { readonly kind: 'call'; readonly text: string; readonly name: string; readonly args: readonly Term[] }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'literal'; readonly value: Json };

const NAME = /\s*(States\.\w+)\s*\(/y;
const STRING = /\s*'((?:[^'\\]|\\.)*)'\s*/sy;
const SCALAR = /\s*(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|true|false|null)\s*/y;
const SCALARS: { readonly [word: string]: Json } = { true: true, false: false, null: null };

export function looksLikeCall(text: string): boolean {
  return /^\s*States\.\w+\s*\(/.test(text);
}

/** Reads `States.Format('{}', $.a)`. Throws a SyntaxError where it is no call. */
export function parseCall(text: string): Term {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = takeAt(text, at, pattern);
    at += found?.[0].length ?? 0;
    return found;
  };
  const fail = (): never => {
    throw new SyntaxError(`'${text}' is not a call of an intrinsic function: see position ${at}`);
  };
  function call(): Term {
    const start = at;
    const name = (take(NAME) ?? fail())[1] as string;
    const args: Term[] = [];
    take(/\s*/y);
    while (text[at] !== ')') {
      args.push(argument(name, args.length));
      if (text[at] === ',') at++;
      else if (text[at] !== ')') fail();
    }
    at++;
    take(/\s*/y);
    return { kind: 'call', text: text.slice(start, at).trim(), name, args };
  }
  function argument(name: string, index: number): Term {
    take(/\s*/y);
    if (text[at] === '$') return { kind: 'path', path: path() };
    if (text[at] === 'S') return call();
    const string = take(STRING)?.[1];
    if (string !== undefined) {
      // The template of States.Format tells its own braces from escaped ones.
      const template = name === 'States.Format' && index === 0;
      return { kind: 'literal', value: template ? string : string.replace(/\\(['\\{}])/g, '$1') };
    }
    const scalar = (take(SCALAR) ?? fail())[1] as string;
    return { kind: 'literal', value: scalar in SCALARS ? (SCALARS[scalar] as Json) : Number(scalar) };
  }
  function path(): Path {
    const start = at;
    let depth = 0;
    let quote = '';
    for (; at < text.length; at++) {
      const character = text[at] as string;
      if (quote !== '') {
        if (character === '\\') at++;
        else if (character === quote) quote = '';
      } else if (character === "'" || character === '"') quote = character;
      else if (character === '[' || character === '(') depth++;
      else if (character === ']' || (character === ')' && depth > 0)) depth--;
      else if (depth === 0 && (character === ',' || character === ')')) break;
    }
    return parsePath(text.slice(start, at).trim());
  }
  const whole = call();
  return at === text.length ? whole : fail();
}
