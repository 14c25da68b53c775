import { verbatim } from '../foreign-syntax.ts';
import { opaqueOf } from '../opaque.ts';
import { maybe } from '../reference.ts';
import type { Target } from '../token.ts';
import type { Context } from './context.ts';
import { evaluate } from './evaluate.ts';
import { existing, handled, isTrue, needed } from './logic.ts';
import { type Constant, described, isConstant, joined, type Operand, termOf } from './operand.ts';
import type { SyntaxNode } from './syntax.ts';
import { bare, isFunction, nameOf } from './syntax.ts';
import { LEVEL, type Term, within, write } from './term.ts';

/** A call: of a function that the translation knows, or of a method. */
export function callExpression(c: Context, node: SyntaxNode): Operand {
  const callee = bare(node.callee as SyntaxNode);
  const nodes = node.arguments as SyntaxNode[];
  const before = c.isVerbatim;
  c.isVerbatim ||= callee.type === 'Identifier' && c.arrow.captured.get(callee.name as string) === verbatim;
  const args = nodes
    .filter(({ type }) => type !== 'SpreadElement' && !isFunctionNode(type))
    .map((arg) => evaluate(c, arg));
  c.isVerbatim = before;
  const all: Operand[] = args.length === nodes.length ? args : nodes.map(() => ({ constant: undefined }));
  if (callee.type === 'MemberExpression') {
    const receiver = evaluate(c, callee.object as SyntaxNode);
    if (!isConstant(receiver) && receiver.refused) return receiver;
    // A function of a module: `dagwright.maybe(x)`, or as a compiler to CommonJS writes an import.
    if (isConstant(receiver) && isModule(receiver.constant)) return call(c, node, evaluate(c, callee), all);
    const method = callee.computed
      ? c.textOf(callee.property as SyntaxNode)
      : (callee.property as { name?: unknown }).name;
    return methodCall(c, node, receiver, String(method), all);
  }
  const fn = callee.type === 'Identifier' || nameOf(callee) ? evaluate(c, callee) : { constant: undefined };
  if (!isConstant(fn) && fn.refused) return fn;
  return call(c, node, fn, all);
}

function isModule(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.prototype.toString.call(value) === '[object Module]' || '__esModule' in value;
}

/** A task, a DAG, a template: always there, and no value that a run has. */
export function refusedHandle(c: Context, { constant }: Constant, node: SyntaxNode, use: string): Term | undefined {
  const handed = opaqueOf(constant);
  const instead = 'Read what the task answers, `task.output.X`; of how it ended the trigger rule says.';
  return handed && c.refuse('DAG072', { what: handed.what, use, instead }, node);
}

function isFunctionNode(type: string): boolean {
  return isFunction({ type, start: 0, end: 0 });
}

/** `Number(a)`, `String(a)`, `Boolean(a)`: the functions that there are. */
export function call(c: Context, node: SyntaxNode, callee: Operand, args: readonly Operand[]): Operand {
  const [argument] = args;
  if (isConstant(callee) && callee.constant === maybe && args.length === 1)
    return perhaps(c, argument as Operand, (node.arguments as SyntaxNode[])[0] as SyntaxNode);
  if (isConstant(callee) && callee.constant === verbatim && argument && isConstant(argument))
    return { constant: verbatim(String(argument.constant)) };
  const convert = isConstant(callee) ? CONVERSIONS.get(callee.constant) : undefined;
  if (!convert || argument === undefined || args.length > 1) {
    return c.refuse('DAG044', { text: c.textOf(node.callee as SyntaxNode) }, node);
  }
  const at = (node.arguments as SyntaxNode[])[0] as SyntaxNode;
  const isScalar = isConstant(argument) && (typeof argument.constant !== 'object' || argument.constant === null);
  if (isScalar) return { constant: (callee as { constant: (v: unknown) => unknown }).constant(argument.constant) };
  const term = termOf(c, argument, at);
  if (term.refused || (callee as Constant).constant === Boolean) return term.refused ? term : convert(c, term, node);
  const there = needed(c, term, at);
  return there.refused ? there : convert(c, there, node);
}

