import { describeTarget, type Referred, referredOf, type Schema } from '../reference.ts';
import { readField } from '../shape.ts';
import { isPosition, mayHoldToken, splitTokens, type Target } from '../token.ts';
import type { Context } from './context.ts';
import type { SyntaxNode } from './syntax.ts';
import { bracketed, fieldStep, type Kind, LEVEL, literalTerm, type Term, textTerm, within, write } from './term.ts';
import { type Translated, translatedOf } from './translated.ts';

/** A value while it is translated: known now, or a term that computes it. */
export type Operand = Constant | Term;
/** Any value of JavaScript's: what is no JSON may still be looked into. */
export interface Constant {
  readonly constant: unknown;
}

export function isConstant(operand: Operand): operand is Constant {
  return 'constant' in operand;
}

/** A value that the arrow captured. */
export function operandOf(c: Context, value: unknown, node: SyntaxNode): Operand {
  const referred = referredOf(value);
  if (referred) return referenceTerm(referred);
  return typeof value === 'string' && mayHoldToken(value) ? tokensTerm(c, value, node) : { constant: value };
}

/** The term of an operand; a constant that is no JSON value is refused. */
export function termOf(c: Context, operand: Operand, node: SyntaxNode): Term {
  return isConstant(operand) ? jsonTerm(c, operand.constant, node, []) : operand;
}

/** The operand of a reference. */
function referenceTerm({ target, shape, schema, maybe }: Referred): Term {
  const inner = translatedOf(target);
  const may = maybe ? { maybe, missing: true } : {};
  if (inner) {
    const term = inner.fields.reduce((all, name) => fieldOf(all, name), expressionTerm(inner.expression));
    return { ...term, ...(shape && { shape }), ...may };
  }
  const [kind, missing] = natureOf(target, schema);
  return { pieces: [target], kind, level: LEVEL.path, raises: false, missing, target, shape, ...may };
}

function expressionTerm({ pieces, kind, canFail, level = 0, maybe }: Translated): Term {
  return { pieces, kind, level, raises: canFail, missing: canFail, ...(maybe && { maybe }) };
}

/** The kind of a reference's value, and whether it may be missing. Params never are: the run checks them first. */
function natureOf({ kind, path }: Target, schema: Schema | undefined): [Kind, boolean] {
  if (kind === 'output') return ['any', path.length > 3];
  if (kind !== 'param') return ['text', false];
  return path.length > 1 ? ['any', true] : [kindOf(schema), false];
}

const KINDS: { readonly [type: string]: Kind } = {
  boolean: 'boolean',
  integer: 'number',
  number: 'number',
  string: 'text',
  array: 'list',
  object: 'object',
};

/** The kind of value that a JSON schema describes. */
function kindOf(schema: Schema | undefined): Kind {
  if (typeof schema?.type === 'string') return KINDS[schema.type] ?? 'any';
  return Array.isArray(schema?.enum) && schema.enum.every((value) => typeof value === 'string') ? 'text' : 'any';
}

/**
 * A field of a term. Only the fields of a task's output that somebody reads are kept of it: one that may not be there is kept where it is
 * there (`guarded`), for to keep it whatever the answer would fail.
 */
export function fieldOf(term: Term, name: string): Term {
  const step = isPosition(name) ? `[${name}]` : fieldStep(name);
  if (step === undefined)
    return write('any', LEVEL.whole, ['$lookup(', term, ', ', textTerm(name), ')'], {
      missing: true,
      ...(term.maybe && { maybe: true }),
    });
  const read = readField(term.shape, name);
  const more = {
    missing: true,
    shape: read.there ? read.shape : undefined,
    ...(term.maybe && { maybe: true }),
  };
  const { target } = term;
  const behind = write('any', LEVEL.path, [step.startsWith('[') ? listed(term) : within(term, LEVEL.path), step], more);
  if (target === undefined) return behind;
  const deeper: Target = { ...target, path: [...target.path, name] };
  const isFirst = target.kind === 'output' && target.path.length === 2 && !target.whole;
  return {
    ...behind,
    pieces: [deeper],
    target: deeper,
    ...(isFirst && {
      missing: false,
      guarded: isPosition(name) ? behind : { ...behind, pieces: [{ ...deeper, whole: true }] },
    }),
  };
}

/** The operand of a position `[n]`. Directly after another position or after a list literal, `[n]` has another meaning in JSONata. */
function listed(term: Term): Term {
  const last = term.pieces.at(-1);
  const isTight = !term.constructed && !(typeof last === 'string' && last.endsWith(']'));
  return isTight ? within(term, LEVEL.path) : bracketed(term);
}

