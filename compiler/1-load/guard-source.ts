import { freeNames } from '../../authoring/internal.ts';
import { functionText, importedFrom, isDeclared, unusedImports } from './function-text.ts';
import { Insertions } from './insertions.ts';
import { namesOwnPath, ownPath } from './own-path.ts';
import { nameOf, type Places, type Syntax, type SyntaxNode, walk } from './syntax.ts';

export interface GuardedSource {
  readonly code: string;
  /** What was put into the source; undefined where there was nothing to guard. */
  readonly insertions?: Insertions;
  /** The arrows in it that are translated, by where they start. */
  readonly arrows: ReadonlyMap<number, SyntaxNode>;
  /** Those of them that are functions to be deployed: the declarations of the file that they use, as text. */
  readonly declarations: ReadonlyMap<number, string>;
}

/** Calls whose arrows are translated and not run: what stands in them is JSONata's business. */
const CAPTURING = new Set(['if', 'elseIf', 'switch', 'branch', 'shortCircuit', 'expr']);
/** Calls whose first argument is a function, or the name of one, that runs elsewhere: it is taken out of what the compiler runs, with what it imports. */
const DEPLOYING = new Set(['typescript']);
/** The same of methods of this package's templates, whose first argument may be something else too. */
const ALSO_DEPLOYING = new Set(['run', 'job']);

/**
 * Wraps what would silently take a reference for a plain value, which it is not before the DAG runs: tests, `!`, `&&`, `||`, `??`,
 * comparisons, `switch` and computed keys. Around arrows that are translated stands what they capture.
 */
export function guardSource(file: string, source: string, syntax: Syntax, places: Places): GuardedSource {
  const { program } = syntax;
  const text = new Insertions(source);
  const handles = handlesIn(program);
  const templates = importedFrom(program, 'dagwright/tasks');
  const isHandle = (node: unknown) => isHandleCall(unwrapped(node)) || handles.has(nameOf(unwrapped(node)) ?? '');
  const wrap = (node: SyntaxNode, guard: string, use: string): void => {
    const { line, column } = places.of(node.start);
    text.wrap(node, `${guard}(`, `, ${JSON.stringify(use)}, __file, ${line}, ${column})`);
  };
  const arrows = new Map<number, SyntaxNode>();
  const capture = (node: SyntaxNode): void => {
    const names = freeNames(node).map((name) => `${name}: () => ${name}`);
    text.wrap(node, '__arrow(', `, { ${names.join(', ')} }, __file, ${node.start})`);
    arrows.set(node.start, node);
  };
  const declarations = new Map<number, string>();
  const importsOfFunctions = new Set<SyntaxNode>();
  const takeOut = (node: SyntaxNode): void => {
    const { declared, imports, values } = functionText(node, around, syntax, source);
    const names = values.map((name) => `${name}: () => ${name}`);
    text.blank(node);
    text.wrap(node, '__arrow(() => {}, ', `{ ${names.join(', ')} }, __file, ${node.start})`);
    arrows.set(node.start, node);
    declarations.set(node.start, declared);
    for (const one of imports) importsOfFunctions.add(one);
  };
  /** Of a name that may stand for something else, a file perhaps: what it is shows when the file runs. */
  const takeOutIfFunction = (node: SyntaxNode): void => {
    const { declared, values } = functionText(node, around, syntax, source);
    const names = values.map((name) => `${name}: () => ${name}`);
    const name = nameOf(node)!;
    text.blank(node);
    const arrow = `__arrow(() => {}, { ${names.join(', ')} }, __file, ${node.start})`;
    text.wrap(node, `(typeof ${name} === 'function' ? `, `${arrow} : ${name})`);
    arrows.set(node.start, node);
    declarations.set(node.start, declared);
  };
  /** The nodes that the walk is in. */
  const around: SyntaxNode[] = [];
  walk(
    program,
    (node, parent) => {
      const isNamed = nameOf(node) !== undefined;
      if (isDeployed(node, parent) && (!isNamed || isDeclared(node, around, syntax))) {
        takeOut(node);
        return false;
      }
      if (isDeployedToo(node, parent, templates) && (!isNamed || isDeclared(node, around, syntax))) {
        if (isNamed) takeOutIfFunction(node);
        else takeOut(node);
        return false;
      }
      if (!isCaptured(node, parent)) {
        if (isType(node)) return false;
        around.push(node);
        return true;
      }
      capture(node);
      return false;
    },
    (node) => {
      around.pop();
      const parts = guardedParts(node);
      for (const [part, use] of parts) wrap(part, '__guard', use);
      // Two handles compared, or one with what can be none: always the same answer.
      const isCompared = node.type === 'BinaryExpression';
      const isDecided = isCompared && parts.every(([part]) => isHandle(part) || unwrapped(part).type === 'Literal');
      for (const [part, use] of parts)
        if (isHandle(part) && (!isCompared || isDecided)) wrap(part, '__guardHandle', use);
    },
  );
  for (const unused of unusedImports(importsOfFunctions, program, ({ start }) => declarations.has(start)))
    text.blank(unused);
  const own = namesOwnPath(source) ? ownPath(file) : '';
  if (text.isEmpty && own === '') return { code: source, arrows, declarations };
  return {
    code: text.result(`${own}const __file = ${JSON.stringify(file)}; `),
    insertions: text,
    arrows,
    declarations,
  };
}