/** `maybe(value)`: the value, or nothing. */
function perhaps(c: Context, argument: Operand, node: SyntaxNode): Operand {
  if (isConstant(argument)) return argument;
  const term = handled(termOf(c, argument, node));
  if (term.refused) return term;
  const { target } = term;
  // What the answer does not have may be missing as well as the answer: a field is kept where it is there.
  const asked: Target | undefined = target?.kind === 'output' ? { ...target, whole: true } : undefined;
  return { ...term, ...(asked && { pieces: [asked], target: asked }), missing: true, maybe: true };
}

const CONVERSIONS = new Map<unknown, (c: Context, term: Term, node: SyntaxNode) => Term>([
  [
    Number,
    (c, term, node) => {
      if (term.kind === 'number') return term;
      if (term.kind === 'list' || term.kind === 'object') return unfit(c, node, 'Number', term);
      return write('number', LEVEL.whole, ['$number(', term, ')'], {
        raises: term.raises || term.kind !== 'boolean',
        missing: term.missing,
      });
    },
  ],
  [String, (c, term, node) => inText(c, node, term) ?? joined([term])],
  [Boolean, (c, term) => isTrue(c, term)],
]);

function unfit(c: Context, node: SyntaxNode, operator: string, { kind }: Term): Term {
  return c.refuse('DAG047', { text: c.textOf(node), operator, kinds: [kind] }, node);
}

/** A list or an object is no text: JavaScript says `[object Object]`. */
export function inText(c: Context, node: SyntaxNode, term: Term): Term | undefined {
  if (term.kind !== 'list' && term.kind !== 'object') return undefined;
  return c.refuse('DAG053', { text: c.textOf(node), kind: term.kind }, node);
}

/** `receiver.method(…)`. */
function methodCall(
  c: Context,
  node: SyntaxNode,
  receiver: Operand,
  method: string,
  args: readonly Operand[],
): Operand {
  const at = (node.callee as SyntaxNode).object as SyntaxNode;
  if (method === 'includes' && args.length === 1) return includes(c, node, receiver, args[0] as Operand);
  if (isConstant(receiver) && typeof receiver.constant !== 'string' && !Array.isArray(receiver.constant))
    return c.refuse('DAG044', { text: c.textOf(node.callee as SyntaxNode) }, node);
  const what = isConstant(receiver) ? c.textOf(at) : described(c, receiver, at);
  return c.refuse('DAG045', { reference: what, method }, node);
}

/** A text in a text, or an item in a list. */
function includes(c: Context, node: SyntaxNode, receiver: Operand, argument: Operand): Operand {
  const at = (node.callee as SyntaxNode).object as SyntaxNode;
  if (isConstant(receiver) && isConstant(argument)) {
    const { constant: list } = receiver;
    if (typeof list === 'string' || Array.isArray(list))
      return { constant: list.includes(argument.constant as string) };
  }
  const whole = existing(needed(c, termOf(c, receiver, at), at));
  const first = (node.arguments as SyntaxNode[])[0] as SyntaxNode;
  const part = needed(c, termOf(c, argument, first), first);
  if (whole.refused || part.refused) return whole.refused ? whole : part;
  if (whole.kind === 'any')
    return c.refuse('DAG052', { text: c.textOf(node), reference: described(c, whole, at) }, node);
  if (whole.kind === 'list') {
    if (part.kind === 'list' || part.kind === 'object')
      return c.refuse('DAG048', { text: c.textOf(node), kind: part.kind }, node);
    const text = [within(existing(part), LEVEL.compare + 1), ' in ', within(whole, LEVEL.compare + 1)];
    return write('boolean', LEVEL.compare, text);
  }
  if (whole.kind !== 'text')
    return c.refuse('DAG057', { reference: described(c, whole, at), kind: whole.kind, field: 'includes' }, node);
  if (part.kind !== 'text' && part.kind !== 'any')
    return c.refuse('DAG047', { text: c.textOf(node), operator: '.includes', kinds: [whole.kind, part.kind] }, node);
  return write('boolean', LEVEL.whole, ['$contains(', whole, ', ', part, ')'], {
    raises: whole.raises || part.raises || part.kind === 'any' || part.missing,
    missing: whole.missing,
  });
}
