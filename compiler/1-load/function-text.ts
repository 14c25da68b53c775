import { freeNames, isFunction, namesIn, paramsOf } from '../../authoring/internal.ts';
import { nameOf, type Syntax, type SyntaxNode, walk } from './syntax.ts';

/** What a function uses of the file around it. */
export interface FunctionText {
  /** The imports and the functions and classes of the file that it uses, as text, in their order. */
  readonly declared: string;
  /** Those of them that are imports. */
  readonly imports: readonly SyntaxNode[];
  /** The other names: values, which are known when the file runs, and global ones. */
  readonly values: readonly string[];
}

/**
 * What a function takes from its file, so that it can be taken out of it: imports, functions and classes at the top of the file go with it
 * as they are written, and with them what these use; of anything else the value goes.
 * @param around the nodes that the function stands in: a name that one of them binds is another one than that at the top of the file
 */
export function functionText(
  fn: SyntaxNode,
  around: readonly SyntaxNode[],
  { program }: Syntax,
  source: string,
): FunctionText {
  const declarations = declarationsIn(program);
  const hidden = new Set(around.flatMap(boundBy));
  const used = new Set<SyntaxNode>();
  const values = new Set<string>();
  const open = [fn];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const name of freeNames(node)) {
      const declaration = node === fn && hidden.has(name) ? undefined : declarations.get(name);
      if (declaration === undefined) values.add(name);
      else if (!used.has(declaration)) {
        used.add(declaration);
        if (declaration.type !== 'ImportDeclaration') open.push(declaration);
      }
    }
  }
  const texts = [...used].sort((a, b) => a.start - b.start).map(({ start, end }) => source.slice(start, end));
  const imports = [...used].filter(({ type }) => type === 'ImportDeclaration');
  return { declared: texts.join('\n'), imports, values: [...values].sort() };
}

/** Those of these imports of which nothing else in the file uses a name: they go with the functions that were taken out of it. */
export function unusedImports(
  imports: ReadonlySet<SyntaxNode>,
  program: SyntaxNode,
  taken: (node: SyntaxNode) => boolean,
): SyntaxNode[] {
  if (imports.size === 0) return [];
  const used = new Set<string>();
  walk(
    program,
    (node) => {
      used.add(nameOf(node) ?? '');
      return node.type !== 'ImportDeclaration' && !taken(node);
    },
    () => {},
  );
  return [...imports].filter(({ specifiers }) =>
    (specifiers as { readonly local: SyntaxNode }[]).every(({ local }) => !used.has(nameOf(local)!)),
  );
}

/** Whether a name stands for an import, a function or a class at the top of the file. */
export function isDeclared(node: SyntaxNode, around: readonly SyntaxNode[], { program }: Syntax): boolean {
  const name = nameOf(node);
  return name !== undefined && declarationsIn(program).has(name) && !around.flatMap(boundBy).includes(name);
}

/** The names that a file has for what it imports of a module. */
export function importedFrom(program: SyntaxNode, module: string): ReadonlySet<string> {
  const imports = (program.body as SyntaxNode[]).filter(
    ({ type, source }) => type === 'ImportDeclaration' && (source as { readonly value: string }).value === module,
  );
  return new Set(
    imports.flatMap(({ specifiers }) =>
      (specifiers as { readonly local: SyntaxNode }[]).map(({ local }) => nameOf(local)!),
    ),
  );
}

/** The names that a node binds for what stands in it; those at the top of a file are not asked for. */
function boundBy(node: SyntaxNode): string[] {
  if (isFunction(node)) return paramsOf(node).flatMap(namesIn);
  if (node.type === 'CatchClause') return node.param ? namesIn(node.param as SyntaxNode) : [];
  if (/^For(?:In|Of)?Statement$/.test(node.type)) return declaredBy((node.left ?? node.init) as SyntaxNode | null);
  if (node.type === 'BlockStatement' || node.type === 'FunctionBody')
    return ((node.body ?? node.statements) as SyntaxNode[]).flatMap(declaredBy);
  return [];
}

function declaredBy(node: SyntaxNode | null): string[] {
  if (node?.type === 'VariableDeclaration')
    return (node.declarations as { id: SyntaxNode }[]).flatMap(({ id }) => namesIn(id));
  return node?.type === 'FunctionDeclaration' || node?.type === 'ClassDeclaration' ? [nameOf(node.id) ?? ''] : [];
}

/** What a file declares at its top as code, by name; what it imports of this package runs in no function. */
function declarationsIn(program: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const statement of program.body as SyntaxNode[]) {
    const node = (statement.type === 'ExportNamedDeclaration' && (statement.declaration as SyntaxNode)) || statement;
    if (node.type === 'ImportDeclaration' && !/^dagwright(\/|$)/.test((node.source as { value: string }).value))
      for (const { local } of node.specifiers as (SyntaxNode & { local: SyntaxNode })[])
        found.set(nameOf(local)!, node);
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration')
      found.set(nameOf(node.id)!, node);
    if (node.type === 'VariableDeclaration') {
      const [one, ...others] = node.declarations as SyntaxNode[];
      if (others.length === 0 && one?.init && CODE.has((one.init as SyntaxNode).type)) {
        const name = nameOf(one.id);
        if (name !== undefined) found.set(name, node);
      }
    }
  }
  return found;
}

const CODE: ReadonlySet<string> = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression']);
