import MagicString, { type SourceMap } from 'magic-string';
import { freeNames } from '../../authoring/internal.ts';
import { placesIn, type Syntax, type SyntaxNode, walk } from './syntax.ts';

/** The module that the guards and `__arrow` come from; the bundler's plugin leads it to the running package. */
export const GUARD_MODULE = 'dagwright:guard';

export interface GuardedSource {
  readonly code: string;
  /** From the code to the source; undefined where they are the same. */
  readonly map?: SourceMap;
  /** The arrows in it that are translated, by where they start. */
  readonly arrows: ReadonlyMap<number, SyntaxNode>;
}

/** Calls whose arrows are translated and not run: what stands in them is JSONata's business. */
const CAPTURING = new Set(['if', 'elseIf', 'switch', 'branch', 'shortCircuit', 'expr']);

/**
 * Wraps what would silently take a reference for a plain value, which it is not before the DAG runs: tests, `!`, `&&`, `||`, `??`,
 * comparisons, `switch` and computed keys. Around arrows that are translated stands what they capture.
 */
export function guardSource(file: string, source: string, { program }: Syntax): GuardedSource {
  const text = new MagicString(source);
  const places = placesIn(source);
  const wrap = (node: unknown, use: string): void => {
    const { start, end } = node as SyntaxNode;
    const { line, column } = places.of(start);
    text.prependRight(start, '__guard(');
    text.appendLeft(end, `, ${JSON.stringify(use)}, __file, ${line}, ${column})`);
  };
  const handles = handlesIn(program);
  const isHandle = (node: unknown) => isHandleCall(unwrapped(node)) || handles.has(nameOf(unwrapped(node)) ?? '');
  const wrapHandle = (node: unknown, use: string): void => {
    const { start, end } = node as SyntaxNode;
    const { line, column } = places.of(start);
    text.prependRight(start, '__guardHandle(');
    text.appendLeft(end, `, ${JSON.stringify(use)}, __file, ${line}, ${column})`);
  };
  const arrows = new Map<number, SyntaxNode>();
  const capture = (node: SyntaxNode): void => {
    const { start, end } = node;
    const names = freeNames(node).map((name) => `${name}: () => ${name}`);
    text.prependRight(start, '__arrow(');
    text.appendLeft(end, `, { ${names.join(', ')} }, __file, ${start})`);
    arrows.set(start, node);
  };
  walk(
    program,
    (node, parent) => {
      if (!isCaptured(node, parent)) return !isType(node);
      capture(node);
      return false;
    },
    (node) => {
      const parts = guardedParts(node);
      for (const [part, use] of parts) wrap(part, use);
      // Two handles compared, or one with what can be none: always the same answer.
      const isCompared = node.type === 'BinaryExpression';
      const isDecided = isCompared && parts.every(([part]) => isHandle(part) || unwrapped(part).type === 'Literal');
      for (const [part, use] of parts) if (isHandle(part) && (!isCompared || isDecided)) wrapHandle(part, use);
    },
  );
  if (!text.hasChanged()) return { code: source, arrows };
  text.prepend(
    `import { arrow as __arrow, guard as __guard, guardHandle as __guardHandle } from ${JSON.stringify(GUARD_MODULE)}; const __file = ${JSON.stringify(file)};`,
  );
  const map = text.generateMap({ source: file, hires: 'boundary' });
  return { code: `${text.toString()}\n//# sourceMappingURL=${map.toUrl()}`, map, arrows };
}

function guardedParts(node: SyntaxNode): [unknown, string][] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [[node.test, 'a condition']];
    case 'ForStatement':
      return node.test ? [[node.test, 'a condition']] : [];
    case 'SwitchStatement':
      return [[node.discriminant, 'the value of a switch']];
    case 'UnaryExpression':
      return node.operator === '!' ? [[node.argument, 'an operand of "!"']] : [];
    case 'LogicalExpression':
      return [[node.left, `an operand of "${node.operator}"`]];
    case 'BinaryExpression': {
      if (!/^[!=]==?$/.test(node.operator as string)) return [];
      const use = `an operand of "${node.operator}"`;
      return [
        [node.left, use],
        [node.right, use],
      ];
    }
    case 'MemberExpression':
      return node.computed ? [[node.property, 'a key']] : [];
    case 'Property':
      return node.computed ? [[node.key, 'a key']] : [];
    default:
      return [];
  }
}

function isCaptured(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type !== 'ArrowFunctionExpression' || parent?.type !== 'CallExpression') return false;
  const callee = parent.callee as SyntaxNode & {
    readonly name?: string;
    readonly property?: { readonly name?: string };
  };
  return CAPTURING.has((callee.type === 'MemberExpression' ? callee.property?.name : callee.name) ?? '');
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

function nameOf(node: unknown): string | undefined {
  const { type, name } = node as SyntaxNode;
  return type === 'Identifier' ? (name as string) : undefined;
}
