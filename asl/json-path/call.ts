import type { Json } from '../json/value.ts';
import { takeAt } from '../patterns.ts';
import { closingBracket, type Path, PathSyntaxError, parsePath, readPath } from './path.ts';

/** A call of an intrinsic function, or one of its arguments. `at`: where it begins in the text. */
export type Term = Call | { readonly kind: 'path'; readonly path: Path; readonly at: number } | Literal;
export interface Call {
  readonly kind: 'call';
  readonly text: string;
  readonly name: string;
  readonly args: readonly Term[];
  readonly at: number;
}
interface Literal {
  readonly kind: 'literal';
  readonly value: Json;
  readonly at: number;
}

/** AWS: at most ten intrinsic functions within each other. */
const MAX_NESTING = 10;
const NAME = /States\.[A-Za-z0-9]*/y;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const BLANKS = /\s*/y;
const WORDS: { readonly [word: string]: Json } = { true: true, false: false, null: null };

export function looksLikeCall(text: string): boolean {
  return /^\s*States\.\w+\s*\(/.test(text);
}

/** A call that can be evaluated. Throws a SyntaxError where it is none. */
export function parseCall(text: string): Call {
  return new CallReader(text, parsePath).whole();
}

/** Reads `States.Format('{}', $.a)` as AWS does when a machine is made; whether the function exists is not checked. Throws a PathSyntaxError. */
export function readCall(text: string): Call {
  return new CallReader(text, readPath).whole();
}

class CallReader {
  readonly #text: string;
  readonly #path: (text: string) => Path;
  #at = 0;

  constructor(text: string, path: (text: string) => Path) {
    this.#text = text;
    this.#path = path;
  }

  whole(): Call {
    const call = this.#call(1);
    if (this.#at < this.#text.trimEnd().length) this.#fail('something stands after the call');
    return call;
  }

  /** Recursion ends at the nesting that AWS allows. */
  #call(depth: number): Call {
    const at = this.#at;
    const name = this.#take(NAME);
    if (name === undefined) this.#fail('an intrinsic function begins with "States."');
    if (depth > MAX_NESTING) this.#fail(`more than ${MAX_NESTING} functions stand within each other`, at);
    if (this.#text[this.#at] !== '(') this.#fail(`after ${name} comes (`);
    this.#at++;
    const args = this.#arguments(name, depth);
    return { kind: 'call', text: this.#text.slice(at, this.#at), name, args, at };
  }

  #arguments(name: string, depth: number): Term[] {
    const args: Term[] = [];
    this.#take(BLANKS);
    if (this.#text[this.#at] === ')') {
      this.#at++;
      return args;
    }
    for (;;) {
      this.#take(BLANKS);
      args.push(this.#argument(name, args.length, depth));
      this.#take(BLANKS);
      const c = this.#text[this.#at];
      if (c !== ',' && c !== ')') this.#fail('after an argument comes , or )');
      this.#at++;
      if (c === ')') return args;
    }
  }

  #argument(name: string, index: number, depth: number): Term {
    const at = this.#at;
    const c = this.#text[at];
    if (c === '$') return { kind: 'path', path: this.#pathArgument(), at };
    if (c === 'S') return this.#call(depth + 1);
    if (c === "'") {
      const raw = this.#string();
      // The template of States.Format tells its own braces from escaped ones.
      const template = name === 'States.Format' && index === 0;
      return { kind: 'literal', value: template ? raw : raw.replace(/\\(['\\{}])/g, '$1'), at };
    }
    const number = this.#take(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number), at };
    const word = this.#take(WORD);
    if (word === undefined)
      this.#fail('an argument is a path, a number, a text in single quotes, true, false, null or a function');
    return { kind: 'literal', value: WORDS[word] as Json, at };
  }

  /** What stands between the quotes, its escapes kept. AWS knows \' \\ \{ and \} and no other. */
  #string(): string {
    const start = this.#at++;
    for (; this.#text[this.#at] !== "'"; this.#at++) {
      if (this.#at >= this.#text.length) this.#fail('a text in single quotes does not end', start);
      if (this.#text[this.#at] !== '\\') continue;
      this.#at++;
      const escaped = this.#text[this.#at] ?? '';
      if (escaped === '' || !"'\\{}".includes(escaped))
        this.#fail(`the escape \\${escaped} does not exist in an intrinsic function`, this.#at - 1);
    }
    return this.#text.slice(start + 1, this.#at++);
  }

  #pathArgument(): Path {
    const start = this.#at;
    let end = start;
    for (; end < this.#text.length && !',)'.includes(this.#text[end]!); end++)
      if (this.#text[end] === '[') {
        const close = closingBracket(this.#text, end);
        if (close === undefined) this.#fail('a [ is not closed', end);
        end = close;
      } else if (this.#text[end] === '(') end = Math.max(end, this.#text.indexOf(')', end));
    const path = this.#text.slice(start, end).trimEnd();
    this.#at = end;
    try {
      return this.#path(path);
    } catch (error) {
      if (error instanceof PathSyntaxError) this.#fail(`${path}: ${error.detail}`, start + error.position);
      throw error;
    }
  }

  #take(pattern: RegExp): string | undefined {
    const found = takeAt(this.#text, this.#at, pattern)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(detail: string, position = this.#at): never {
    const message = `'${this.#text}' is not a call of an intrinsic function: see position ${position}`;
    throw new PathSyntaxError(message, detail, position);
  }
}
