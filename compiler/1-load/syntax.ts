import { parseSync } from 'oxc-parser';

/** A node of ESTree, as far as the walks here look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Syntax {
  readonly program: SyntaxNode;
  readonly comments: readonly {
    readonly type: 'Line' | 'Block';
    readonly value: string;
    readonly start: number;
    readonly end: number;
  }[];
}

/** A file's syntax; undefined where it does not parse (the bundler then says where). */
export function parse(file: string, source: string): Syntax | undefined {
  const { program, comments, errors } = parseSync(file, source);
  return errors.length > 0 ? undefined : { program: program as unknown as SyntaxNode, comments };
}

/** Visits children before their parent. `enter` answers whether to go into a node. */
export function walk(
  root: SyntaxNode,
  enter: (node: SyntaxNode, parent: SyntaxNode | undefined) => boolean,
  leave: (node: SyntaxNode) => void,
): void {
  visit(root, undefined);

  function visit(node: SyntaxNode, parent: SyntaxNode | undefined): void {
    if (!enter(node, parent)) return;
    for (const field in node) {
      const value = node[field];
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const child of value) if (isNode(child)) visit(child, node);
      } else if (isNode(value)) visit(value, node);
    }
    leave(node);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The name of an identifier; undefined for any other node. */
export function nameOf(node: unknown): string | undefined {
  const { type, name } = node as SyntaxNode;
  return type === 'Identifier' ? (name as string) : undefined;
}

/** Lines and columns, from 1, of offsets in a text. */
export interface Places {
  of(offset: number): { line: number; column: number };
  offset(line: number, column: number): number;
}

export function placesIn(source: string): Places {
  const starts = [0];
  for (let i = source.indexOf('\n'); i !== -1; i = source.indexOf('\n', i + 1)) starts.push(i + 1);
  return {
    of(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] as number) + 1 };
    },
    offset: (line, column) => (starts[line - 1] ?? source.length) + column - 1,
  };
}
