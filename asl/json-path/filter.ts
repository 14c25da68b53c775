import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../json/value.ts';
import { boundedExec, takeAt } from '../patterns.ts';
import { type Path, parsePath } from './path.ts';
import { select } from './select.ts';

/** The condition of `[?(…)]`. */
export type Filter = (item: Json, root: Json) => boolean;
type Operand = (item: Json, root: Json) => Json | undefined;

type Comparison = (a: Json | undefined, b: Json | undefined) => boolean;
const COMPARISONS: { readonly [operator: string]: Comparison } = {
  '==': (a, b) => a !== undefined && b !== undefined && isDeepStrictEqual(a, b),
  '!=': (a, b) => !(a !== undefined && b !== undefined && isDeepStrictEqual(a, b)),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: (a, b) => a !== undefined && Array.isArray(b) && isIn(a, b),
  nin: (a, b) => a !== undefined && Array.isArray(b) && !isIn(a, b),
  contains: (a, b) =>
    b !== undefined && (Array.isArray(a) ? isIn(b, a) : typeof a === 'string' && a.includes(String(b))),
  size: (a, b) => (Array.isArray(a) || typeof a === 'string') && a.length === b,
  subsetof: (a, b) => Array.isArray(a) && Array.isArray(b) && a.every((item) => isIn(item, b)),
  anyof: (a, b) => Array.isArray(a) && Array.isArray(b) && a.some((item) => isIn(item, b)),
  noneof: (a, b) => Array.isArray(a) && Array.isArray(b) && !a.some((item) => isIn(item, b)),
  empty: (a, b) => (Array.isArray(a) || typeof a === 'string') && (a.length === 0) === b,
};
const OPERATOR = /\s*(==|!=|<=|>=|=~|<|>|(?:in|nin|contains|subsetof|anyof|noneof|size|empty)\b)\s*/y;
const REGEX = /\/((?:[^/\\]|\\.)*)\/([a-z]*)\s*/y;
const LITERAL =
  /\s*(?:'((?:[^'\\]|\\.)*)'|("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|\[[^\]]*\]))\s*/y;
const PATH = /\s*([@$](?:\.\.?(?:[\w$-]+|\*)|\[(?:'[^']*'|"[^"]*"|[^\]]*)\])*)\s*/y;

function isIn(item: Json, items: readonly Json[]): boolean {
  return items.some((other) => isDeepStrictEqual(other, item));
}

function ordered(test: (order: number) => boolean): Comparison {
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return test(a - b);
    if (typeof a === 'string' && typeof b === 'string') return test(a < b ? -1 : a > b ? 1 : 0);
    return false;
  };
}

/** Reads the condition that begins at a position, `(@.a == 1 && !@.b)`; answers it and where it ends. */
export function parseFilter(text: string, start: number): { filter: Filter; end: number } {
  let at = start;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const found = takeAt(text, at, pattern);
    at += found?.[0].length ?? 0;
    return found;
  };
  const fail = (): never => {
    throw new SyntaxError(`'${text}' is not a JSONPath: its filter ends at position ${at}`);
  };
  const blanks = () => take(/\s*/y);
  const eat = (token: string): boolean => {
    blanks();
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    blanks();
    return true;
  };

  function either(): Filter {
    const terms = [both()];
    while (eat('||')) terms.push(both());
    return terms.length === 1 ? (terms[0] as Filter) : (item, root) => terms.some((term) => term(item, root));
  }
  function both(): Filter {
    const terms = [single()];
    while (eat('&&')) terms.push(single());
    return terms.length === 1 ? (terms[0] as Filter) : (item, root) => terms.every((term) => term(item, root));
  }
  function single(): Filter {
    if (eat('!')) {
      const negated = single();
      return (item, root) => !negated(item, root);
    }
    if (eat('(')) {
      const inner = either();
      if (!eat(')')) fail();
      return inner;
    }
    const left = operand();
    const operator = take(OPERATOR)?.[1];
    if (operator === undefined) return (item, root) => left(item, root) !== undefined;
    if (operator === '=~') {
      const [, source, flags] = take(REGEX) ?? fail();
      const pattern = new RegExp(`^(?:${source})$`, flags);
      return (item, root) => {
        const value = left(item, root);
        return typeof value === 'string' && boundedExec(pattern, value) !== null;
      };
    }
    const compare = COMPARISONS[operator] as Comparison;
    const right = operand();
    return (item, root) => compare(left(item, root), right(item, root));
  }
  function operand(): Operand {
    const path = take(PATH)?.[1];
    if (path !== undefined) return pathOperand(path);
    const literal = take(LITERAL) ?? fail();
    const value = literal[1] !== undefined ? literal[1].replace(/\\(.)/gs, '$1') : parseLiteral(literal[2] as string);
    return () => value;
  }

  if (!eat('(')) fail();
  const filter = either();
  if (!eat(')')) fail();
  return { filter, end: at };
}

function parseLiteral(text: string): Json {
  return JSON.parse(text.startsWith('[') ? text.replaceAll("'", '"') : text);
}

function pathOperand(text: string): Operand {
  const fromItem = text.startsWith('@');
  const path: Path = parsePath(fromItem ? `$${text.slice(1)}` : text);
  return (item, root) => {
    const found = select(path, fromItem ? item : root);
    return path.definite ? found : Array.isArray(found) && found.length === 0 ? undefined : found;
  };
}
