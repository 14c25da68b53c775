import type { ParsedFile } from '../../authoring/internal.ts';
import type { Place } from '../../diagnostics/index.ts';
import { guardSource } from './guard-source.ts';
import { withoutHashbang } from './own-path.ts';
import { nameOf, parse, placesIn, type Syntax, type SyntaxNode, walk } from './syntax.ts';

/** A TypeScript file of the project, read once: what the bundler is given of it, and what its syntax says beyond that. */
export interface SourceFile {
  readonly path: string;
  /** With the guards in it. */
  readonly code: string;
  /** Its arrows that are translated, and the names of its variables. */
  readonly parsed: ParsedFile;
  /** The doc comment of the statement that a place is in. */
  docOf(line: number, column: number): string | undefined;
  /** From a place in `code` to the place in the file. Lines count from 1, columns from 0. */
  original(line: number, column: number): { readonly line: number; readonly column: number };
}

/** Reads a file's syntax; undefined where it has an error. */
export function sourceFile(path: string, text: string): SourceFile | undefined {
  const source = withoutHashbang(text);
  const syntax = parse(path, source);
  if (syntax === undefined) return undefined;
  const places = placesIn(source);
  const { names, statements } = declarations(syntax);
  const { code, insertions, arrows, declarations: declared } = guardSource(path, source, syntax, places);
  const placeOf = (offset: number): Place => ({ file: path, ...places.of(offset) });
  return {
    path,
    code,
    parsed: { source, arrows, declarations: declared, names, placeOf },
    docOf: (line, column) => docAround(places.offset(line, column), source, statements, syntax),
    original: (line, column) => ({
      line,
      column: insertions?.originalColumn(places.offset(line, 1), places.offset(line + 1, 1), column) ?? column,
    }),
  };
}

/** The names of a file's variables (what a text in plain quotes may have been meant to read), and its statements that a comment describes. */
function declarations({ program }: Syntax): { names: ReadonlySet<string>; statements: readonly SyntaxNode[] } {
  const names = new Set<string>();
  const statements: SyntaxNode[] = [];
  walk(
    program,
    (node) => {
      if (node.type === 'VariableDeclarator') addNames(node.id as SyntaxNode, names);
      if (DESCRIBED.has(node.type)) statements.push(node);
      return true;
    },
    () => {},
  );
  return { names, statements };
}

const DESCRIBED: ReadonlySet<string> = new Set([
  'VariableDeclaration',
  'ExpressionStatement',
  'ReturnStatement',
  'ExportNamedDeclaration',
  'ExportDefaultDeclaration',
  'ExportAllDeclaration',
]);

function addNames(pattern: SyntaxNode, names: Set<string>): void {
  const name = nameOf(pattern);
  if (name !== undefined) names.add(name);
  if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties as SyntaxNode[])
      addNames((property.value ?? property.argument) as SyntaxNode, names);
  if (pattern.type === 'ArrayPattern')
    for (const element of pattern.elements as (SyntaxNode | null)[]) if (element) addNames(element, names);
  if (pattern.type === 'AssignmentPattern') addNames(pattern.left as SyntaxNode, names);
}

/** The doc comment before the innermost statement around an offset. */
function docAround(
  offset: number,
  source: string,
  statements: readonly SyntaxNode[],
  { comments }: Syntax,
): string | undefined {
  let inner: SyntaxNode | undefined;
  for (const one of statements)
    if (
      one.start <= offset &&
      offset < one.end &&
      (inner === undefined || one.end - one.start < inner.end - inner.start)
    )
      inner = one;
  if (inner === undefined) return undefined;
  const { start } = inner;
  const doc = comments.findLast(
    ({ type, value, end }) =>
      type === 'Block' && value.startsWith('*') && end <= start && source.slice(end, start).trim() === '',
  );
  return doc && textOf(doc.value);
}

/** The prose of a doc comment on one line, without its tags. */
function textOf(comment: string): string {
  const prose = comment.replaceAll(/^\s*\*+ ?/gm, '').split(/^\s*@\w/m)[0] as string;
  return prose.replaceAll(/\s+/g, ' ').trim();
}
