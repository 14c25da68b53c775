import { takeAt } from '../take-at.ts';
export interface PathVariable {
  readonly name: string;
  /** Where its `$` stands. */
  readonly position: number;
}
export interface PathFault {
  readonly detail: string;
  readonly position: number;
}
export interface ParsedPath {
  readonly fault?: PathFault;
  /** The variable that it begins with, as in `$name.field`. */
  readonly variable?: PathVariable;
  /** It goes to one place: no `@ .. , : ? *`. */
  readonly reference: boolean;
}

const VARIABLE = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
/** A name after a dot. Blanks, quotes and brackets need `['…']`. */
const CHILD = /[^\s.[\]()'",]+/y;
const CALL = /\([^()]*\)/y;
const INDEX = /\s*-?\d+\s*(?:,\s*-?\d+\s*)*/y;
const SLICE = /\s*-?\d*\s*:\s*-?\d*\s*(?::\s*-?\d*\s*)?/y;

/**
 * Checks the syntax of a JSONPath as Step Functions takes it: `$`, `$$` (the context object) or `$variable`, then steps.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export function parsePath(text: string): ParsedPath {
  if (!text.startsWith('$')) return broken('a JSONPath begins with $', 0);
  let at = 1;
  let variable: PathVariable | undefined;
  let reference = true;
  const take = (pattern: RegExp): string | undefined => {
    const found = takeAt(text, at, pattern)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  if (text[1] === '$') at = 2;
  else {
    const name = take(VARIABLE);
    if (name !== undefined) variable = { name, position: 0 };
  }
  while (at < text.length) {
    if (text[at] === '[') {
      const end = closingBracket(text, at);
      if (end === undefined) return broken('a [ is not closed', at);
      const step = bracket(text.slice(at + 1, end));
      if (step === undefined) return broken(`${text.slice(at, end + 1)} is not a step of a JSONPath`, at);
      reference &&= step === 'one';
      at = end + 1;
      continue;
    }
    if (text[at] !== '.') return broken(`a step begins with . or [, not with ${JSON.stringify(text[at])}`, at);
    const deep = text[at + 1] === '.';
    at += deep ? 2 : 1;
    reference &&= !deep;
    // AWS takes `$.[0]`, too.
    if (text[at] === '[') continue;
    if (text[at] === '*') {
      at += 1;
      reference = false;
      continue;
    }
    if (take(CHILD) === undefined)
      return broken(at >= text.length ? 'it ends with a dot' : 'a name is missing after the dot', at);
    if (text[at] === '(' && take(CALL) === undefined) return broken('a ( is not closed', at);
  }
  return { reference, ...(variable !== undefined && { variable }) };
}

function broken(detail: string, position: number): ParsedPath {
  return { fault: { detail, position }, reference: false };
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

/** What stands between brackets: one place, several, or nothing that JSONPath has. */
function bracket(inside: string): 'one' | 'several' | undefined {
  const whole = (pattern: RegExp): boolean => takeAt(inside, 0, pattern)?.[0].length === inside.length;
  const trimmed = inside.trim();
  if (trimmed === '*') return 'several';
  if (/^\??\(.*\)$/s.test(trimmed)) return 'several';
  if (/^(['"]).*\1$/s.test(trimmed))
    return /^'(?:[^'\\]|\\.)*'$|^"(?:[^"\\]|\\.)*"$/s.test(trimmed) ? 'one' : 'several';
  if (inside !== '' && whole(INDEX)) return inside.includes(',') ? 'several' : 'one';
  return whole(SLICE) ? 'several' : undefined;
}
