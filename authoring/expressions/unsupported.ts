import type { Context } from './context.ts';
import type { SyntaxNode } from './syntax.ts';
import type { Term } from './term.ts';

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
