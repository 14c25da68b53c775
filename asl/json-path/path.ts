import { takeAt } from '../patterns.ts';
import { remembered } from '../remembered.ts';
import { type Filter, parseFilter } from './filter.ts';

/** A step of a path. With `deep` it applies to all descendants (`..`). */
export type Step = { readonly deep: boolean } & (
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  /** What AWS's parser lets pass and nothing here evaluates: a function such as `length()`, a script, an odd filter. */
  | { readonly kind: 'unknown'; readonly position: number }
);

export interface Path {
  readonly text: string;
  /** `$`, `$$` (the context object) or the name of a variable. */
  readonly root: '$' | '$$' | { readonly variable: string };
  readonly steps: readonly Step[];
  /** It leads to one place at most; the others answer a list of all that they find. */
  readonly definite: boolean;
}

const VARIABLE = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
/** A name; with `()` one that leads nowhere: the service takes a path with a function of Jayway's library, and finds nothing by it. */
const CHILD = /[^\s.[\]()'",]+(?:\(\))?/y;
const QUOTED = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*/y;
const INTEGER = /\s*(-?\d+)\s*/y;
const SLICE = /\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?(?=\])/y;
const STAR = /\s*\*\s*/y;
const BLANKS = /\s*/y;

/** `.length()` and its like. */
const CALL = /\([^()]*\)/y;

const LONGEST_KNOWN = 1_000;

/** A JSONPath that can be evaluated. Throws a SyntaxError where it is none. */
export function parsePath(text: string): Path {
  const path = readPath(text);
  const unknown = path.steps.find((step) => step.kind === 'unknown');
  if (unknown === undefined) return path;
  throw failure(text, 'this step is not evaluated', unknown.position);
}

/**
 * Reads a JSONPath as Step Functions has it when a machine is made; made once a text. Throws a PathSyntaxError where it is none.
 * Own code, because the libraries for JavaScript evaluate filters as JavaScript and do not distinguish a path that leads to one place from
 * one that answers a list, on which the service's answers (it uses Jayway's library) depend.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export const readPath: (text: string) => Path = remembered(parse, { longest: LONGEST_KNOWN });

/** Blanks around a path are taken, as the service's library takes them; other white space is not. */
function parse(text: string): Path {
  let start = 0;
  let end = text.length;
  while (text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  if (end - start === text.length) return parseBare(text);
  try {
    return { ...parseBare(text.slice(start, end)), text };
  } catch (error) {
    if (error instanceof PathSyntaxError) throw failure(text, error.detail, error.position + start);
    throw error;
  }
}

function parseBare(text: string): Path {
  const reader = new PathReader(text);
  const root = reader.root();
  const steps: Step[] = [];
  while (!reader.done) steps.push(reader.step());
  return { text, root, steps, definite: steps.every(isDefinite) };
}

/** Whether a step leads to one place at most. */
export function isDefinite(step: Step): boolean {
  if (step.deep) return false;
  return (step.kind === 'names' && step.names.length === 1) || (step.kind === 'indices' && step.indices.length === 1);
}

class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  root(): Path['root'] {
    if (this.#text[0] !== '$') this.#fail('a JSONPath begins with $');
    this.#at = 1;
    if (this.#text[1] === '$') {
      this.#at = 2;
      return '$$';
    }
    const variable = this.#take(VARIABLE)?.[0];
    return variable === undefined ? '$' : { variable };
  }

  step(): Step {
    if (this.#text[this.#at] === '[') return this.#bracket(false);
    if (this.#text[this.#at] !== '.')
      this.#fail(`a step begins with . or [, not with ${JSON.stringify(this.#text[this.#at])}`);
    const deep = this.#text[this.#at + 1] === '.';
    this.#at += deep ? 2 : 1;
    if (this.#text[this.#at] === '[') return this.#bracket(deep);
    if (this.#text[this.#at] === '*') {
      this.#at++;
      return { kind: 'all', deep };
    }
    const start = this.#at;
    const name = this.#take(CHILD)?.[0];
    if (name === undefined) this.#fail(this.done ? 'it ends with a dot' : 'a name is missing after the dot');
    if (this.#text[this.#at] !== '(') return { kind: 'names', names: [name], deep };
    if (this.#take(CALL) === undefined) this.#fail('a ( is not closed');
    return { kind: 'unknown', position: start, deep };
  }

  #bracket(deep: boolean): Step {
    const open = this.#at++;
    const step = this.#inside(deep);
    if (step !== undefined && this.#text[this.#at] === ']') {
      this.#at++;
      return step;
    }
    const end = closingBracket(this.#text, open);
    if (end === undefined) this.#fail('a [ is not closed', open);
    // A filter or a script that AWS's library may know.
    if (!/^\s*\??\(.*\)\s*$/s.test(this.#text.slice(open + 1, end)))
      this.#fail(`${this.#text.slice(open, end + 1)} is not a step of a JSONPath`, open);
    this.#at = end + 1;
    return { kind: 'unknown', position: open, deep };
  }

  /** What stands between brackets, up to the closing one. */
  #inside(deep: boolean): Step | undefined {
    if (this.#take(STAR) !== undefined) return { kind: 'all', deep };
    if (this.#text[this.#at] === '?') return this.#filter(deep);
    const slice = this.#take(SLICE);
    if (slice !== undefined) {
      const [from, to, by] = slice.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
      return { kind: 'slice', from, to, by: by ?? 1, deep };
    }
    const names = this.#list(QUOTED, ([, single, double]) =>
      single === undefined ? (double as string).replaceAll('\\"', '"') : single.replaceAll("\\'", "'"),
    );
    if (names.length > 0) return { kind: 'names', names, deep };
    const indices = this.#list(INTEGER, (found) => Number(found[1]));
    return indices.length === 0 ? undefined : { kind: 'indices', indices, deep };
  }

  #filter(deep: boolean): Step | undefined {
    try {
      const { filter, end } = parseFilter(this.#text, this.#at + 1);
      this.#at = end;
      this.#take(BLANKS);
      return { kind: 'filter', filter, deep };
    } catch (error) {
      // Parentheses by the ten thousand overflow the reader's stack.
      if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  #list<T>(pattern: RegExp, value: (found: RegExpExecArray) => T): T[] {
    const values: T[] = [];
    for (let found = this.#take(pattern); found !== undefined; found = this.#take(pattern)) {
      values.push(value(found));
      if (this.#text[this.#at] !== ',') break;
      this.#at++;
    }
    return values;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = takeAt(this.#text, this.#at, pattern);
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #fail(detail: string, position = this.#at): never {
    throw failure(this.#text, detail, position);
  }
}

function failure(text: string, detail: string, position: number): PathSyntaxError {
  return new PathSyntaxError(`'${text}' is not a JSONPath: see position ${position}`, detail, position);
}

/** Why a text is no JSONPath, or no call of an intrinsic function: `detail` ends a sentence, `position` is where in the text. */
export class PathSyntaxError extends SyntaxError {
  readonly detail: string;
  readonly position: number;

  constructor(message: string, detail: string, position: number) {
    super(message);
    this.detail = detail;
    this.position = position;
  }
}

/** The bracket that closes the one at `open`; brackets within quotes do not count. */
export function closingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text[i];
    if (c === "'" || c === '"') {
      const end = closingQuote(text, i);
      if (end === undefined) return undefined;
      i = end;
    } else if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i;
  }
  return undefined;
}

function closingQuote(text: string, open: number): number | undefined {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === text[open]) return i;
  }
  return undefined;
}
