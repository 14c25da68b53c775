/** A node of ESTree, as oxc and acorn both give it. Offsets are those of the text that was parsed. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Brackets and what TypeScript writes around a value: they change nothing of it. */
const AROUND = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
]);

/** For nodes that begin with another node: the field that holds it. */
const FIRST: { readonly [type: string]: string } = {
  BinaryExpression: 'left',
  LogicalExpression: 'left',
  AssignmentExpression: 'left',
  ConditionalExpression: 'test',
  MemberExpression: 'object',
  CallExpression: 'callee',
  TaggedTemplateExpression: 'tag',
};

/** The value itself, without brackets, types, what coverage counts in front of it, and the loader's guards. */
export function bare(node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (;;) {
    if (AROUND.has(inner.type)) inner = inner.expression as SyntaxNode;
    else if (isCounted(inner)) inner = (inner.expressions as SyntaxNode[]).at(-1) as SyntaxNode;
    else if (isGuard(inner)) inner = (inner.arguments as SyntaxNode[])[0] as SyntaxNode;
    else return inner;
  }
}

/**
 * The first token of a node, whose place is reported for the node. Brackets and types before it do not count, because only one of the two
 * ways of capturing sees them.
 */
export function firstWord(node: SyntaxNode): SyntaxNode {
  const inner = bare(node);
  const first = FIRST[inner.type];
  return first === undefined ? inner : firstWord(inner[first] as SyntaxNode);
}

/** `(0, x)`, as compilers to CommonJS write it, and `(cov_1().b[0][0]++, x)`, as Istanbul does. */
function isCounted({ type, expressions }: SyntaxNode): boolean {
  return (
    type === 'SequenceExpression' &&
    (expressions as SyntaxNode[]).slice(0, -1).every((part) => part.type === 'Literal' || isCount(part))
  );
}

/** A count that Istanbul put in. */
export function isCount(node: SyntaxNode): boolean {
  if (node.type === 'ExpressionStatement') return isCount(node.expression as SyntaxNode);
  if (node.type !== 'UpdateExpression') return false;
  let root = node.argument as SyntaxNode;
  while (root.type === 'MemberExpression') root = root.object as SyntaxNode;
  return root.type === 'CallExpression' && /^cov_\w+$/.test(nameOf(root.callee) ?? '');
}

/** The loader guards tests outside the arrows that it captures itself; one of another name may be captured later. */
function isGuard({ type, callee }: SyntaxNode): boolean {
  return type === 'CallExpression' && /^__guard\d*$/.test(nameOf(callee) ?? '');
}

export function nameOf(node: unknown): string | undefined {
  const { type, name } = node as SyntaxNode;
  return type === 'Identifier' ? (name as string) : undefined;
}

/** The names that a function takes from around it, in the order in which it reads them; global ones are among them. */
export function freeNames(fn: SyntaxNode): string[] {
  const names = new Set<string>();
  const visit = (node: SyntaxNode, bound: ReadonlySet<string>): void => {
    if (node.type.startsWith('TS') && !AROUND.has(node.type)) return;
    if (node.type === 'Identifier') {
      if (!bound.has(node.name as string)) names.add(node.name as string);
      return;
    }
    const inner = isFunction(node) ? new Set([...bound, ...boundIn(node)]) : bound;
    for (const [field, value] of Object.entries(node)) {
      if (isOnlyAName(node, field)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, inner);
    }
  };
  visit(fn, new Set());
  return [...names].sort();
}

/** A field's name after a dot or before a colon is no variable. */
function isOnlyAName({ type, computed }: SyntaxNode, field: string): boolean {
  if (computed) return false;
  return (
    (type === 'MemberExpression' && field === 'property') ||
    (/^(?:Property|MethodDefinition|PropertyDefinition)$/.test(type) && field === 'key')
  );
}

export function isFunction({ type }: SyntaxNode): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression' || type === 'FunctionDeclaration';
}

/** The names that a pattern binds: `a`, `{ a, b: c }`, `[a, ...b]`. */
export function namesIn(node: SyntaxNode): string[] {
  if (node.type === 'Identifier') return [node.name as string];
  if (node.type === 'Property') return namesIn(node.value as SyntaxNode);
  if (node.type === 'AssignmentPattern') return namesIn(node.left as SyntaxNode);
  if (node.type === 'RestElement') return namesIn(node.argument as SyntaxNode);
  return ((node.properties ?? node.elements ?? []) as (SyntaxNode | null)[]).flatMap((part) =>
    part ? namesIn(part) : [],
  );
}

/** The names that a function declares itself. */
function boundIn(fn: SyntaxNode): string[] {
  const names: string[] = [];
  const pattern = (node: SyntaxNode) => names.push(...namesIn(node));
  const declared = (node: SyntaxNode): void => {
    if (node !== fn && isFunction(node)) {
      if (node.type === 'FunctionDeclaration' && isNode(node.id)) pattern(node.id);
      return;
    }
    if (node.type === 'VariableDeclarator') pattern(node.id as SyntaxNode);
    if (node.type === 'CatchClause' && isNode(node.param)) pattern(node.param);
    if (node.type === 'ClassDeclaration' && isNode(node.id)) pattern(node.id);
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) declared(child);
  };
  for (const param of paramsOf(fn)) pattern(param);
  if (isNode(fn.id)) pattern(fn.id);
  // An expression declares nothing.
  if (isNode(fn.body) && /^(BlockStatement|FunctionBody)$/.test(fn.body.type)) declared(fn.body);
  return names;
}

/** ESTree has the parameters as a list; oxc wraps it in an object. */
export function paramsOf({ params }: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(params) ? params : (((params as SyntaxNode).items ?? []) as SyntaxNode[]);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}
