import { diagnose } from '../../diagnostics/index.ts';
import { foreignTexts, plainQuotesIn, readInQuotes, variableInQuotes } from '../foreign-syntax.ts';
import { callExpression, inText, refusedHandle } from './calls.ts';
import type { Context } from './context.ts';
import { condition, conditional, logical, needed } from './logic.ts';
import { member } from './members.ts';
import { isConstant, joined, listTerm, type Operand, objectTerm, operandOf, termOf } from './operand.ts';
import { binary, unary } from './operators.ts';
import { bare, isFunction, type SyntaxNode } from './syntax.ts';
import { REFUSED, type Term } from './term.ts';

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
  CallExpression: callExpression,
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

/** Syntax that has no JSONata: what it is called, and what to write instead. */
const WORDS: { readonly [type: string]: readonly [what: string, instead: string] } = {
  ArrowFunctionExpression: [
    'a function within the arrow',
    'Compute lists in a task, or outside the arrow from values known there.',
  ],
  FunctionExpression: [
    'a function within the arrow',
    'Compute lists in a task, or outside the arrow from values known there.',
  ],
  NewExpression: ['`new`', 'Make the value outside the arrow, and capture what JSON can hold of it.'],
  ThisExpression: ['`this`', 'Take the value into a constant outside the arrow: `const limit = this.limit`.'],
  Super: ['`super`', 'Take the value into a constant outside the arrow.'],
  TaggedTemplateExpression: [
    'a tagged template',
    'Write a plain template literal, or build the text outside the arrow.',
  ],
  SequenceExpression: ['the comma operator', 'Write only the last value.'],
  SpreadElement: ['a spread into an object', 'Write the fields out, `{ a: x.a, b: x.b }`.'],
  Property: ['a method or an accessor', 'Write fields with values.'],
  Literal: ['a regular expression', 'Compare with `===` or `text.includes(…)`, or test it in a task.'],
  YieldExpression: ['`yield`', 'Write an expression that computes its value at once.'],
  ClassExpression: ['a class', 'Declare it outside the arrow.'],
  ImportExpression: ['`import(…)`', 'Import it at the top of the file.'],
  MetaProperty: ['a meta property', 'Take the value into a constant outside the arrow.'],
  PrivateIdentifier: ['a private field', 'Take the value into a constant outside the arrow.'],
  PrivateInExpression: ['a private field', 'Take the value into a constant outside the arrow.'],
};

export function unsupported(c: Context, node: SyntaxNode): Term {
  const text = c.textOf(node);
  if (node.type === 'AwaitExpression') return c.refuse('DAG040', { text }, node);
  if (node.type === 'AssignmentExpression' || node.type === 'UpdateExpression')
    return c.refuse('DAG043', { text }, node);
  if (node.type === 'UnaryExpression') return c.refuse('DAG043', { text }, node);
  const [what, instead] = WORDS[node.type] ?? ['this syntax', 'Compute it outside the arrow, or in a task.'];
  return c.refuse('DAG042', { text, what, instead }, node);
}
