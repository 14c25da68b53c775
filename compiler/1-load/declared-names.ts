import { type Syntax, type SyntaxNode, walk } from './syntax.ts';

/** The names of a file's variables: what a text in plain quotes may have been meant to read. */
export function declaredNames({ program }: Syntax): ReadonlySet<string> {
  const names = new Set<string>();
  walk(
    program,
    (node) => {
      if (node.type === 'VariableDeclarator') add(node.id as SyntaxNode);
      return true;
    },
    () => {},
  );
  return names;

  function add(pattern: SyntaxNode): void {
    if (pattern.type === 'Identifier') names.add(pattern.name as string);
    if (pattern.type === 'ObjectPattern')
      for (const property of pattern.properties as SyntaxNode[])
        add((property.value ?? property.argument) as SyntaxNode);
    if (pattern.type === 'ArrayPattern')
      for (const element of pattern.elements as (SyntaxNode | null)[]) if (element) add(element);
    if (pattern.type === 'AssignmentPattern') add(pattern.left as SyntaxNode);
  }
}
