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
  node: SyntaxNode,
  enter: (node: SyntaxNode, parent: SyntaxNode | undefined) => boolean,
  leave: (node: SyntaxNode) => void,
): void {
  visit(node, undefined);

  function visit(current: SyntaxNode, parent: SyntaxNode | undefined): void {
    if (!enter(current, parent)) return;
    for (const value of Object.values(current)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) visit(child, current);
      }
    }
    leave(current);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** Lines and columns, from 1, of offsets in a text. */
export function placesIn(source: string): {
  of(offset: number): { line: number; column: number };
  offset(line: number, column: number): number;
} {
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
