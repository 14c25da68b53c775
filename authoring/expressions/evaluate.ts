import { diagnose } from '../../diagnostics/index.ts';
import { foreignTexts } from '../checks/foreign-texts.ts';
import { handedOut } from '../handed-out.ts';
import { plainQuotesIn, readInQuotes, variableInQuotes } from '../plain-quotes.ts';
import { verbatim } from '../verbatim.ts';
import { call, inText, methodCall } from './calls.ts';
import type { Context } from './context.ts';
import { member } from './members.ts';
import { type Constant, isConstant, joined, listTerm, type Operand, objectTerm, operandOf, termOf } from './operand.ts';
import { binary, not, unary } from './operators.ts';
import { presentWhere } from './present.ts';
import { bare, isFunction, nameOf, type SyntaxNode } from './syntax.ts';
import { common, LEVEL, REFUSED, type Term, within, write } from './term.ts';
import { both, either, existing, handled, isTrue, needed } from './truth.ts';
import { unsupported } from './unsupported.ts';

/** Syntax nested deeper than this is no expression that somebody wrote. */
const DEEPEST = 400;

/** What a node of an arrow computes: each kind of syntax by name. */
export function evaluate(c: Context, around: SyntaxNode): Operand {
  const node = bare(around);
  if (c.depth >= DEEPEST) {
    const instead = 'Break it up: `expr(…)` gives a part a name.';
    return c.refuse('DAG042', { text: c.textOf(node), what: `an expression nested ${DEEPEST} deep`, instead }, node);
  }
  c.depth++;
  const operand = (SYNTAX[node.type] ?? unsupported)(c, node);
  c.depth--;
  return isConstant(operand) ? operand : c.ifPresent(operand);
}

/** A node's value as a term. */
export function evaluateTerm(c: Context, node: SyntaxNode): Term {
  return termOf(c, evaluate(c, node), node);
}

/** Whether a node's value is true: known now, or a term of the kind `boolean`. */
export function condition(c: Context, around: SyntaxNode): { readonly constant: boolean } | Term {
  const node = bare(around);
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const isAnd = node.operator === '&&';
    const left = condition(c, node.left as SyntaxNode);
    if (isConstant(left)) return left.constant === isAnd ? condition(c, node.right as SyntaxNode) : left;
    const right = c.given(presentWhere(c, node.left as SyntaxNode, isAnd), () =>
      condition(c, node.right as SyntaxNode),
    );
    if (isConstant(right)) {
      if (right.constant === isAnd) return left;
      return left.raises
        ? write('boolean', LEVEL.and, [within(left, LEVEL.and), isAnd ? ' and false' : ' or true'])
        : right;
    }
    return isAnd ? both(left, right) : either(left, right);
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = condition(c, node.argument as SyntaxNode);
    return isConstant(inner) ? { constant: !inner.constant } : not(inner);
  }
  const operand = evaluate(c, node);
  if (!isConstant(operand)) return isTrue(c, operand);
  return refusedHandle(c, operand, node, 'a condition') ?? { constant: Boolean(operand.constant) };
}

const SYNTAX: { readonly [type: string]: (c: Context, node: SyntaxNode) => Operand } = {
  Literal: (c, node) => ('regex' in node && node.regex ? unsupported(c, node) : known(c, node.value, node)),
  Identifier: identifier,
  TemplateLiteral: template,
  MemberExpression: (c, node) => {
    const object = evaluate(c, node.object as SyntaxNode);
    const property = node.property as SyntaxNode;
    if (property.type === 'PrivateIdentifier') return unsupported(c, property);
    return member(c, node, object, node.computed ? evaluate(c, property) : { constant: property.name });
  },
  CallExpression: calling,
  BinaryExpression: (c, node) =>
    binary(c, node, evaluate(c, node.left as SyntaxNode), evaluate(c, node.right as SyntaxNode)),
  LogicalExpression: (c, node) => logical(c, node, () => evaluate(c, node.right as SyntaxNode)),
  UnaryExpression: (c, node) =>
    node.operator === '!' ? condition(c, node) : unary(c, node, evaluate(c, node.argument as SyntaxNode)),
  ConditionalExpression: conditional,
  ArrayExpression: list,
  ObjectExpression: object,
};

