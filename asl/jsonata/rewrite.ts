import { boundedExec, SlowPattern } from '../patterns.ts';
import { timeout } from './bounds.ts';
import { fresh, wholePositions } from './functions/lists.ts';

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

/** A node of the syntax tree that JSONata evaluates. */
export interface Node {
  type: string;
  value?: unknown;
  steps?: Node[];
  arguments?: Node[];
  procedure?: Node;
  expressions?: Node[];
  stages?: unknown[];
  predicate?: unknown[];
  group?: unknown;
  [part: string]: unknown;
}

/** What an expression refers to. */
interface References {
  /** The names of all variables in it. */
  readonly names: ReadonlySet<string>;
  /** Its regular expressions, each as what JSONata calls to match it, by names that no expression can write. */
  readonly matchers: ReadonlyMap<string, ReturnType<typeof matcher>>;
  /** The list of what is evaluated side by side, of each node that is in one. */
  readonly owners: ReadonlyMap<unknown, object>;
}

/** Changes a syntax tree, in place, where Step Functions' evaluator differs in more than a function's behaviour. */
export function rewrite(root: Node): References {
  const names = new Set<string>();
  const matchers = new Map<string, ReturnType<typeof matcher>>();
  const owners = new Map<unknown, object>();
  const seen = new Set<unknown>();
  const walk = (part: unknown): void => {
    if (part === null || typeof part !== 'object' || seen.has(part)) return;
    seen.add(part);
    if (Array.isArray(part)) {
      for (const item of part) walk(item);
      return;
    }
    const node = part as Node;
    if (node.type === 'variable' && typeof node.value === 'string') names.add(node.value);
    if (node.type === 'regex') {
      const name = `the pattern ${matchers.size}`;
      matchers.set(name, matcher(node.value as RegExp, node.position));
      Object.assign(node, { type: 'variable', value: name, matcher: true });
    }
    for (const key of Object.keys(node)) walk(node[key]);
    for (const list of sideBySide(node)) for (const one of list) owners.set(one, list);
    if (node.type === 'filter') wholePosition(node, names);
    if (node.group !== undefined && (node.type === 'variable' || isPlainPath(node))) {
      wrapGrouped(node);
      names.add(fresh.name);
    }
  };
  walk(root);
  return { names, matchers, owners };
}

/** The lists of what JSONata evaluates side by side: an array's items, an object's values, those of `x{…}`. */
function sideBySide({ type, value, expressions, lhs, group }: Node): readonly (readonly unknown[])[] {
  const values = (pairs: unknown): unknown[] =>
    Array.isArray(pairs) ? pairs.map(([, one]: readonly [unknown, unknown]) => one) : [];
  const own = type !== 'unary' ? [] : value === '[' ? (expressions ?? []) : value === '{' ? values(lhs) : [];
  return [own, values((group as Node | undefined)?.lhs)];
}

/** `x[e]` becomes `x[whole(e)]` where `e` may be a number. */
function wholePosition(filter: Node, names: Set<string>): void {
  const position = filter.expr as Node;
  if (position.type === 'number') position.value = Math.trunc(position.value as number);
  else if (position.type !== 'binary' || ARITHMETIC.has(position.value as string)) {
    filter.expr = callOf(wholePositions.name, position);
    names.add(wholePositions.name);
  }
}

/** `x{…}` becomes `fresh(x){…}`. */
function wrapGrouped(node: Node): void {
  const { group, ...grouped } = node;
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, callOf(fresh.name, grouped as Node), { group });
}

function callOf(name: string, argument: Node): Node {
  const { position } = argument;
  return {
    type: 'function',
    value: '(',
    procedure: { type: 'variable', value: name, position },
    arguments: [argument],
    position,
  };
}

/** Without focus, index or parent, whose groups need the bindings of each step. */
function isPlainPath(node: Node): boolean {
  return node.type === 'path' && node.tuple === undefined && (node.steps ?? []).every((step) => !step.tuple);
}

/** Blank, tab, newline, vertical tab, form feed, return: what `\s` is in the service's regular expressions. */
const ASCII_SPACE = ' \\t\\n\\x0B\\f\\r';
/** All others, as they stand within a class. */
const NO_ASCII_SPACE = '\\x00-\\x08\\x0E-\\x1F!-\\uFFFF';

/** A match as JSONata's functions on regular expressions know it. */
interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
  /** The match after this one. */
  next(): Match | undefined;
}

/** What JSONata makes of a regular expression, a function that finds the first match from a place, but bounded in time. */
function matcher(regex: RegExp, position: unknown): (text: string, from?: number) => Match | undefined {
  const literal = asciiSpace(regex);
  return function find(text, from = 0) {
    const pattern = new RegExp(literal);
    pattern.lastIndex = from;
    const found = exec(pattern, text);
    if (found === null) return undefined;
    const [match, ...groups] = found;
    const after = pattern.lastIndex;
    return {
      match,
      start: found.index,
      end: found.index + match.length,
      groups,
      next() {
        if (after >= text.length) return undefined;
        const following = find(text, after);
        // An empty match would never progress.
        if (following?.match === '') {
          throw Object.assign(new Error(), { code: 'D1004', position, value: literal.source });
        }
        return following;
      },
    };
  };
}

function exec(pattern: RegExp, text: string): RegExpExecArray | null {
  try {
    return boundedExec(pattern, text);
  } catch (error) {
    throw error instanceof SlowPattern ? timeout() : error;
  }
}

/** The same expression with `\s` and `\S` as the service has them. */
function asciiSpace(pattern: RegExp): RegExp {
  let inClass = false;
  const source = pattern.source.replace(/\\[\s\S]|\[\^?|\]/g, (token) => {
    if (token === '\\s') return inClass ? ASCII_SPACE : `[${ASCII_SPACE}]`;
    if (token === '\\S') return inClass ? NO_ASCII_SPACE : `[^${ASCII_SPACE}]`;
    if (token.startsWith('[')) inClass = true;
    if (token === ']') inClass = false;
    return token;
  });
  return source === pattern.source ? pattern : new RegExp(source, pattern.flags);
}
