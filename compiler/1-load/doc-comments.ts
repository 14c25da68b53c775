import { placesIn, type Syntax, type SyntaxNode, walk } from './syntax.ts';

/** Finds the doc comment of the statement that a place is in. */
export type DocComments = (line: number, column: number) => string | undefined;

export function docComments(source: string, { program, comments }: Syntax): DocComments {
  const docs = comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
  const statements: { start: number; end: number; doc: string | undefined }[] = [];
  walk(
    program,
    (node) => {
      if (STATEMENT.test(node.type)) statements.push({ start: node.start, end: node.end, doc: docBefore(node) });
      return true;
    },
    () => {},
  );
  const places = placesIn(source);
  return (line, column) => {
    const offset = places.offset(line, column);
    const around = statements.filter(({ start, end }) => start <= offset && offset < end);
    return around.sort((a, b) => a.end - a.start - (b.end - b.start))[0]?.doc;
  };

  function docBefore(node: SyntaxNode): string | undefined {
    const comment = docs.findLast(({ end }) => end <= node.start && source.slice(end, node.start).trim() === '');
    return comment && textOf(comment.value);
  }
}

const STATEMENT = /^(VariableDeclaration|ExpressionStatement|ReturnStatement|Export\w+Declaration)$/;

/** The prose of a doc comment on one line, without its tags. */
function textOf(comment: string): string {
  const prose = comment.replaceAll(/^\s*\*+ ?/gm, '').split(/^\s*@\w/m)[0] as string;
  return prose.replaceAll(/\s+/g, ' ').trim();
}
