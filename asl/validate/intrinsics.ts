import { takeAt } from '../take-at.ts';
import { closest } from './closest.ts';
import { type Argument, argumentFault, resultOf } from './intrinsic-arguments.ts';
import { closingBracket, type PathFault, type PathVariable, parsePath } from './jsonpath.ts';

interface Intrinsic {
  readonly least: number;
  readonly most: number;
  /** It gives a string, as ErrorPath and CausePath need. */
  readonly text?: true;
}

/**
 * The intrinsic functions and how many arguments they take.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const INTRINSICS: { readonly [name: string]: Intrinsic } = {
  'States.Format': { least: 1, most: Number.POSITIVE_INFINITY, text: true },
  'States.StringToJson': { least: 1, most: 1 },
  'States.JsonToString': { least: 1, most: 1, text: true },
  'States.Array': { least: 0, most: Number.POSITIVE_INFINITY },
  'States.ArrayPartition': { least: 2, most: 2 },
  'States.ArrayContains': { least: 2, most: 2 },
  'States.ArrayRange': { least: 3, most: 3 },
  'States.ArrayGetItem': { least: 2, most: 2, text: true },
  'States.ArrayLength': { least: 1, most: 1 },
  'States.ArrayUnique': { least: 1, most: 1 },
  'States.Base64Encode': { least: 1, most: 1, text: true },
  'States.Base64Decode': { least: 1, most: 1, text: true },
  'States.Hash': { least: 2, most: 2, text: true },
  'States.JsonMerge': { least: 3, most: 3 },
  'States.MathRandom': { least: 2, most: 3 },
  'States.MathAdd': { least: 2, most: 2 },
  'States.StringSplit': { least: 2, most: 2 },
  'States.UUID': { least: 0, most: 0, text: true },
};

export interface ParsedIntrinsic {
  readonly name?: string;
  readonly fault?: PathFault;
  /** A wrong number of arguments: AWS may find out only when it runs. */
  readonly arity?: PathFault;
  /** Literal arguments that the function cannot take: AWS finds out only when it runs. */
  readonly literal?: PathFault;
  readonly variables: readonly PathVariable[];
}

/** AWS: at most ten intrinsic functions within each other. */
const MAX_NESTING = 10;
const NAME = /States\.[A-Za-z0-9]*/y;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

export function looksLikeIntrinsic(text: string): boolean {
  return /^\s*States\.\w+\s*\(/.test(text);
}

class Broken extends Error {
  readonly position: number;
  constructor(detail: string, position: number) {
    super(detail);
    this.position = position;
  }
}

/** Checks a call such as `States.Format('{}', $.a)`. */
export function parseIntrinsic(text: string): ParsedIntrinsic {
  const reader = new Reader(text);
  try {
    const name = reader.call(1);
    if (reader.at < text.trimEnd().length) throw new Broken('something stands after the call', reader.at);
    const { arity, literal, variables } = reader;
    return { name, variables, ...(arity !== undefined && { arity }), ...(literal !== undefined && { literal }) };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { fault: { detail: error.message, position: error.position }, variables: reader.variables };
  }
}

class Reader {
  readonly text: string;
  at = 0;
  arity: PathFault | undefined;
  literal: PathFault | undefined;
  readonly variables: PathVariable[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** Recursion ends at the nesting that AWS allows. */
  call(depth: number): string {
    const start = this.at;
    const name = this.take(NAME);
    if (name === undefined) throw new Broken('an intrinsic function begins with "States."', start);
    const known = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
    if (known === undefined) {
      const near = closest(name, Object.keys(INTRINSICS));
      throw new Broken(
        `there is no intrinsic function ${name}` + (near === undefined ? '' : ` (did you mean ${near}?)`),
        start,
      );
    }
    if (depth > MAX_NESTING) throw new Broken(`more than ${MAX_NESTING} functions stand within each other`, start);
    this.expect('(', `after ${name} comes (`);
    const places: number[] = [];
    const args = this.list(depth, places);
    const count = args.length;
    if (count < known.least || count > known.most) {
      const wanted = known.least === known.most ? `${known.least}` : `at least ${known.least}`;
      this.arity ??= {
        detail: `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${count}`,
        position: start,
      };
    } else {
      const fault = argumentFault(name, args);
      if (fault !== undefined) this.literal ??= { detail: fault.detail, position: places[fault.index]! };
    }
    return name;
  }

  private list(depth: number, places: number[]): Argument[] {
    const args: Argument[] = [];
    this.blanks();
    if (this.text[this.at] === ')') {
      this.at++;
      return args;
    }
    for (;;) {
      this.blanks();
      places.push(this.at);
      args.push(this.argument(depth));
      this.blanks();
      const c = this.text[this.at];
      if (c !== ',' && c !== ')') throw new Broken('after an argument comes , or )', this.at);
      this.at++;
      if (c === ')') return args;
    }
  }

  private argument(depth: number): Argument {
    const c = this.text[this.at];
    if (c === "'") return { kind: 'text', text: this.string() };
    if (c === 'S') return resultOf(this.call(depth + 1));
    if (c === '$') {
      this.path();
      return { kind: 'any' };
    }
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: 'number', number: Number(number) };
    const word = this.take(WORD);
    if (word === undefined)
      throw new Broken(
        'an argument is a path, a number, a text in single quotes, true, false, null or a function',
        this.at,
      );
    return word === 'null' ? { kind: 'null' } : { kind: 'boolean', boolean: word === 'true' };
  }

  /** AWS knows \' \\ \{ and \} and no other escape. */
  private string(): string {
    const start = this.at++;
    for (; this.text[this.at] !== "'"; this.at++) {
      if (this.at >= this.text.length) throw new Broken('a text in single quotes does not end', start);
      if (this.text[this.at] !== '\\') continue;
      this.at++;
      if (!"'\\{}".includes(this.text[this.at] ?? ' '))
        throw new Broken(
          `the escape \\${this.text[this.at] ?? ''} does not exist in an intrinsic function`,
          this.at - 1,
        );
    }
    this.at++;
    return this.text.slice(start + 1, this.at - 1);
  }

  private path(): void {
    const start = this.at;
    let end = start;
    for (; end < this.text.length && !',)'.includes(this.text[end]!); end++)
      if (this.text[end] === '[') {
        const close = closingBracket(this.text, end);
        if (close === undefined) throw new Broken('a [ is not closed', end);
        end = close;
      } else if (this.text[end] === '(') end = Math.max(end, this.text.indexOf(')', end));
    const path = this.text.slice(start, end).trimEnd();
    const parsed = parsePath(path);
    if (parsed.fault !== undefined) throw new Broken(`${path}: ${parsed.fault.detail}`, start + parsed.fault.position);
    if (parsed.variable !== undefined) this.variables.push({ name: parsed.variable.name, position: start });
    this.at = end;
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private expect(c: string, otherwise: string): void {
    if (this.text[this.at] !== c) throw new Broken(otherwise, this.at);
    this.at++;
  }

  private take(pattern: RegExp): string | undefined {
    const found = takeAt(this.text, this.at, pattern)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
