import { Stop } from '../../diagnostics/index.ts';
import { hasField, mayHaveLength, readField } from '../shape.ts';
import { isPosition } from '../token.ts';
import type { Context } from './context.ts';
import { existing } from './logic.ts';
import { type Constant, described, fieldOf, isConstant, type Operand, operandOf, termOf } from './operand.ts';
import type { SyntaxNode } from './syntax.ts';
import { LEVEL, type Term, textLiteral, write } from './term.ts';

/** `object.name`, `object['name']`, `list[0]`; with `?.` the object may be missing. */
export function member(c: Context, node: SyntaxNode, object: Operand, key: Operand): Operand {
  const at = node.object as SyntaxNode;
  if (isConstant(object) && isConstant(key)) return read(c, node, object, key.constant);
  const term = termOf(c, object, at);
  if (term.refused) return term;
  const base = node.optional ? existing(term) : term;
  if (!isConstant(key)) return looked(c, node, base, key);
  const { constant } = key;
  if (typeof constant === 'number') return item(c, node, base, constant);
  if (typeof constant !== 'string') return c.refuse('DAG056', { text: c.textOf(node), key: String(constant) }, node);
  if (constant === 'length' && !hasField(base.shape, 'length') && mayHaveLength(base.shape)) return length(c, base);
  if (base.kind !== 'any' && base.kind !== 'object')
    return c.refuse('DAG057', { reference: described(c, base, at), kind: base.kind, field: constant }, node);
  return readOf(c, node, base, constant);
}

/** A field of a term; one that its value is known not to have is refused. */
function readOf(c: Context, node: SyntaxNode, base: Term, field: string): Term {
  const read = readField(base.shape, field);
  if (read.there) return fieldOf(base, field);
  return c.refuse('DAG011', { reference: described(c, base, node.object as SyntaxNode), field, ...read }, node);
}

/** A field of a value that is known now; what it answers may be a reference. */
function read(c: Context, node: SyntaxNode, { constant: object }: Constant, key: unknown): Operand {
  if (object === null || object === undefined) {
    return node.optional
      ? { constant: undefined }
      : c.refuse('DAG051', { name: c.textOf(node.object as SyntaxNode), detail: `is ${object}` }, node);
  }
  try {
    return operandOf(c, (object as { readonly [key: string]: unknown })[key as string], node);
  } catch (error) {
    if (!(error instanceof Stop)) return c.refuse('DAG051', { name: c.textOf(node), detail: `threw ${error}` }, node);
    // What a DAG's `params` and `env` say of a name that was not declared, at the place in the arrow.
    return c.repeat(error.diagnostics, node);
  }
}

/** A key that is known when it runs. */
function looked(c: Context, node: SyntaxNode, base: Term, key: Term): Term {
  if (key.refused) return key;
  if (key.kind !== 'text' || (base.kind !== 'any' && base.kind !== 'object'))
    return c.refuse('DAG056', { text: c.textOf(node), key: described(c, key, node.property as SyntaxNode) }, node);
  return write('any', LEVEL.whole, ['$lookup(', base, ', ', key, ')'], { missing: true });
}

function item(c: Context, node: SyntaxNode, base: Term, index: number): Term {
  if (base.kind !== 'any' && base.kind !== 'list')
    return c.refuse('DAG057', { reference: described(c, base, node), kind: base.kind, field: String(index) }, node);
  if (!isPosition(String(index))) return c.refuse('DAG056', { text: c.textOf(node), key: String(index) }, node);
  return readOf(c, node, base, String(index));
}

/** Characters, items, or a field of that name. */
function length(c: Context, base: Term): Term {
  if (base.kind === 'text') return write('number', LEVEL.whole, ['$length(', base, ')'], { missing: base.missing });
  if (base.kind === 'list') return write('number', LEVEL.whole, ['$count(', base, ')']);
  if (base.kind === 'object') return fieldOf(base, 'length');
  return c.once(base, (it) => {
    const kindIs = (kind: string) => ['$type(', it, `) = ${textLiteral(kind)} ? `];
    const text = [...kindIs('string'), '$length(', it, ') : ', ...kindIs('array'), '$count(', it, ') : '];
    return write('number', LEVEL.condition, [...text, fieldOf({ ...it }, 'length')], { missing: true });
  });
}
