import { fresh } from './functions/fresh.ts';

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

/** Blank, tab, newline, vertical tab, form feed, return: what `\s` is in the service's regular expressions. */
const ASCII_SPACE = ' \\t\\n\\x0B\\f\\r';

/**
 * Changes a syntax tree, in place, where Step Functions' evaluator differs in more than a function's behaviour, and answers the
 * names of all variables in it.
 */
export function rewrite(root: Node): Set<string> {
  const names = new Set<string>();
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
    if (node.type === 'regex') node.value = asciiSpace(node.value as RegExp);
    for (const key of Object.keys(node)) walk(node[key]);
    if (node.group !== undefined && (node.type === 'variable' || isPlainPath(node))) {
      wrapGrouped(node);
      names.add(fresh.name);
    }
  };
  walk(root);
  return names;
}

/** `x{…}` becomes `fresh(x){…}`: see functions/fresh.ts. */
function wrapGrouped(node: Node): void {
  const { group, ...grouped } = node;
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, {
    type: 'function',
    value: '(',
    procedure: { type: 'variable', value: fresh.name, position: grouped.position },
    arguments: [grouped],
    position: grouped.position,
    group,
  });
}

/** Without focus, index or parent, whose groups need the bindings of each step. */
function isPlainPath(node: Node): boolean {
  return node.type === 'path' && node.tuple === undefined && (node.steps ?? []).every((step) => !step.tuple);
}

function asciiSpace(pattern: RegExp): RegExp {
  let inClass = false;
  const source = pattern.source.replace(/\\[\s\S]|\[\^?|\]/g, (token) => {
    if (token === '\\s') return inClass ? ASCII_SPACE : `[${ASCII_SPACE}]`;
    if (token === '\\S' && !inClass) return `[^${ASCII_SPACE}]`;
    if (token.startsWith('[')) inClass = true;
    if (token === ']') inClass = false;
    return token;
  });
  return source === pattern.source ? pattern : new RegExp(source, pattern.flags);
}