/** Text with references in it. */
function tokensTerm(c: Context, text: string, node: SyntaxNode): Term {
  const parts = splitTokens(text).map((piece): Term => {
    if ('text' in piece) return textTerm(piece.text);
    if ('broken' in piece)
      return c.refuse('DAG013', { where: c.textOf(node), text: text.replaceAll(/[\uFDD0\uFDD1]/g, '…') }, node);
    if (piece.target.json)
      return c.refuse('DAG050', { text: c.textOf(node), value: 'JSON text with a reference in it' }, node);
    return referenceTerm({ target: piece.target, open: false, shape: undefined });
  });
  return joined(parts);
}

/** Texts and what is put between them, as one text. */
export function joined(parts: readonly Term[]): Term {
  const [only] = parts;
  if (parts.length === 1 && only) {
    if (only.kind === 'text') return only;
    const raises = only.raises || only.wild === true;
    return write('text', LEVEL.whole, ['$string(', only, ')'], { missing: only.missing, raises });
  }
  const texts = parts.flatMap((part, i) => {
    const tight = part.joined ? part : within(part, LEVEL.add + 1);
    return i === 0 ? [tight] : [' & ', tight];
  });
  const raises = parts.some((part) => part.raises || part.wild);
  return write('text', LEVEL.add, texts, { raises, joined: true });
}

/** A value that is known now. */
function jsonTerm(c: Context, value: unknown, node: SyntaxNode, around: readonly unknown[]): Term {
  const operand = operandOf(c, value, node);
  if (!isConstant(operand)) return operand;
  if (value === null) return literalTerm('null', 'null');
  if (typeof value === 'boolean') return literalTerm('boolean', String(value));
  if (typeof value === 'string') return textTerm(value);
  if (typeof value === 'number' && Number.isFinite(value)) {
    const term = literalTerm('number', JSON.stringify(value));
    return value < 0 ? { ...term, level: LEVEL.multiply + 1 } : term;
  }
  const task = c.taskIdOf(value);
  if (task !== undefined) return textTerm(task);
  const wrong = around.includes(value) ? 'a value that holds itself' : notJson(value);
  if (wrong !== undefined) return c.refuse('DAG050', { text: c.textOf(node), value: wrong }, node);
  const inner = [...around, value];
  if (Array.isArray(value))
    return listTerm(
      c,
      [...value].map((item) => jsonTerm(c, item, node, inner)),
    );
  const entries = Object.entries(value as object).filter(([, item]) => item !== undefined);
  return objectTerm(entries.map(([key, item]) => [key, jsonTerm(c, item, node, inner)]));
}

/** What a value is that JSON has no word for; undefined for lists and plain objects. */
function notJson(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : `a ${typeof value}`;
  if (Array.isArray(value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Jest gives a DAG's file another realm than the compiler's: an Object of either is plain.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (isPlain && typeof (value as { after?: unknown }).after === 'function') return 'a task';
  return isPlain ? undefined : `a ${(value.constructor as { name?: string } | undefined)?.name || 'class instance'}`;
}

/** A list that is written out. JSONata would merge a list within it: one is kept whole by a list around it. */
export function listTerm(c: Context, items: readonly (Term | { readonly spread: Term })[]): Term {
  const parts = items.flatMap((item, i) => {
    const part = 'spread' in item ? opened(item.spread) : kept(c, item);
    return i === 0 ? [part] : [', ', part];
  });
  return write('list', LEVEL.whole, ['[', ...parts, ']'], { constructed: true });
}

/** JSONata merges every list but one that is written out right there. */
function opened(list: Term): Term {
  return list.constructed ? bracketed(list) : list;
}

function kept(c: Context, item: Term): Term {
  if (item.kind === 'list') return item.constructed ? item : write('list', LEVEL.whole, ['[', item, ']']);
  if (item.kind !== 'any' || item.refused) return item;
  return c.once(item, (it) =>
    write('any', LEVEL.whole, ['($type(', it, ") = 'array' ? [[", it, ']] : ', it, ')'], { missing: it.missing }),
  );
}

export function objectTerm(entries: readonly (readonly [key: string, value: Term])[]): Term {
  const parts = entries.flatMap(([key, value], i) => [`${i === 0 ? '' : ', '}`, textTerm(key), ': ', value]);
  return write('object', LEVEL.whole, ['{', ...parts, '}']);
}

/** How a person would write what a term refers to. */
export function described(c: Context, term: Term, node: SyntaxNode): string {
  return term.target ? describeTarget(term.target) : c.textOf(node);
}