/** What is written out in the arrow. */
function known(c: Context, constant: unknown, node: SyntaxNode): Operand {
  if (typeof constant !== 'string' || c.isVerbatim) return { constant };
  c.repeat(foreignTexts(constant, 'The arrow', {}), node);
  const plain = plainQuotesIn(constant, (inner) => readInQuotes(inner) ?? variableInQuotes(inner, c.arrow.names));
  c.warn(
    plain.map((one) => diagnose('DAG075', { where: 'The arrow', ...one })),
    node,
  );
  return { constant };
}

function identifier(c: Context, node: SyntaxNode): Operand {
  const name = node.name as string;
  const { captured } = c.arrow;
  if (captured.has(name)) {
    const operand = operandOf(c, captured.get(name), node);
    return isConstant(operand) ? known(c, operand.constant, node) : operand;
  }
  if (name in globalThis) return { constant: (globalThis as { readonly [name: string]: unknown })[name] };
  return c.refuse(
    'DAG051',
    { name, detail: 'has no value yet where the arrow stands, or cannot be seen from it' },
    node,
  );
}

function template(c: Context, node: SyntaxNode): Operand {
  const values = node.expressions as SyntaxNode[];
  const parts = (node.quasis as SyntaxNode[]).flatMap((quasi, i): Part[] => {
    const value = values[i];
    const text = { operand: known(c, (quasi.value as { readonly cooked: string }).cooked, quasi), node: quasi };
    return value ? [text, { operand: evaluate(c, value), node: value }] : [text];
  });
  // Texts that are known now grow together.
  const folded: Part[] = [];
  for (const part of parts) {
    const last = folded.at(-1);
    if (last && isPlain(last.operand) && isPlain(part.operand)) {
      const constant = `${last.operand.constant}${String(part.operand.constant)}`;
      folded[folded.length - 1] = { ...part, operand: { constant } };
    } else {
      folded.push(part);
    }
  }
  const [only] = folded;
  if (folded.length === 1 && only && isPlain(only.operand)) return only.operand;
  for (const part of folded)
    if (isConstant(part.operand) && refusedHandle(c, part.operand, part.node, 'put into a text')) return REFUSED;
  const texts = folded.filter(({ operand }) => !isConstant(operand) || operand.constant !== '');
  return joined(
    texts.map((part) => {
      const term = needed(c, termOf(c, part.operand, part.node), part.node);
      return inText(c, part.node, term) ?? term;
    }),
  );
}

interface Part {
  readonly operand: Operand;
  readonly node: SyntaxNode;
}

function isPlain(operand: Operand): operand is { readonly constant: unknown } {
  return isConstant(operand) && (typeof operand.constant !== 'object' || operand.constant === null);
}

function calling(c: Context, node: SyntaxNode): Operand {
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
  const handed = handedOut(constant);
  const instead = 'Read what the task answers, `task.output.X`; of how it ended the trigger rule says.';
  return handed && c.refuse('DAG072', { what: handed.what, use, instead }, node);
}

function isFunctionNode(type: string): boolean {
  return isFunction({ type, start: 0, end: 0 });
}

/** `&&`, `||` and `??` as values; chains of one operator are read from the right, so that each value stands in the text once. */
function logical(c: Context, node: SyntaxNode, further: () => Operand): Operand {
  const operator = node.operator as string;
  const rest = () =>
    operator === '??' ? further() : c.given(presentWhere(c, node.left as SyntaxNode, operator === '&&'), further);
  const inner = bare(node.left as SyntaxNode);
  if (inner.type === 'LogicalExpression' && inner.operator === operator) {
    return logical(c, inner, () => chosen(c, operator, evaluate(c, inner.right as SyntaxNode), rest, node));
  }
  return chosen(c, operator, evaluate(c, inner), rest, node);
}

function chosen(c: Context, operator: string, left: Operand, rest: () => Operand, node: SyntaxNode): Operand {
  if (isConstant(left)) {
    const goesOn = operator === '??' ? left.constant == null : Boolean(left.constant) === (operator === '&&');
    return goesOn ? rest() : left;
  }
  const term = operator === '??' ? handled(left) : existing(left);
  const right = termOf(c, rest(), node.right as SyntaxNode);
  if (term.refused || right.refused) return term.refused ? term : right;
  if (operator === '??') {
    if (!term.missing && term.kind !== 'any' && term.kind !== 'null') return term;
    const kind = common(term.kind === 'null' ? right.kind : term.kind, right.kind);
    return c.once(term, (it) =>
      choice(write('boolean', LEVEL.compare, [it, ' != null']), { ...it, missing: false, maybe: false }, right, kind),
    );
  }
  if (term.kind === 'boolean' && right.kind === 'boolean')
    return operator === '&&' ? both(term, right) : either(term, right);
  return c.once(term, (it) => {
    const [then, otherwise] = operator === '&&' ? [right, it] : [{ ...it, maybe: false }, right];
    return choice(isTrue(c, it), then, otherwise, common(then.kind, otherwise.kind));
  });
}

