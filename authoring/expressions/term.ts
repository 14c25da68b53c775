import type { Shape } from '../shape.ts';
import type { Target } from '../token.ts';

/** What is known of a value before it exists. `any`: a task's output, or JSON without a schema. */
export type Kind = 'boolean' | 'number' | 'text' | 'list' | 'object' | 'null' | 'any';

/** JSONata text in pieces; a Target is a reference, whose variable the compiler names later. */
export type Pieces = readonly (string | Target)[];

/** How tightly a JSONata expression holds together: its operator's binding power. */
export const LEVEL = {
  condition: 20,
  or: 25,
  and: 30,
  compare: 40,
  add: 50,
  multiply: 60,
  path: 80,
  whole: 100,
} as const;

/** A piece of JSONata and what the translator knows of it. */
export interface Term {
  readonly pieces: Pieces;
  readonly kind: Kind;
  readonly level: number;
  /** That evaluating it can raise an error. */
  readonly raises: boolean;
  /** That it can come out as undefined, which is no error within an expression and one for a whole field. */
  readonly missing: boolean;
  /** A number that arithmetic made may be infinite or NaN: it compares, and everything else raises. */
  readonly wild?: boolean;
  /** A concatenation: parts beside it need no brackets. */
  readonly joined?: boolean;
  /** A list that is written out, `[…]`. */
  readonly constructed?: boolean;
  /** What it refers to, where it is nothing but a reference. */
  readonly target?: Target;
  /** What is known of its value. */
  readonly shape?: Shape | undefined;
  /** The same where the value may be missing: the field of the task's output is kept only where the answer has it. */
  readonly guarded?: Term;
  /** Whether the value comes from `maybe(…)`: where it is needed, the expression must handle that it is missing. */
  readonly maybe?: boolean;
  /** Substitute for a part that was refused, so that one fault is reported once. */
  readonly refused?: boolean;
}

export const REFUSED: Term = {
  pieces: ['null'],
  kind: 'any',
  level: LEVEL.whole,
  raises: false,
  missing: false,
  refused: true,
};

/** JSONata with terms in it. It raises where one of them does. */
export function write(
  kind: Kind,
  level: number,
  parts: readonly (string | Term)[],
  more: Partial<Omit<Term, 'pieces' | 'kind' | 'level'>> = {},
): Term {
  const terms = parts.filter((part) => typeof part !== 'string');
  return {
    pieces: merged(parts.flatMap((part) => (typeof part === 'string' ? [part] : part.pieces))),
    kind,
    level,
    raises: terms.some(({ raises }) => raises),
    missing: false,
    ...(terms.some(({ refused }) => refused) && { refused: true }),
    ...more,
  };
}

/** Neighbouring texts as one. */
export function merged(pieces: Pieces): Pieces {
  const all: (string | Target)[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}

/** In brackets where it does not hold together tightly enough. */
export function within(term: Term, level: number): Term {
  return term.level >= level ? term : bracketed(term);
}

export function bracketed(term: Term): Term {
  return { ...term, pieces: merged(['(', ...term.pieces, ')']), level: LEVEL.whole };
}

export function literalTerm(kind: Kind, text: string): Term {
  return { pieces: [text], kind, level: LEVEL.whole, raises: false, missing: false };
}

export function textTerm(text: string): Term {
  return literalTerm('text', textLiteral(text));
}

/** Reads again without being computed again: a variable, a member of one, a literal. */
export function isPath({ level }: Term): boolean {
  return level >= LEVEL.path;
}

/** The kind of a value that is one of two. */
export function common(a: Kind, b: Kind): Kind {
  return a === b ? a : 'any';
}

/** Stands for the name of a variable of the expression's own until every other name in it is known. No text holds it. */
export const LOCAL = '\uE001';

/**
 * A text as JSONata. Its escapes are JSON's, in single quotes where the text has none: a literal has no `\'` there. What looks like a
 * placeholder, `${…}`, or like an end of an expression is taken apart.
 */
export function textLiteral(text: string): string {
  const parts = text.split(/(?<=\$)(?=\{)|(?<=\{)(?=%)|(?<=%)(?=\})/).map(quoted);
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' & ')})`;
}

function quoted(text: string): string {
  const escaped = JSON.stringify(text).replaceAll(LOCAL, '\\ue001');
  return text.includes("'") ? escaped : `'${escaped.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** Words that are values or begin a function where a name could stand. */
const WORDS = new Set(['true', 'false', 'null', 'function']);

/** A field of what stands before it: `.name`, or undefined if no quoting can write the name. */
export function fieldStep(name: string): string | undefined {
  if (/^[A-Za-z_]\w*$/.test(name) && !WORDS.has(name)) return `.${name}`;
  return name === '' || /[`\uE001]/.test(name) ? undefined : `.\`${name}\``;
}
