import { createScanner } from 'jsonc-parser';
import { unescaped } from './pointer.ts';

/**
 * The numbers of jsonc-parser's `SyntaxKind` and `ScanError`. It declares them as const enums, which a module that is
 * compiled by itself cannot read; test/asl/json/read.test.ts holds them against the package.
 */
export const SyntaxKind = {
  OpenBraceToken: 1,
  CloseBraceToken: 2,
  OpenBracketToken: 3,
  CloseBracketToken: 4,
  CommaToken: 5,
  ColonToken: 6,
  NullKeyword: 7,
  TrueKeyword: 8,
  FalseKeyword: 9,
  StringLiteral: 10,
  NumericLiteral: 11,
  LineCommentTrivia: 12,
  BlockCommentTrivia: 13,
  LineBreakTrivia: 14,
  Trivia: 15,
  EOF: 17,
} as const;

export const ScanError = {
  UnexpectedEndOfComment: 1,
  UnexpectedEndOfString: 2,
  UnexpectedEndOfNumber: 3,
  InvalidUnicode: 4,
  InvalidEscapeCharacter: 5,
  InvalidCharacter: 6,
} as const;

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Wanted {
  readonly children: Map<string, Wanted>;
  readonly pointer: string;
}

/** Where a thing stands: its key, where it has one, and its value. Offsets count UTF-16 units. */
interface Offsets {
  readonly key: number;
  readonly value: number;
  readonly container: boolean;
}

/**
 * Where what JSON pointers name stands in a text. One pass over the text for all of them, whatever its depth; a pointer
 * to something that is not there gets the place of the nearest thing around it.
 */
export function locate(text: string, pointers: Iterable<string>): Map<string, Offsets> {
  const root: Wanted = { children: new Map(), pointer: '' };
  const all: string[] = [];
  for (const pointer of pointers) {
    all.push(pointer);
    let node = root;
    for (const raw of pointer.split('/').slice(1)) {
      const key = unescaped(raw);
      const child: Wanted = node.children.get(key) ?? { children: new Map(), pointer: `${node.pointer}/${raw}` };
      node.children.set(key, child);
      node = child;
    }
  }
  const found = scan(text, root);
  for (const pointer of all) {
    let around = pointer;
    while (!found.has(around) && around !== '') around = around.slice(0, around.lastIndexOf('/'));
    found.set(pointer, found.get(around) ?? { key: 0, value: 0, container: true });
  }
  return found;
}

function scan(text: string, root: Wanted): Map<string, Offsets> {
  const found = new Map<string, Offsets>();
  const scanner = createScanner(text, true);
  const open: { readonly node: Wanted | undefined; index: number; readonly list: boolean }[] = [];
  let here: Wanted | undefined = root;
  let key: { readonly text: string; readonly offset: number } | undefined;
  let keyNext = false;
  for (let kind: number = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    const top = open.at(-1);
    const value = scanner.getTokenOffset();
    if (kind === SyntaxKind.CloseBraceToken || kind === SyntaxKind.CloseBracketToken) {
      open.pop();
      keyNext = false;
    } else if (kind === SyntaxKind.CommaToken) {
      key = undefined;
      keyNext = !top?.list;
      if (top?.list) here = top.node?.children.get(String(++top.index));
    } else if (kind === SyntaxKind.ColonToken) {
      here = top?.node?.children.get(key?.text ?? '');
    } else if (keyNext) {
      key = { text: scanner.getTokenValue(), offset: value };
      keyNext = false;
    } else {
      const container = kind === SyntaxKind.OpenBraceToken || kind === SyntaxKind.OpenBracketToken;
      if (here !== undefined) found.set(here.pointer, { key: key?.offset ?? value, value, container });
      if (container) {
        const list = kind === SyntaxKind.OpenBracketToken;
        open.push({ node: here, index: 0, list });
        here = list ? here?.children.get('0') : undefined;
        key = undefined;
        keyNext = !list;
      }
    }
  }
  return found;
}

/** Turns offsets into lines and columns, both from 1; a column counts UTF-16 units as editors do. */
export function positions(text: string): (offset: number) => Position {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
}

/** Where the last of ascending numbers is that is at most `n`, the first if none is; of equal ones the last. */
export function lastAtMost(all: readonly number[], n: number): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle]! <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}