function choice(test: Term, then: Term, otherwise: Term, kind = common(then.kind, otherwise.kind)): Term {
  const parts = [within(test, LEVEL.condition + 1), ' ? ', within(then, LEVEL.condition + 1), ' : ', otherwise];
  return write(kind, LEVEL.condition, parts, {
    missing: then.missing || otherwise.missing,
    wild: then.wild === true || otherwise.wild === true,
    ...((then.maybe || otherwise.maybe) && { maybe: true }),
  });
}

function conditional(c: Context, node: SyntaxNode): Operand {
  const test = condition(c, node.test as SyntaxNode);
  if (isConstant(test)) return evaluate(c, (test.constant ? node.consequent : node.alternate) as SyntaxNode);
  const side = (holds: boolean, branch: unknown) =>
    c.given(presentWhere(c, node.test as SyntaxNode, holds), () => evaluateTerm(c, branch as SyntaxNode));
  const [then, otherwise] = [side(true, node.consequent), side(false, node.alternate)];
  return choice(test, then, otherwise);
}

function list(c: Context, node: SyntaxNode): Operand {
  const items = (node.elements as (SyntaxNode | null)[]).flatMap((element) => spreadOut(c, element, node));
  if (items.every((item) => 'constant' in item)) return { constant: items.map(({ constant }) => constant) };
  return listTerm(
    c,
    items.map((item) => ('spread' in item ? item : needed(c, termOf(c, item, node), node))),
  );
}

/** An element of a list; lists that are spread and known now come as their items. */
function spreadOut(c: Context, element: SyntaxNode | null, node: SyntaxNode): (Operand | { readonly spread: Term })[] {
  if (element === null) return [{ constant: undefined }];
  if (element.type !== 'SpreadElement') return [evaluate(c, element)];
  const argument = bare(element.argument as SyntaxNode);
  if (argument.type === 'ArrayExpression')
    return (argument.elements as (SyntaxNode | null)[]).flatMap((inner) => spreadOut(c, inner, node));
  const operand = evaluate(c, argument);
  if (isConstant(operand)) {
    if (Array.isArray(operand.constant)) return operand.constant.map((item: unknown) => operandOf(c, item, argument));
    return [c.refuse('DAG047', { text: c.textOf(node), operator: '...', kinds: [typeof operand.constant] }, argument)];
  }
  if (operand.kind === 'list' || operand.kind === 'any') return [{ spread: needed(c, operand, argument) }];
  return [c.refuse('DAG047', { text: c.textOf(node), operator: '...', kinds: [operand.kind] }, argument)];
}

function object(c: Context, node: SyntaxNode): Operand {
  const entries: [string, Operand, SyntaxNode][] = [];
  for (const property of node.properties as SyntaxNode[]) {
    const value = property.value as SyntaxNode;
    if (property.type !== 'Property' || property.kind !== 'init' || isFunction(value)) {
      unsupported(c, property);
      continue;
    }
    const key = property.key as SyntaxNode;
    const name = property.computed || key.type === 'Literal' ? evaluate(c, key) : { constant: key.name };
    if (isConstant(name)) entries.push([String(name.constant), evaluate(c, value), value]);
    else c.refuse('DAG056', { text: c.textOf(node), key: c.textOf(key) }, key);
  }
  if (entries.every(([, operand]) => isConstant(operand)))
    return {
      constant: Object.fromEntries(entries.map(([key, operand]) => [key, (operand as { constant: unknown }).constant])),
    };
  const present = entries.filter(([, operand]) => !isConstant(operand) || operand.constant !== undefined);
  // Of two fields of one name the last counts, which JSONata refuses.
  const byName = new Map(present.map(([key, operand, value]) => [key, [operand, value] as const]));
  return objectTerm([...byName].map(([key, [operand, value]]) => [key, termOf(c, operand, value)]));
}