const NONE: readonly [SyntaxNode, string][] = [];

function guardedParts(node: SyntaxNode): readonly [SyntaxNode, string][] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [[node.test as SyntaxNode, 'a condition']];
    case 'ForStatement':
      return node.test ? [[node.test as SyntaxNode, 'a condition']] : NONE;
    case 'SwitchStatement':
      return [[node.discriminant as SyntaxNode, 'the value of a switch']];
    case 'UnaryExpression':
      return node.operator === '!' ? [[node.argument as SyntaxNode, 'an operand of "!"']] : NONE;
    case 'LogicalExpression':
      return [[node.left as SyntaxNode, `an operand of "${node.operator}"`]];
    case 'BinaryExpression': {
      if (!/^[!=]==?$/.test(node.operator as string)) return NONE;
      const use = `an operand of "${node.operator}"`;
      return [
        [node.left as SyntaxNode, use],
        [node.right as SyntaxNode, use],
      ];
    }
    case 'MemberExpression':
      return node.computed ? [[node.property as SyntaxNode, 'a key']] : NONE;
    case 'Property':
      return node.computed ? [[node.key as SyntaxNode, 'a key']] : NONE;
    default:
      return NONE;
  }
}

function isCaptured(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return node.type === 'ArrowFunctionExpression' && CAPTURING.has(calledName(parent));
}

function isDeployed(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return isCode(node) && DEPLOYING.has(calledName(parent)) && (parent!.arguments as SyntaxNode[])[0] === node;
}

/** @param templates the names that a file has for what it imports of the templates */
function isDeployedToo(node: SyntaxNode, parent: SyntaxNode | undefined, templates: ReadonlySet<string>): boolean {
  if (!isCode(node) || !ALSO_DEPLOYING.has(calledName(parent))) return false;
  const { callee, arguments: given } = parent as SyntaxNode & { readonly arguments: readonly SyntaxNode[] };
  const { object } = callee as { readonly object?: SyntaxNode };
  return given[0] === node && given.length > 1 && object !== undefined && templates.has(nameOf(object) ?? '');
}

function isCode({ type }: SyntaxNode): boolean {
  return /^(?:ArrowFunctionExpression|FunctionExpression|Identifier)$/.test(type);
}

/** The name of the function or the method that a node calls; '' where it calls none by name. */
function calledName(node: SyntaxNode | undefined): string {
  if (node?.type !== 'CallExpression') return '';
  const callee = node.callee as SyntaxNode & {
    readonly name?: string;
    readonly property?: { readonly name?: string };
  };
  return (callee.type === 'MemberExpression' ? callee.property?.name : callee.name) ?? '';
}

/** Types hold no values; `as`, `satisfies` and `!` do. */
function isType(node: SyntaxNode): boolean {
  return (
    node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)Expression$|^TSTypeAssertion$|^TSExport/.test(node.type)
  );
}

/** Methods that answer a handle, and those of a handle that answer it. */
const PLACES = new Set(['task', 'setup', 'teardown', 'branch', 'shortCircuit', 'taskGroup']);
const CHAINS = new Set(['after', 'before']);

/** Whether a call answers a task's handle in any case: `dag.task(…)`, `group.setup(…).after(…)`. */
function isHandleCall(node: unknown): boolean {
  const { type, callee } = node as SyntaxNode;
  if (type !== 'CallExpression' || (callee as SyntaxNode).type !== 'MemberExpression') return false;
  const { object, property } = callee as SyntaxNode;
  const name = nameOf(property) ?? '';
  return PLACES.has(name) ? nameOf(object) !== undefined : CHAINS.has(name) && isHandleCall(object);
}

/** The constants of a file that hold a handle in any case. */
function handlesIn(program: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const others = new Set<string>();
  walk(
    program,
    (node, parent) => {
      if (node.type === 'VariableDeclarator') {
        const name = nameOf(node.id);
        const isConstant = parent?.kind === 'const' && node.init && isHandleCall(unwrapped(node.init));
        if (name !== undefined) (isConstant ? names : others).add(name);
      }
      // A parameter of the same name is another thing.
      for (const param of (node.params as { items?: unknown[] } | undefined)?.items ??
        (Array.isArray(node.params) ? node.params : []))
        others.add(nameOf(param) ?? '');
      return true;
    },
    () => {},
  );
  return new Set([...names].filter((name) => !others.has(name)));
}

/** Without brackets and what TypeScript writes around a value. */
function unwrapped(node: unknown): SyntaxNode {
  const { type, expression } = node as SyntaxNode;
  const isAround = type === 'ParenthesizedExpression' || /^TS(As|Satisfies|NonNull)Expression$/.test(type);
  return isAround ? unwrapped(expression) : (node as SyntaxNode);
}
